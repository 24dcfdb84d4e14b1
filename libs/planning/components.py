"""Candidates as the components of a plan."""

from libs.planning.candidates import Candidate
from libs.planning.models import Component
from libs.planning.optimiser import Solution


def of_solution(solution: Solution) -> tuple[Component, ...]:
    """The chosen candidates as components."""
    return tuple(of_candidate(candidate) for candidate in solution.chosen)


def of_candidate(candidate: Candidate) -> Component:
    """A candidate as a component of a plan."""
    option = candidate.option
    return Component(
        slot=option.slot,
        option=option.id,
        title=option.title,
        size=dict(candidate.size),
        monthly_usd=None if candidate.unpriced else round(candidate.monthly_usd, 2),
        ops_hours_month=option.ops_hours_month,
        why=option.summary,
    )

"""Candidates as the components of a plan."""

from collections.abc import Sequence

from libs.planning.candidates import Candidate
from libs.planning.models import Component, QuotaNeed, RecoveryTime, Rejection
from libs.planning.optimiser import Solution
from libs.planning.wording import WORDS


def of_solution(solution: Solution) -> tuple[Component, ...]:
    """The chosen candidates as components."""
    return tuple(of_candidate(candidate) for candidate in solution.chosen)


def explained(solution: Solution, rejected: Sequence[Rejection]) -> tuple[Component, ...]:
    """The same, saying what decided against the other options of the slot."""
    return tuple(
        component.model_copy(update={"why": f"{component.why} {against}"})
        if (against := _against([r for r in rejected if r.slot == component.slot]))
        else component
        for component in of_solution(solution)
    )


def _against(rejected: Sequence[Rejection]) -> str:
    priced = [(r.delta_usd_month, r.title) for r in rejected if r.delta_usd_month is not None]
    dearer = _few([f"{title} by ${usd:,.0f}" for usd, title in sorted(priced) if usd >= 1])
    alike = _few([title for usd, title in priced if usd < 1])
    sentences = [f"Dearer by the month: {dearer}."] if dearer else []
    sentences += [f"As dear: {alike}."] if alike else []
    for name, words in WORDS.items():
        refused = _few([r.title for r in rejected if r.constraint == name != "workloads"])
        sentences += [f"Ruled out by {words}: {refused}."] if refused else []
    return " ".join(sentences)


_MOST_NAMED = 3
"""In a sentence; the rejections of the plan have all of them."""


def _few(named: Sequence[str]) -> str:
    left = len(named) - _MOST_NAMED
    return "; ".join(named[:_MOST_NAMED]) + (f"; and {left} more" if left > 0 else "")


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
        facts=option.facts.model_dump(mode="json", exclude_defaults=True),
        generated=option.generated,
        scaling=option.scaling,
        capacity_rps=_capacity(candidate),
        quotas=_quotas(candidate),
        recovery=_recovery(candidate),
    )


def _capacity(candidate: Candidate) -> float | None:
    rule = candidate.option.capacity_rps
    return None if rule is None else round(float(rule(candidate.names)), 3)


def _quotas(candidate: Candidate) -> tuple[QuotaNeed, ...]:
    return tuple(
        QuotaNeed(
            name=quota.name,
            code=quota.code,
            default=quota.default,
            needs=round(float(quota.needs(candidate.names)), 3),
            source=candidate.option.claims[quota.claim].source,
        )
        for quota in candidate.option.quotas
    )


def _recovery(candidate: Candidate) -> RecoveryTime | None:
    rule = candidate.option.recovery
    if rule is None:
        return None
    return RecoveryTime(
        rpo_minutes=float(rule.rpo_minutes(candidate.names)),
        rto_minutes=float(rule.rto_minutes(candidate.names)),
        source=candidate.option.claims[rule.claim].source,
    )

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
    dearer = [r for r in rejected if r.delta_usd_month is not None and r.delta_usd_month >= 1]
    alike = [r for r in rejected if r.delta_usd_month is not None and r.delta_usd_month < 1]
    refused = [r for r in rejected if r.constraint is not None and r.constraint != "workloads"]
    parts = [f"{r.option} would cost ${r.delta_usd_month:,.0f} a month more" for r in dearer]
    parts += [f"{r.option} would cost about the same" for r in alike]
    parts += [f"{r.option} is ruled out by {WORDS[r.constraint]}" for r in refused if r.constraint in WORDS]
    return f"{'; '.join(parts)}." if parts else ""


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

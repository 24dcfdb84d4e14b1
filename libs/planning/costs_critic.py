"""What a reader of the bill should know: the budget, unknown prices, estimates and the three biggest lines."""

from datetime import date

from libs.planning.models import CostLine, Finding, Plan
from libs.planning.wording import quantity

OLD_DAYS = 180
"""Figures are called old from this age on."""
DRIVERS = 3
SAVINGS = 3


def criticise_cost(plan: Plan) -> tuple[Finding, ...]:
    """Findings about the cost of a plan."""
    return (
        *_budget(plan),
        *_unknown(plan),
        *_stale(plan),
        *_estimated(plan),
        *_old(plan),
        *_drivers(plan),
        *_savings(plan),
        *_growth(plan),
    )


def _budget(plan: Plan) -> tuple[Finding, ...]:
    budget, cost = plan.requirements.budget_usd_month, plan.cost
    if budget is None:
        return ()
    if cost.expected_usd > budget:
        heaviest = _heaviest(plan)[0]
        return (
            Finding(
                code="cost.over_budget",
                severity="error",
                message=f"${cost.expected_usd:,.2f} a month are expected, the budget is ${budget:,.2f}.",
                evidence=f"biggest line: {_told(heaviest)}",
                fix=f"Raise the budget to ${cost.expected_usd:,.0f} or drop a fixed choice.",
                blocking=True,
                slot=heaviest.slot,
                option=heaviest.option,
            ),
        )
    if cost.high_usd > budget:
        return (
            Finding(
                code="cost.budget_at_risk",
                severity="warning",
                message=f"With more traffic the bill may reach ${cost.high_usd:,.2f}, above the ${budget:,.2f} budget.",
                evidence=f"expected ${cost.expected_usd:,.2f}, range ${cost.low_usd:,.2f} to ${cost.high_usd:,.2f}",
                fix="Set a billing alarm at the budget; it is part of the generated repository.",
                blocking=False,
            ),
        )
    return ()


def _unknown(plan: Plan) -> tuple[Finding, ...]:
    lines = [line for line in plan.cost.lines if line.unit_price_usd is None]
    if not lines:
        return ()
    names = ", ".join(f"{line.option}: {line.item}" for line in lines)
    return (
        Finding(
            code="cost.unknown_prices",
            severity="warning",
            message=f"{quantity(len(lines), 'line')} without a known price: not in the total.",
            evidence=names,
            fix="Look these prices up before approving.",
            blocking=False,
            slot=lines[0].slot,
        ),
    )


def _stale(plan: Plan) -> tuple[Finding, ...]:
    return tuple(
        Finding(
            code="cost.stale_prices",
            severity="warning",
            message=warning,
            evidence=f"snapshot of {plan.prices_as_of}, estimate of {plan.cost.as_of}",
            fix="Run `agentic-mlops prices refresh`.",
            blocking=False,
        )
        for warning in plan.cost.warnings
    )


def _savings(plan: Plan) -> tuple[Finding, ...]:
    return tuple(
        Finding(
            code="cost.saving",
            severity="info",
            message=f"{idea.title}: up to ${idea.monthly_usd:,.0f} a month less.",
            evidence=f"{idea.share:.0%} of the lines it applies to; {idea.source}"
            + (f", {idea.source_date}" if idea.source_date else ""),
            fix=f"Only if you can accept: {idea.condition}.",
            blocking=False,
            slot=idea.slot,
        )
        for idea in plan.cost.savings[:SAVINGS]
    )


def _growth(plan: Plan) -> tuple[Finding, ...]:
    growth = plan.requirements.growth_pct_year
    elastic = sum(line.monthly_usd or 0 for line in plan.cost.lines if line.elastic)
    if not growth or elastic < 1:
        return ()
    later = plan.cost.expected_usd + elastic * growth / 100
    budget = plan.requirements.budget_usd_month
    over = budget is not None and later > budget
    return (
        Finding(
            code="cost.growth",
            severity="warning" if over else "info",
            message=f"With {growth:g} % more traffic in a year the bill is about ${later:,.0f} a month"
            + (f", above the ${budget:,.0f} budget." if over and budget is not None else "."),
            evidence=f"${elastic:,.2f} of ${plan.cost.expected_usd:,.2f} follow the traffic",
            fix="Look at the bill again before the year is over." if over else "",
            blocking=False,
        ),
    )


def _estimated(plan: Plan) -> tuple[Finding, ...]:
    estimated = sum(line.monthly_usd or 0 for line in plan.cost.lines if line.method == "estimate")
    if not plan.cost.expected_usd or estimated / plan.cost.expected_usd < 0.05:
        return ()
    share = estimated / plan.cost.expected_usd
    return (
        Finding(
            code="cost.estimated_prices",
            severity="info",
            message=f"{share:.0%} of the bill rests on prices scaled to {plan.requirements.region}.",
            evidence=f"${estimated:,.2f} of ${plan.cost.expected_usd:,.2f}; region index, not list prices",
            fix="Compare with the provider's calculator before signing a budget.",
            blocking=False,
        ),
    )


def _old(plan: Plan) -> tuple[Finding, ...]:
    def age(day: date) -> int:
        return (plan.cost.as_of - day).days

    old = [
        line
        for line in plan.cost.lines
        if line.source_date and age(line.source_date) > OLD_DAYS and (line.monthly_usd or 0) >= 1
    ]
    if not old:
        return ()
    names = ", ".join(sorted({f"{line.option}: {line.item}" for line in old}))
    return (
        Finding(
            code="cost.old_prices",
            severity="info",
            message=f"{quantity(len(old), 'line')} with prices more than {OLD_DAYS} days old.",
            evidence=names,
            fix="Refresh the price snapshot.",
            blocking=False,
        ),
    )


def _drivers(plan: Plan) -> tuple[Finding, ...]:
    heaviest = _heaviest(plan)[:DRIVERS]
    if not heaviest:
        return ()
    share = sum(line.monthly_usd or 0 for line in heaviest) / max(plan.cost.expected_usd, 0.01)
    return (
        Finding(
            code="cost.drivers",
            severity="info",
            message=f"The {len(heaviest)} biggest lines make {share:.0%} of the bill.",
            evidence="; ".join(_told(line) for line in heaviest),
            fix="To save, start with them.",
            blocking=False,
            slot=heaviest[0].slot,
        ),
    )


def _heaviest(plan: Plan) -> list[CostLine]:
    return sorted(plan.cost.lines, key=lambda line: -(line.monthly_usd or 0))


def _told(line: CostLine) -> str:
    return f"{line.option} {line.item} ${line.monthly_usd or 0:,.2f} ({line.formula})"

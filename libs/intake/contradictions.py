"""Finds requirements of different fields that cannot all hold, whatever is designed."""

import re
from collections.abc import Mapping

from libs.intake.brief import Brief
from libs.intake.models import Conflict, Constraint, FieldName, Quote

_STRICT = 99.99
_SMALL_BUDGET = 300.0
_GPU_HOUR_USD = {
    "h100": 3.9,
    "h200": 5.0,
    "b200": 7.0,
    "a100": 2.7,
    "v100": 3.0,
    "a10": 1.0,
    "t4": 0.5,
    "l4": 0.8,
}
"""Low list prices per card and hour: a budget below them cannot be met anywhere."""
_CARDS = re.compile(r"\b(h100|h200|b200|a100|v100|a10|t4|l4)s?\b")
_ALWAYS = re.compile(
    r"\b(?:around the clock|24\s*/\s*7|always on|permanently|reserve\w*|dedicated|rund um die "
    r"uhr|dauerhaft|las 24 horas|en permanence)\b"
)
_HOURS_PER_MONTH = 730


def between(brief: Brief, found: Mapping[FieldName, Constraint]) -> list[Conflict]:
    """Contradictions across fields."""
    checks = (_gpus_beyond_budget(brief, found), _nines_beyond_budget(found), _serverless_with_gpus(found))
    return [conflict for conflict in checks if conflict is not None]


def _gpus_beyond_budget(brief: Brief, found: Mapping[FieldName, Constraint]) -> Conflict | None:
    budget = found.get("budget_usd_month")
    if budget is None:
        return None
    for match in _CARDS.finditer(brief.text):
        statement = brief.statement_at(match.start())
        if not _ALWAYS.search(statement.text):
            continue
        counts = [number.value for number in brief.numbers if 0 <= match.start() - number.end <= 20]
        cards = counts[-1] if counts and counts[-1] <= 1000 else 1
        least = cards * _GPU_HOUR_USD[match.group(1)] * _HOURS_PER_MONTH
        if least > budget.value:
            return Conflict(
                code="intake.gpus_beyond_budget",
                fields=("budget_usd_month", "gpu_needed"),
                message=f"{cards:g} {match.group(1).upper()} around the clock cost at least {least:,.0f} USD a "
                f"month, "
                f"the limit is {budget.value:,.0f}.",
                quotes=(*_quotes(budget), brief.quote(*match.span())),
            )
    return None


def _nines_beyond_budget(found: Mapping[FieldName, Constraint]) -> Conflict | None:
    budget, availability = found.get("budget_usd_month"), found.get("availability_pct")
    if (
        budget is None
        or availability is None
        or availability.value < _STRICT
        or budget.value >= _SMALL_BUDGET
    ):
        return None
    return Conflict(
        code="intake.availability_beyond_budget",
        fields=("budget_usd_month", "availability_pct"),
        message=f"{availability.value:g} % needs standby capacity in several zones, {budget.value:,.0f} "
        f"USD a month "
        "do not pay for it.",
        quotes=_quotes(budget) + _quotes(availability),
    )


def _serverless_with_gpus(found: Mapping[FieldName, Constraint]) -> Conflict | None:
    deployment, gpu = found.get("deployment_preference"), found.get("gpu_needed")
    if deployment is None or gpu is None or deployment.value != "serverless" or gpu.value is not True:
        return None
    return Conflict(
        code="intake.serverless_with_gpus",
        fields=("deployment_preference", "gpu_needed"),
        message="Serverless functions have no GPUs; one of the two has to give way.",
        quotes=_quotes(deployment) + _quotes(gpu),
    )


def _quotes(constraint: Constraint) -> tuple[Quote, ...]:
    return (constraint.quote,) if constraint.quote else ()

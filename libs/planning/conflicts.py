"""Statements that cannot all hold, found by looking at constraints and requirements together."""

from collections.abc import Sequence

from libs.intake.models import Conflict, Constraint, FieldName, Quote
from libs.planning import optimiser, regions
from libs.planning.candidates import Pool, pool
from libs.planning.catalogue.models import Catalogue
from libs.planning.models import Requirements
from libs.planning.optimiser import Rules
from libs.planning.prices.lookup import Prices
from libs.planning.requirements import ONLINE

FAST_MS = 30.0
CLOUD_NAMES = {"gcp": "Google Cloud", "azure": "Microsoft Azure"}
GIVING: tuple[tuple[FieldName, str], ...] = (
    ("gpu_needed", "the need for a GPU"),
    ("availability_pct", "the availability target"),
    ("compliance", "the compliance regimes"),
    ("latency_ms_p95", "the latency target"),
    ("deployment_preference", "the deployment preference"),
)


def conflicts(
    constraints: Sequence[Constraint],
    requirements: Requirements,
    catalogue: Catalogue | None = None,
    prices: Prices | None = None,
) -> tuple[Conflict, ...]:
    """Contradictions between fields.

    Args:
        constraints: with their quotes, as extracted and answered.
        requirements: what was resolved from them.
        catalogue: with prices, budgets are compared with what a design costs.
        prices: see catalogue.
    """
    by_field = {constraint.field: constraint for constraint in constraints if constraint.source != "default"}
    found = [
        *_cloud(by_field, requirements),
        *_regions(by_field, requirements),
        *_residency(by_field, requirements),
        *_deployment(by_field, requirements),
        *_workloads(by_field, requirements),
    ]
    if catalogue is not None and prices is not None:
        found.extend(_budget(by_field, requirements, pool(requirements, catalogue, prices)))
    return tuple(found)


Fields = dict[FieldName, Constraint]


def _conflict(
    code: str, fields: tuple[FieldName, ...], message: str, known: Fields, *, blocking: bool = False
) -> Conflict:
    found: list[Quote | None] = [known[name].quote for name in fields if name in known]
    return Conflict(
        code=f"planning.{code}",
        fields=fields,
        message=message,
        quotes=tuple(q for q in found if q),
        blocking=blocking,
    )


def _cloud(known: Fields, needs: Requirements) -> list[Conflict]:
    if needs.cloud == "aws":
        return []
    name = CLOUD_NAMES[needs.cloud]
    message = f"{name} was asked for; designs are made for AWS. The plan goes on with AWS in {needs.region}."
    return [_conflict("cloud_not_supported", ("cloud",), message, known)]


def _regions(known: Fields, needs: Requirements) -> list[Conflict]:
    if "regions" not in known:
        return []
    stated = [str(value) for value in known["regions"].value]
    found: list[Conflict] = []
    if len(stated) > 1:
        message = f"{', '.join(stated)} were named; one region is planned, {needs.region} for {stated[0]}."
        found.append(_conflict("several_regions", ("regions",), message, known))
    placement = regions.place(stated[0])
    if needs.cloud == "aws" and placement.kind in ("nearest", "unknown"):
        message = (
            f"{stated[0]} is not a region in which designs can be priced; {placement.region} stands in for it. "
            f"Choose one of: {', '.join(regions.PRICED)}."
        )
        found.append(_conflict("region_unknown", ("regions",), message, known, blocking=True))
    return found


def _residency(known: Fields, needs: Requirements) -> list[Conflict]:
    found: list[Conflict] = []
    if "GDPR" in needs.compliance and needs.region not in regions.EUROPEAN:
        message = (
            f"GDPR applies and {needs.region} lies outside the European Union: personal data may go there only under "
            "an adequacy decision or standard contractual clauses."
        )
        found.append(_conflict("residency_region", ("compliance", "regions"), message, known))
    if "LAW25" in needs.compliance and not needs.region.startswith("ca-"):
        message = (
            f"Law 25 applies and {needs.region} lies outside Quebec: a privacy impact assessment is needed before "
            "personal information is sent there."
        )
        found.append(_conflict("residency_region", ("compliance", "regions"), message, known))
    return found


def _deployment(known: Fields, needs: Requirements) -> list[Conflict]:
    found: list[Conflict] = []
    stated = known["deployment_preference"].value if "deployment_preference" in known else None
    if stated == "kubernetes":
        message = "Kubernetes was asked for; designs run containers on Amazon ECS. The plan goes on with containers."
        found.append(_conflict("kubernetes_not_supported", ("deployment_preference",), message, known))
    online = needs.archetype == "online_api"
    if online and stated in ("serverless", "containers", "kubernetes") and needs.gpu_needed:
        message = f"{stated} was asked for and a GPU is needed: Lambda and Fargate have no GPUs."
        fields: tuple[FieldName, ...] = ("deployment_preference", "gpu_needed")
        found.append(_conflict("no_gpu_there", fields, message, known, blocking=True))
    target = needs.latency_ms_p95
    if online and stated == "serverless" and target is not None and target < FAST_MS:
        message = f"serverless was asked for and {target:g} ms at p95: functions behind an API take longer than that."
        fields = ("deployment_preference", "latency_ms_p95")
        found.append(_conflict("serverless_too_slow", fields, message, known))
    return found


def _workloads(known: Fields, needs: Requirements) -> list[Conflict]:
    if "workloads" not in known:
        return []
    stated = set(known["workloads"].value)
    if "batch_inference" in stated and stated & ONLINE:
        message = (
            "Answers on request and scoring in batches were both asked for; the online API is designed, and batch "
            "scoring beside it is neither sized nor priced."
        )
        return [_conflict("batch_beside_online", ("workloads",), message, known)]
    if needs.archetype == "batch_scoring" and "latency_ms_p95" in known:
        target = known["latency_ms_p95"].value
        message = f"{target:g} ms was asked for and scoring in batches: no request waits, so the target is not used."
        return [_conflict("latency_without_requests", ("latency_ms_p95", "workloads"), message, known)]
    return []


def _budget(known: Fields, needs: Requirements, candidates: Pool) -> list[Conflict]:
    budget = needs.budget_usd_month
    if budget is None or optimiser.best(candidates, _ignoring()) is not None:
        return []
    free = optimiser.best(candidates, _ignoring("budget_usd_month"))
    if free is None:
        return []
    for field, words in GIVING:
        cheaper = optimiser.best(candidates, _ignoring(field))
        if field in known and cheaper is not None:
            message = f"${budget:,.0f} a month and {words} do not go together: it takes about ${free.monthly_usd:,.0f}."
            return [_conflict("budget_too_low", ("budget_usd_month", field), message, known, blocking=True)]
    message = (
        f"The cheapest design takes about ${free.monthly_usd:,.0f} a month; the budget is ${budget:,.0f}."
    )
    return [_conflict("budget_too_low", ("budget_usd_month",), message, known, blocking=True)]


def _ignoring(*fields: FieldName) -> Rules:
    return Rules({}, frozenset(), frozenset(fields))

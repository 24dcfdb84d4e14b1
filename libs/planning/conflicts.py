"""Statements that cannot all hold, found by looking at constraints and requirements together."""

from collections.abc import Sequence

from libs.intake.models import Conflict, Constraint, FieldName, Quote
from libs.planning import infeasibility, optimiser, regions
from libs.planning.candidates import Pool, pool
from libs.planning.catalogue.models import Catalogue
from libs.planning.models import Requirements
from libs.planning.optimiser import Rules
from libs.planning.prices.lookup import Prices
from libs.planning.requirements import ONLINE
from libs.planning.wording import statement

CLOUD_NAMES = {"gcp": "Google Cloud", "azure": "Microsoft Azure"}
SHOWN = 2
"""Ways out that a message names; the gate shows all."""


def conflicts(
    constraints: Sequence[Constraint],
    requirements: Requirements,
    catalogue: Catalogue | None = None,
    prices: Prices | None = None,
    *,
    written_only: bool = False,
) -> tuple[Conflict, ...]:
    """Statements that contradict each other, each with the smallest set of fields that cannot all hold.

    Args:
        constraints: with their quotes, as extracted and answered.
        requirements: what was resolved from them.
        catalogue: with prices, statements are compared with the sizes, limits and prices of what there is.
        prices: see catalogue.
        written_only: look only at what a repository can be written with.
    """
    by_field = {constraint.field: constraint for constraint in constraints if constraint.source != "default"}
    found = [
        *_cloud(by_field, requirements),
        *_regions(by_field, requirements),
        *_residency(by_field, requirements),
        *_workloads(by_field, requirements),
        *_rates(by_field, requirements),
        *_people(by_field, requirements),
    ]
    if catalogue is not None and prices is not None:
        found.extend(_kubernetes(by_field, catalogue, written_only))
        candidates = pool(requirements, catalogue, prices, written_only=written_only)
        found.extend(_impossible(by_field, requirements, candidates, catalogue, prices))
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
    outside = [area for area in needs.residency if regions.lies_in(needs.region, area) is False]
    if outside:
        message = f"Data must stay in {', '.join(outside)}, and {needs.region} lies elsewhere."
        found.append(
            _conflict(
                "outside_residency", ("residency", "regions"), message, known, blocking="regions" in known
            )
        )
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


def _rates(known: Fields, needs: Requirements) -> list[Conflict]:
    if needs.archetype != "online_api" or not {"throughput_rps", "predictions_per_day"} <= known.keys():
        return []
    average = needs.predictions_per_day / 86_400
    if average <= needs.throughput_rps * 1.05:
        return []
    message = (
        f"{needs.predictions_per_day:,.0f} predictions a day are {average:,.4g} a second on average, more than the "
        f"peak of {needs.throughput_rps:,.10g} a second."
    )
    return [_conflict("peak_below_average", ("throughput_rps", "predictions_per_day"), message, known)]


def _people(known: Fields, needs: Requirements) -> list[Conflict]:
    found: list[Conflict] = []
    regimes = sorted({"GDPR", "HIPAA", "LAW25"} & set(needs.compliance))
    if regimes and "personal_data" in known and known["personal_data"].value is False:
        message = f"{', '.join(regimes)} applies to personal data, and there is said to be none."
        found.append(_conflict("regime_without_people", ("compliance", "personal_data"), message, known))
    if regimes and "data_classification" in known and needs.data_classification == "public":
        message = f"{', '.join(regimes)} protects the data, and it is said to be public."
        found.append(
            _conflict("regime_on_public_data", ("compliance", "data_classification"), message, known)
        )
    return found


def _kubernetes(known: Fields, catalogue: Catalogue, written_only: bool) -> list[Conflict]:
    stated = known["deployment_preference"].value if "deployment_preference" in known else None
    serving = catalogue.of_slot("serve")
    if stated != "kubernetes" or any(
        "kubernetes" in option.deployment and (option.generated or not written_only) for option in serving
    ):
        return []
    message = "Kubernetes was asked for; repositories run containers on Amazon ECS. The plan goes on with containers."
    return [_conflict("kubernetes_not_supported", ("deployment_preference",), message, known)]


def _impossible(
    known: Fields, needs: Requirements, candidates: Pool, catalogue: Catalogue, prices: Prices
) -> list[Conflict]:
    """Constraints that no combination of the catalogue keeps together: the smallest set that was found."""
    rules = Rules({}, frozenset())
    if optimiser.best(candidates, rules) is not None:
        return []
    proof = infeasibility.explain(candidates, rules, catalogue, prices)
    if proof.conflicting in ((), ("budget_usd_month",)):
        fields: tuple[FieldName, ...] = tuple(name for name in proof.conflicting if name in known)
    else:
        fields = proof.conflicting
    if not fields:
        return []
    named = [statement(needs, name) for name in fields]
    assumed = [name for name in fields if name not in known]
    message = f"{_sentence(named)} do not go together." if len(named) > 1 else f"{named[0]} cannot be kept."
    message = message[0].upper() + message[1:]
    if assumed:
        message += f" Assumed, not stated: {', '.join(statement(needs, name) for name in assumed)}."
    if proof.relaxations:
        message += f" Ways out: {'; '.join(proof.relaxations[:SHOWN])}."
    code = "budget_too_low" if "budget_usd_month" in fields else "cannot_all_hold"
    return [_conflict(code, fields, message, known, blocking=True)]


def _sentence(parts: Sequence[str]) -> str:
    return f"{', '.join(parts[:-1])} and {parts[-1]}"

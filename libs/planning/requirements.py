"""Constraints become requirements: every field gets a value, and what is assumed says so and why."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from pydantic import ValidationError

from libs.intake.models import Constraint, FieldName, Source
from libs.planning import demand, regions
from libs.planning.errors import ImpossibleValue
from libs.planning.models import Archetype, Requirements

FIELDS: tuple[FieldName, ...] = (
    "ml_task",
    "workloads",
    "cloud",
    "compliance",
    "data_classification",
    "regions",
    "latency_ms_p95",
    "predictions_per_day",
    "throughput_rps",
    "availability_pct",
    "gpu_needed",
    "data_volume_gb",
    "training_frequency",
    "team_size",
)
"""Fields that get a default, in the order in which one default may follow from another."""

BATCH_LATENCY_MS = 60_000.0
"""A target above a minute describes a scheduled run, not a request."""
AROUND_THE_CLOCK = ("hourly", "several_times_daily")
ONLINE = {"online_inference", "streaming_inference"}
RANGES: dict[FieldName, tuple[float, float]] = {
    "latency_ms_p95": (0.001, 1e9),
    "throughput_rps": (1e-9, 1e8),
    "predictions_per_day": (1e-6, 1e13),
    "budget_usd_month": (0, 1e10),
    "availability_pct": (1, 100),
    "data_volume_gb": (1e-9, 1e9),
    "team_size": (0.1, 1e6),
}
"""Values for which designs can be made; anything else is refused by name."""
LISTS: tuple[FieldName, ...] = ("workloads", "compliance", "regions")
LEAST_RPS = 0.001
FURTHER: tuple[FieldName, ...] = (
    "scoring_frequency",
    "peak_factor", "growth_pct_year", "retention_days", "rpo_minutes", "rto_minutes", "personal_data",
    "explainability", "ci_provider", "model_size_gb", "llm_hosting", "model_parameters_b", "context_tokens",
    "input_tokens", "output_tokens", "users", "residency", "data_sources", "existing_stack", "team_skills",
)  # fmt: skip
WORD_LISTS: tuple[FieldName, ...] = ("data_sources", "existing_stack", "team_skills")
PERSONAL = frozenset(("GDPR", "HIPAA", "LAW25"))
"""Regimes that speak of personal data."""
NO_CHANGE: Mapping[str, float] = {}


class _Fields:
    """Known values and the defaults added on the way."""

    def __init__(self, constraints: Sequence[Constraint]) -> None:
        self.held: dict[FieldName, Constraint] = {
            c.field: c for c in constraints if c.source != "default" and _has_value(c)
        }
        self.defaults: list[Constraint] = []
        self.suggested: dict[FieldName, Constraint] = {
            c.field: c for c in constraints if c.source == "default" and c.quote is not None and _has_value(c)
        }
        """Defaults that rest on words of the brief, such as a region near the town that it speaks of."""

    def value(self, field: FieldName) -> Any:
        held = self.held.get(field)
        return None if held is None else held.value

    def assume(self, field: FieldName, value: Any, reason: str) -> None:
        if field not in self.held:
            default = Constraint(field=field, value=value, source="default", confidence=0.5, reason=reason)
            self.held[field] = default
            self.defaults.append(default)

    def sources(self) -> dict[FieldName, Source]:
        return {field: constraint.source for field, constraint in sorted(self.held.items())}


def resolve(
    constraints: Sequence[Constraint], as_of: date, assumptions: Mapping[str, float] = NO_CHANGE
) -> tuple[Requirements, tuple[Constraint, ...]]:
    """Requirements for the planner, and the defaults that were added for fields nobody gave.

    Args:
        constraints: what was stated, inferred or answered; those of source `default` are worked out anew, because
            one default may follow from a field that was answered since, and only those with a quote are listened to.
        as_of: the recorded date of the design; kept for defaults that depend on a date.
        assumptions: planning assumptions that a person changed, by name.

    Raises:
        ImpossibleValue: a value is out of range or of the wrong type; names the field.

    Returns:
        The requirements, and one constraint of source `default` with its reason for each field that was missing.
    """
    fields = _Fields(constraints)
    _check_values(fields)
    archetype = _archetype(fields)
    fields.assume("ml_task", "classification", "no task was named; classification on tables is the commonest")
    fields.assume("cloud", "aws", "AWS is the cloud that designs are made for")
    fields.assume("compliance", [], "no regime was named")
    _assume_data_class(fields)
    _assume_region(fields)
    _assume_load(fields, archetype)
    _assume_operation(fields, archetype)
    return _requirements(fields, archetype, assumptions), tuple(fields.defaults)


def _requirements(fields: _Fields, archetype: Archetype, assumptions: Mapping[str, float]) -> Requirements:
    latency = fields.value("latency_ms_p95") if archetype == "online_api" else None
    budget = fields.value("budget_usd_month")
    try:
        return Requirements(
            archetype=archetype,
            ml_task=fields.value("ml_task"),
            latency_ms_p95=None if latency is None else float(latency),
            throughput_rps=float(fields.value("throughput_rps")),
            predictions_per_day=float(fields.value("predictions_per_day")),
            budget_usd_month=None if budget is None else float(budget),
            region=regions.place(str(fields.value("regions")[0])).region,
            compliance=tuple(sorted(set(fields.value("compliance")))),
            data_classification=fields.value("data_classification"),
            availability_pct=float(fields.value("availability_pct")),
            deployment_preference=fields.value("deployment_preference"),
            gpu_needed=fields.value("gpu_needed"),
            data_volume_gb=float(fields.value("data_volume_gb")),
            training_frequency=fields.value("training_frequency"),
            streaming="streaming_inference" in (fields.value("workloads") or ()),
            answers_requests=_answers_requests(fields),
            cloud=fields.value("cloud"),
            team_size=max(1, round(float(fields.value("team_size")))),
            assumptions=dict(sorted(assumptions.items())),
            **_further(fields),
            sources=fields.sources(),
        )
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise ImpossibleValue(f"{name}: {first['msg']}", field=name) from error


def _check_values(fields: _Fields) -> None:
    for name in LISTS:
        listed = fields.value(name)
        if listed is not None and not (
            isinstance(listed, list | tuple) and all(isinstance(part, str) for part in listed)
        ):
            raise ImpossibleValue(f"{name} is {listed!r}; it must be a list of words.", field=name)
    for name, (lowest, highest) in RANGES.items():
        value = fields.value(name)
        if value is None:
            continue
        if isinstance(value, bool) or not isinstance(value, int | float) or not lowest <= value <= highest:
            raise ImpossibleValue(
                f"{name} is {value!r}; it must be a number from {lowest:g} to {highest:g}.", field=name
            )


def _has_value(constraint: Constraint) -> bool:
    """An empty list is an answer only for compliance: no regime applies."""
    if constraint.value == []:
        return constraint.field == "compliance"
    return constraint.value is not None and constraint.value != ""


def _archetype(fields: _Fields) -> Archetype:
    workloads = set(fields.value("workloads") or ())
    latency = fields.value("latency_ms_p95")
    if workloads & ONLINE:
        return "online_api"
    if "batch_inference" in workloads:
        return "batch_scoring"
    if latency is not None and float(latency) <= BATCH_LATENCY_MS:
        fields.assume(
            "workloads", ["online_inference"], "a latency target means that somebody waits for answers"
        )
        return "online_api"
    if fields.value("throughput_rps") is not None:
        fields.assume("workloads", ["online_inference"], "requests per second mean an online service")
        return "online_api"
    if workloads or latency is not None or fields.value("predictions_per_day") is not None:
        fields.assume(
            "workloads", ["batch_inference"], "a volume without a latency target is scored in batches"
        )
        return "batch_scoring"
    fields.assume("workloads", ["online_inference"], "no way of asking for predictions was named")
    return "online_api"


def _assume_data_class(fields: _Fields) -> None:
    regimes = set(fields.value("compliance"))
    if regimes & {"PCI-DSS", "HIPAA"}:
        named = ", ".join(sorted(regimes & {"PCI-DSS", "HIPAA"}))
        fields.assume("data_classification", "restricted", f"{named} data is treated as restricted")
    elif regimes & {"GDPR", "LAW25"}:
        named = ", ".join(sorted(regimes & {"GDPR", "LAW25"}))
        fields.assume("data_classification", "sensitive", f"{named} speaks of personal data")
    else:
        fields.assume("data_classification", "internal", "business data that is neither public nor personal")


def _assume_region(fields: _Fields) -> None:
    regimes = set(fields.value("compliance"))
    residency = fields.value("residency") or ()
    kept = regions.within(residency) if residency else None
    if kept is not None:
        fields.assume("regions", [kept], f"data must stay in {', '.join(residency)}")
    elif "GDPR" in regimes:
        fields.assume("regions", ["eu-central-1"], "GDPR: a region inside the European Union")
    elif "LAW25" in regimes:
        fields.assume("regions", ["ca-central-1"], "Law 25: a region in Canada")
    elif "regions" in fields.suggested:
        near = fields.suggested["regions"]
        fields.assume("regions", near.value, near.reason)
    else:
        fields.assume("regions", ["us-east-1"], "the region with the lowest prices and every service")


def _assume_load(fields: _Fields, archetype: Archetype) -> None:
    per_day, rps = fields.value("predictions_per_day"), fields.value("throughput_rps")
    if archetype == "batch_scoring":
        fields.assume(
            "scoring_frequency", "daily", "no rhythm of scoring was named; once a night is the commonest"
        )
        if per_day is None and rps is not None and fields.value("scoring_frequency") in AROUND_THE_CLOCK:
            per_day = float(rps) * demand.SECONDS_DAY
            reason = "the stated rate around the clock"
        elif per_day is None and rps is not None:
            per_day = float(rps) * demand.SCORING_HOURS * 3600
            reason = f"the stated rate over a scoring window of {demand.SCORING_HOURS:g} hours"
        else:
            reason = "a nightly run over a hundred thousand rows"
        fields.assume("predictions_per_day", per_day or 100_000.0, reason)
        rate = float(fields.value("predictions_per_day")) / (demand.SCORING_HOURS * 3600)
        fields.assume(
            "throughput_rps", max(round(rate, 3), LEAST_RPS), "the daily volume over the scoring window"
        )
        return
    peak = float(fields.value("peak_factor") or demand.PEAK_TO_AVERAGE)
    if fields.value("ml_task") == "llm_rag":
        fields.assume(
            "latency_ms_p95",
            3000.0,
            "the first words of an answer within three seconds, or all of it where nothing is streamed",
        )
    fields.assume("latency_ms_p95", 500.0, "half a second feels immediate to a person who waits")
    if rps is None and per_day is not None:
        rate = max(round(float(per_day) / demand.SECONDS_DAY * peak, 3), LEAST_RPS)
        fields.assume("throughput_rps", rate, f"the daily volume with a peak of {peak:g} times the average")
    fields.assume("throughput_rps", 10.0, "a small service")
    daily = round(float(fields.value("throughput_rps")) / peak * demand.SECONDS_DAY, 1)
    fields.assume("predictions_per_day", daily, f"the peak rate is taken as {peak:g} times the average")


def _assume_operation(fields: _Fields, archetype: Archetype) -> None:
    regimes = set(fields.value("compliance"))
    if archetype == "batch_scoring":
        fields.assume("availability_pct", 99.0, "a run that fails can be repeated before it is needed")
    elif regimes & {"PCI-DSS", "HIPAA"}:
        fields.assume("availability_pct", 99.9, "usual for services under PCI DSS or HIPAA")
    else:
        fields.assume("availability_pct", 99.5, "usual for an internal online service")
    fields.assume("gpu_needed", False, "nothing in the brief asks for a GPU")
    fields.assume("data_volume_gb", 10.0, "ten gigabytes hold some tens of millions of table rows")
    fields.assume("training_frequency", "weekly", "weekly retraining follows slow changes at low cost")
    fields.assume("team_size", 2, "the smallest team in which one person can be away")


def _answers_requests(fields: _Fields) -> bool:
    workloads = set(fields.value("workloads") or ())
    return "online_inference" in workloads or not workloads & ONLINE


def _further(fields: _Fields) -> dict[str, Any]:
    """Fields without a default: what nobody says about them changes nothing."""
    found: dict[str, Any] = {name: fields.value(name) for name in FURTHER if fields.value(name) is not None}
    found |= {name: tuple(found[name]) for name in ("residency", *WORD_LISTS) if name in found}
    if "personal_data" not in found:
        found["personal_data"] = bool(PERSONAL & set(fields.value("compliance")))
    return found

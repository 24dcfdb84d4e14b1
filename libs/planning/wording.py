"""How constraints and slots are called, and constraints quoted with their values, in sentences."""

import re

from libs.intake.fields import FIELDS
from libs.intake.models import FieldName
from libs.planning.catalogue.plurals import after_one
from libs.planning.models import Archetype, Requirements, Slot

WORDS: dict[FieldName, str] = {name: field.words for name, field in FIELDS.items()}
ARCHETYPES: dict[Archetype, str] = {"online_api": "an online API", "batch_scoring": "batch scoring"}
SLOT_TITLES: dict[Slot, str] = {
    "ingest": "How data arrives",
    "store": "Where data is kept",
    "process": "Where features are computed",
    "features": "How the model gets its features",
    "orchestrate": "What starts and orders the steps",
    "train": "Where the model is trained",
    "registry": "Where models are registered",
    "serve": "How predictions are served",
    "llm": "Which language model answers",
    "vector_store": "Where passages are searched",
    "embeddings": "How text becomes vectors",
    "guardrails": "What keeps questions and answers in bounds",
    "evaluation": "How answers are judged",
    "observe": "How the system is watched",
    "cicd": "How changes reach the environments",
    "network": "How the network is laid out",
    "security": "How data is encrypted and access is recorded",
}
"""What each slot is about."""


def statement(needs: Requirements, name: FieldName) -> str:
    """The constraint with the value that is planned for."""
    latency, budget = needs.latency_ms_p95, needs.budget_usd_month
    values: dict[FieldName, str] = {
        "latency_ms_p95": "none" if latency is None else f"{latency:g} ms",
        "budget_usd_month": "none" if budget is None else f"${budget:,.0f} a month",
        "availability_pct": f"{needs.availability_pct:g} %",
        "throughput_rps": f"{needs.throughput_rps:,.10g} a second",
        "predictions_per_day": f"{needs.predictions_per_day:,.10g}",
        "data_volume_gb": f"{needs.data_volume_gb:,.10g} GB",
        "compliance": ", ".join(needs.compliance) or "none",
        "data_classification": needs.data_classification,
        "deployment_preference": needs.deployment_preference or "none",
        "regions": needs.region,
        "ml_task": needs.ml_task,
        "training_frequency": needs.training_frequency.replace("_", " "),
        "scoring_frequency": needs.scoring_frequency.replace("_", " "),
        "gpu_needed": "yes" if needs.gpu_needed else "no",
        "workloads": ARCHETYPES[needs.archetype],
        "cloud": needs.cloud,
        "team_size": str(needs.team_size),
    }
    value = values[name] if name in values else _plain(getattr(needs, name, None))
    return f"{WORDS[name]} ({value})"


def quantity(value: float, unit: str) -> str:
    """`1 hour`, `730 hours`, `20,000 events` for 0.02 of `1M events`; units that are symbols stay as they are."""
    counted = _COUNTED.fullmatch(unit)
    if counted:
        value, unit = value * int(counted["many"]) * _THOUSANDS[counted["scale"]], counted["things"]
    elif value != 1 and unit[-1].islower():
        unit += "s"
    return f"{value:,.2f}".rstrip("0").rstrip(".") + f" {unit}" if value >= 1 else f"{value:.3g} {unit}"


def counted(value: float, words: str) -> str:
    """A number before what it counts, such as `5 minutes` and `1 minute`; the words are those after a two."""
    return f"{value:,.10g}" + (after_one(f" {words}") if value == 1 else f" {words}")


_COUNTED = re.compile(r"(?P<many>\d+)(?P<scale>[kMB]) (?P<things>.+)")
_THOUSANDS = {"k": 1_000, "M": 1_000_000, "B": 1_000_000_000}


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple | list):
        return ", ".join(str(part) for part in value) or "none"
    if isinstance(value, int | float):
        return f"{value:,.10g}"
    return "none" if value is None else str(value).replace("_", " ")

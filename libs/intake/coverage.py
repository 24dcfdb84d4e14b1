"""Says how much of what a design needs is known, and whether there is anything to design."""

from collections.abc import Sequence
from typing import get_args

from libs.intake.extraction import EMPTY
from libs.intake.models import Constraint, Coverage, Extraction, FieldName

FIELDS: tuple[FieldName, ...] = get_args(FieldName)

WEIGHTS: dict[FieldName, float] = {
    "ml_task": 3.0,
    "workloads": 3.0,
    "latency_ms_p95": 2.0,
    "throughput_rps": 2.0,
    "predictions_per_day": 1.5,
    "budget_usd_month": 2.0,
    "regions": 2.0,
    "compliance": 1.5,
    "data_classification": 1.5,
    "availability_pct": 1.5,
    "deployment_preference": 1.0,
    "gpu_needed": 0.5,
    "data_volume_gb": 1.5,
    "training_frequency": 1.5,
    "cloud": 1.0,
    "team_size": 0.5,
}
"""How much a design depends on a field."""

NOTHING_WRITTEN = (
    "The brief is empty. Write in a few sentences what the model should predict, on which data, "
    "how fast and how often it must answer, where it may run and what it may cost a month."
)
NOTHING_TO_DESIGN = (
    "This text does not ask for a machine-learning system, so there is nothing to design. Write what should be "
    "predicted or decided, from which data, how fast and how often, where it may run and what it may cost a month."
)
_IN_WORDS: dict[FieldName, str] = {
    "ml_task": "task",
    "latency_ms_p95": "latency",
    "throughput_rps": "throughput",
    "predictions_per_day": "daily volume",
    "budget_usd_month": "monthly budget",
    "data_classification": "data classification",
    "availability_pct": "availability",
    "deployment_preference": "way of running it",
    "gpu_needed": "GPUs",
    "data_volume_gb": "data volume",
    "training_frequency": "training rhythm",
    "team_size": "team size",
}


def coverage(extraction: Extraction) -> Coverage:
    """What the extraction of a brief covers."""
    return coverage_of(extraction.constraints)


def coverage_of(constraints: Sequence[Constraint]) -> Coverage:
    """What constraints from any number of messages and answers cover."""
    by_field = {constraint.field: constraint for constraint in constraints}
    task = by_field.get("ml_task")
    known = tuple(field for field in FIELDS if _is_known(by_field.get(field)))
    missing = tuple(field for field in FIELDS if field not in known)
    if task is not None and task.value == "none":
        message = NOTHING_WRITTEN if task.reason == EMPTY else NOTHING_TO_DESIGN
        return Coverage(known=(), missing=FIELDS, score=0.0, is_ml_brief=False, message=message)
    if not known:
        return Coverage(known=(), missing=FIELDS, score=0.0, is_ml_brief=True, message=_nothing_known())
    total = sum(WEIGHTS.values())
    score = round(sum(WEIGHTS[field] for field in known) / total, 4)
    return Coverage(
        known=known, missing=missing, score=score, is_ml_brief=True, message=_message(known, missing)
    )


def _is_known(constraint: Constraint | None) -> bool:
    return (
        constraint is not None
        and constraint.source != "default"
        and constraint.value not in (None, [], "none")
    )


def _nothing_known() -> str:
    return (
        f"Machine learning is asked for, but no requirement is stated yet: all {len(FIELDS)} fields are open."
    )


def _message(known: Sequence[FieldName], missing: Sequence[FieldName]) -> str:
    if not missing:
        return f"All {len(FIELDS)} fields are known."
    weightiest = sorted(missing, key=lambda field: -WEIGHTS[field])[:4]
    named = ", ".join(_IN_WORDS.get(field, field) for field in weightiest)
    return f"{len(known)} of {len(FIELDS)} fields are known; what is missing most: {named}."

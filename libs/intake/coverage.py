"""Says how much of what a design needs is known, and whether there is anything to design."""

from collections.abc import Sequence
from typing import get_args

from libs.intake import fields
from libs.intake.extraction import EMPTY
from libs.intake.models import Constraint, Coverage, Extraction, FieldName

FIELDS: tuple[FieldName, ...] = get_args(FieldName)

NOTHING_WRITTEN = (
    "The brief is empty. Write in a few sentences what the model should predict, on which data, "
    "how fast and how often it must answer, where it may run and what it may cost a month."
)
NOTHING_TO_DESIGN = (
    "This text does not ask for a machine-learning system, so there is nothing to design. Write what should be "
    "predicted or decided, from which data, how fast and how often, where it may run and what it may cost a month."
)


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
    total = sum(field.weight for field in fields.FIELDS.values())
    score = round(sum(fields.FIELDS[field].weight for field in known) / total, 4)
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
    weightiest = sorted(missing, key=lambda field: -fields.FIELDS[field].weight)[:4]
    named = ", ".join(fields.FIELDS[field].words.removeprefix("the ") for field in weightiest)
    return f"{len(known)} of {len(FIELDS)} fields are known; what is missing most: {named}."

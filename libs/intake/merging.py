"""Puts constraints from several messages and answers together."""

from collections.abc import Sequence

from libs.intake.fields import FIELDS
from libs.intake.models import Constraint, FieldName, Source

_RANK: dict[Source, int] = {"answered": 3, "stated": 2, "inferred": 1, "default": 0}


def merge(current: Sequence[Constraint], new: Sequence[Constraint]) -> tuple[Constraint, ...]:
    """One constraint a field: answered before stated before inferred before default, the later one among equals.

    An answered constraint without a value takes the field back.
    """
    by_field: dict[FieldName, Constraint] = {}
    for constraint in (*current, *new):
        known = by_field.get(constraint.field)
        if constraint.source == "answered" and constraint.value is None:
            by_field.pop(constraint.field, None)
        elif known is None or _replaces(constraint, known):
            by_field[constraint.field] = constraint
    return tuple(by_field[field] for field in FIELDS if field in by_field)


def _replaces(new: Constraint, known: Constraint) -> bool:
    if _RANK[new.source] != _RANK[known.source]:
        return _RANK[new.source] > _RANK[known.source]
    # A later message that names no task does not take back the one that was read before.
    return not (new.field == "ml_task" and new.value == "none" and new.source == "inferred")

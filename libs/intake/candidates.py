"""What rules hand over: possible values of a field with the words they rest on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from libs.intake.brief import Brief
from libs.intake.models import Conflict, Constraint, FieldName


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible value; offsets are folded ones."""

    value: Any
    start: int
    end: int
    weight: float = 1.0
    """The heavier reading wins among several."""
    confidence: float = 0.9
    reason: str = ""
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What one rule found for its field."""

    constraint: Constraint | None = None
    conflicts: tuple[Conflict, ...] = ()


Known = Mapping[FieldName, Constraint]
"""The constraints that rules higher up in the list have found."""


Rule = Callable[[Brief, Known], Reading]
"""Reads one field out of a brief."""


def constraint_of(brief: Brief, name: FieldName, chosen: Candidate) -> Constraint:
    """The constraint a chosen candidate stands for."""
    return Constraint(
        field=name,
        value=chosen.value,
        source="inferred" if chosen.inferred else "stated",
        confidence=chosen.confidence,
        quote=brief.quote(chosen.start, chosen.end),
        reason=chosen.reason,
    )


def reading_of(brief: Brief, name: FieldName, chosen: Candidate | None) -> Reading:
    """A reading without conflicts."""
    return Reading(constraint_of(brief, name, chosen) if chosen else None)


def heaviest(candidates: list[Candidate]) -> Candidate | None:
    """The heaviest candidate; the first among equals."""
    return max(candidates, key=lambda each: (each.weight, -each.start), default=None)

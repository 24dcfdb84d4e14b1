"""Turns the words of a brief into constraints with quotes, by rules alone."""

from libs.intake import contradictions, relevance
from libs.intake.answers import validate_value
from libs.intake.brief import Brief
from libs.intake.errors import AnswerInvalid
from libs.intake.models import Conflict, Constraint, Extraction, FieldName
from libs.intake.rules import ml_task
from libs.intake.rules.registry import RULES

NOT_ML = "Nothing in the text asks for a machine-learning system."
EMPTY = "There is no text."


def extract(text: str, *, follow_up: bool = False) -> Extraction:
    """Reads a brief; what it says nothing about stays open.

    Args:
        text: the brief as written.
        follow_up: the text answers or amends an earlier brief, so it need not name a task again.

    Returns:
        Constraints with exact quotes; only the task `none` when there is nothing to design.
    """
    brief = Brief(text)
    notes = _notes(brief)
    if not brief.statements:
        nothing = () if follow_up else (_none(NOT_ML if notes else EMPTY),)
        return Extraction(constraints=nothing, language=brief.language, notes=notes)
    ranked = ml_task.scores(brief)
    relevant = relevance.weigh(brief, ranked[0].weight if ranked else 0.0)
    if not (relevant.is_ml or relevant.is_system or follow_up):
        return Extraction(constraints=(_none(),), language=brief.language, notes=notes)
    found: dict[FieldName, Constraint] = {}
    conflicts: list[Conflict] = []
    for field, read in RULES:
        if field == "ml_task" and not (relevant.is_ml or follow_up):
            found[field] = _none()
            continue
        reading = read(brief, found)
        conflicts += reading.conflicts
        if reading.constraint is not None:
            problem = _problem(reading.constraint)
            if problem:
                notes = (*notes, f"Not taken over: {problem}")
            else:
                found[field] = reading.constraint
    conflicts += contradictions.between(brief, found)
    return Extraction(
        constraints=tuple(found.values()), conflicts=tuple(conflicts), language=brief.language, notes=notes
    )


def _problem(constraint: Constraint) -> str:
    """Why a figure that was read cannot be meant, such as 10²⁰ requests per second."""
    try:
        validate_value(constraint.field, constraint.value)
    except AnswerInvalid as invalid:
        return invalid.message
    return ""


def _none(reason: str = NOT_ML) -> Constraint:
    return Constraint(field="ml_task", value="none", source="inferred", confidence=0.8, reason=reason)


def _notes(brief: Brief) -> tuple[str, ...]:
    return tuple(
        "Not taken over, because it instructs the system instead of describing a need: "
        f"“{_short(brief.quote(each.start, each.end).text)}”"
        for each in brief.foreign
    )


def _short(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= 160 else flat[:157] + "..."

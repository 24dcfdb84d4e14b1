"""Turns the words of a brief into constraints with quotes, by rules alone."""

import re

from libs.intake import contradictions, genre, purpose, relevance
from libs.intake.answers import validate_value
from libs.intake.brief import Brief
from libs.intake.errors import AnswerInvalid
from libs.intake.models import Conflict, Constraint, Extraction, FieldName
from libs.intake.rules import ml_task, whereabouts
from libs.intake.rules.registry import RULES

NOT_ML = "Nothing in the text asks for a machine-learning system."
EMPTY = "There is no text."
_HIDDEN = "is a comment that no reader of the page sees"
_INSTRUCTION = "instructs the system instead of describing a need"
_TECHNICAL: frozenset[FieldName] = frozenset(
    (
        "latency_ms_p95",
        "throughput_rps",
        "predictions_per_day",
        "regions",
        "compliance",
        "availability_pct",
        "deployment_preference",
        "gpu_needed",
        "data_volume_gb",
        "training_frequency",
        "cloud",
        "llm_hosting",
        "context_tokens",
    )
)
_FIRM: frozenset[FieldName] = _TECHNICAL - {
    "availability_pct",
    "training_frequency",
    "data_volume_gb",
    "regions",
}
"""Requirements that hardly anybody states who does not want a system."""
_FEWEST_WHERE_VAGUE = 2
_WORD = re.compile(r"[a-z]{2,}")
_FEWEST_WORDS = 12
_ENOUGH_FOR_A_SYSTEM = 4
"""So many technical requirements are a brief, even when the words for its task are unknown here."""


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
    if not follow_up and genre.find(brief):
        return Extraction(constraints=(_none(),), language=brief.language, notes=notes)
    ranked = ml_task.scores(brief)
    relevant = (
        relevance.weigh(brief, ranked[0].weight, everyday=ranked[0].everyday)
        if ranked
        else relevance.weigh(brief, 0.0)
    )
    asked = relevant.is_ml or relevant.is_hinted or follow_up
    # A plain task in few words counts once requirements of a system stand beside it.
    conditional = (
        not (asked or relevant.is_private) and bool(ranked) and ranked[0].weight >= relevance.PLAIN_TASK
    )
    resembling = not (asked or conditional or relevant.private) and purpose.opinion(brief).is_purposeful
    asked = asked or conditional or resembling
    if not (asked or relevant.is_system or _is_varied(brief)):
        return Extraction(constraints=(_none(),), language=brief.language, notes=notes)
    found: dict[FieldName, Constraint] = {}
    conflicts: list[Conflict] = []
    for field, read in RULES:
        if field == "ml_task" and not asked:
            continue
        reading = read(brief, found)
        conflicts += reading.conflicts
        if reading.constraint is not None:
            problem = _problem(reading.constraint)
            if problem:
                notes = (*notes, f"Not taken over: {problem}")
            else:
                found[field] = reading.constraint
    technical = len(_TECHNICAL & found.keys())
    if (conditional and technical < _FEWEST_WHERE_VAGUE) or (resembling and not _FIRM & found.keys()):
        return Extraction(constraints=(_none(),), language=brief.language, notes=notes)
    if (
        relevant.is_vague
        and not (follow_up or conditional or resembling)
        and (technical < _FEWEST_WHERE_VAGUE or not _FIRM & found.keys())
    ):
        return Extraction(constraints=(_none(),), language=brief.language, notes=notes)
    if not (asked or relevant.is_system) and technical < _ENOUGH_FOR_A_SYSTEM:
        return Extraction(constraints=(_none(),), language=brief.language, notes=notes)
    if not asked and technical < _ENOUGH_FOR_A_SYSTEM:
        found = {"ml_task": _none(), **found}
    codes = {conflict.code for conflict in conflicts}
    conflicts += [
        conflict
        for conflict in contradictions.between(brief, found)
        # The rule on regions has told the same already, with closer quotes.
        if conflict.code not in codes
        and not (
            conflict.code == "intake.region_outside_residency" and "intake.region_outside_boundary" in codes
        )
    ]
    if "regions" not in found and not follow_up and (near := whereabouts.default_region(brief)):
        found["regions"] = near
    return Extraction(
        constraints=tuple(found.values()), conflicts=tuple(conflicts), language=brief.language, notes=notes
    )


def _is_varied(brief: Brief) -> bool:
    """Whether there is enough said to look for requirements; noise that repeats itself is not read to its end."""
    return len(set(_WORD.findall(brief.text))) >= _FEWEST_WORDS


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
        f"Not taken over, because it {_HIDDEN if each.hidden else _INSTRUCTION}: "
        f"“{_short(brief.quote(each.start, each.end).text)}”"
        for each in brief.foreign
    )


def _short(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= 160 else flat[:157] + "..."

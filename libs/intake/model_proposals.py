"""Takes over what a language model read in a brief, as far as the text backs it."""

from collections.abc import Sequence

from libs.intake.answers import validate_value
from libs.intake.brief import Brief
from libs.intake.errors import AnswerInvalid
from libs.intake.models import Conflict, Constraint, Extraction, FieldName
from libs.intake.proposals import contradiction_of, is_backed


def merge_model_proposal(text: str, extraction: Extraction, proposed: Sequence[Constraint]) -> Extraction:
    """Adds what a language model read and the rules did not.

    A proposal counts only when its quote stands literally in the readable text, its value is valid, the rules found
    neither a value nor a contradiction for the field, and the quoted words speak of that value. Refused ones are noted.

    Args:
        text: the brief as written.
        extraction: what the rules found in it.
        proposed: what the model returned.
    """
    brief = Brief(text)
    if any(each.field == "ml_task" and each.value == "none" for each in extraction.constraints):
        return _noted(extraction, [], [f"{each.field}: there is nothing to design" for each in proposed])
    taken = {constraint.field for constraint in extraction.constraints}
    taken |= {field for conflict in extraction.conflicts for field in conflict.fields}
    added: list[Constraint] = []
    refused: list[str] = []
    for proposal in proposed:
        problem = _problem(brief, proposal, taken, extraction.conflicts)
        if problem:
            refused.append(f"{proposal.field}: {problem}")
            continue
        taken.add(proposal.field)
        added.append(_accepted(proposal))
    return _noted(extraction, added, refused)


def _problem(brief: Brief, proposal: Constraint, taken: set[FieldName], conflicts: Sequence[Conflict]) -> str:
    if proposal.field in taken:
        in_conflict = any(proposal.field in conflict.fields for conflict in conflicts)
        return "the brief contradicts itself there" if in_conflict else "the rules have read this field"
    if not is_backed(brief, proposal):
        return "the quote does not stand in the brief"
    try:
        validate_value(proposal.field, proposal.value)
    except AnswerInvalid as invalid:
        return invalid.message
    return contradiction_of(brief, proposal)


def _accepted(proposal: Constraint) -> Constraint:
    return proposal.model_copy(
        update={
            "value": validate_value(proposal.field, proposal.value),
            "source": "inferred",
            "confidence": min(proposal.confidence, 0.7),
            "reason": proposal.reason
            or "Read by the language model; the rules found nothing for this field.",
        }
    )


def _noted(extraction: Extraction, added: Sequence[Constraint], refused: Sequence[str]) -> Extraction:
    return extraction.model_copy(
        update={
            "constraints": (*extraction.constraints, *added),
            "notes": (*extraction.notes, *(f"Refused from the language model: {each}" for each in refused)),
        }
    )

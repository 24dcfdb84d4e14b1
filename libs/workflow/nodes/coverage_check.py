"""Measures how much of what a design needs is known, and whether there is anything to design at all."""

from typing import TypedDict

from libs.events.models import CardInput
from libs.intake.coverage import coverage
from libs.intake.models import Conflict, Constraint, Extraction
from libs.runs.recorder import Visit
from libs.workflow.cards import card
from libs.workflow.deps import WorkflowDeps
from libs.workflow.state import Json, RefJson


class CoverageIn(TypedDict):
    constraints: RefJson


class CoverageOut(TypedDict):
    coverage: Json


async def coverage_check(state: CoverageIn, deps: WorkflowDeps, visit: Visit) -> CoverageOut:
    read = await visit.load_json(state["constraints"])
    known = Extraction(
        constraints=tuple(Constraint.model_validate(c) for c in read["constraints"]),
        conflicts=tuple(Conflict.model_validate(c) for c in read["conflicts"]),
        language=read["language"],
        notes=tuple(read["notes"]),
    )
    result = coverage(known)
    card(
        deps,
        visit,
        trigger="new constraints",
        title="How complete the brief is",
        choice=f"{result.score:.0%} of the weighted fields are known",
        justification=result.message,
        inputs=tuple(CardInput(kind="constraint", name=field) for field in result.known),
        confidence=result.score,
        next_steps=tuple(f"open: {field}" for field in result.missing),
    )
    return {"coverage": result.to_json()}

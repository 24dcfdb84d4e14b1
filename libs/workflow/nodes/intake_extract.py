"""Reads what the person wrote and answered, and turns it into typed constraints with provenance."""

import asyncio
from typing import Any, TypedDict

from pydantic import Field

from libs.core.errors import Unavailable
from libs.core.values import Value
from libs.core.wording import counted
from libs.datasets.models import DatasetChoice, DatasetView
from libs.events.models import CardInput
from libs.intake import extraction, merging
from libs.intake.model_proposals import merge_model_proposal
from libs.intake.models import Conflict, Constraint, Extraction, FieldName, Quote
from libs.runs.recorder import Visit
from libs.workflow import dataset_facts
from libs.workflow.cards import card
from libs.workflow.decided import with_decisions
from libs.workflow.deps import WorkflowDeps
from libs.workflow.state import Json, RefJson


class IntakeIn(TypedDict, total=False):
    messages: list[RefJson]
    asked: bool
    answers: Json
    edits: Json
    dataset: Json | None


class IntakeOut(TypedDict):
    constraints: RefJson


class Proposal(Value):
    """One requirement that a model believes to have read."""

    field: FieldName
    value: Any
    quote: str = Field(max_length=1000)


class Proposals(Value):
    """What a model proposes; each is checked against the text before anything is taken over."""

    proposals: tuple[Proposal, ...] = ()


async def intake_extract(state: IntakeIn, deps: WorkflowDeps, visit: Visit) -> IntakeOut:
    messages = [(await visit.load(ref)).decode() for ref in state["messages"]]
    for number, message in enumerate(state["messages"], start=1):
        visit.record(f"message_{number}.txt", message, "text/plain; charset=utf-8")
    answers = state.get("answers", {})
    asked = state.get("asked", False) or bool(answers)
    brief, read = await asyncio.to_thread(read_messages, messages, asked=asked)
    read, prompt_sha256, note = await _with_proposals(brief, read, deps, visit)
    stated = with_decisions(read.constraints, answers, state.get("edits", {}))
    view = await dataset_view(state.get("dataset"), deps)
    constraints = with_facts(stated, view, state.get("edits", {}))
    conflicts = (*read.conflicts, *(dataset_facts.disagreements(stated, view) if view else ()))
    if view is not None:
        await visit.keep_json("dataset.json", "dataset", state["dataset"])
    ref = await visit.keep_json(
        "constraints.json",
        "constraints",
        {
            "constraints": [c.to_json() for c in constraints],
            "conflicts": [c.to_json() for c in conflicts],
            "notes": list(read.notes),
            "language": read.language,
            "brief_characters": len(brief),
            "asked": asked,
        },
    )
    visit.change_decision_set(constraints=[c.to_json() for c in constraints])
    sources = [c.source for c in constraints]
    card(
        deps,
        visit,
        trigger="a new text, answer or edit",
        title="What the brief says",
        choice=f"{counted(len(constraints), 'requirement')}: {sources.count('stated')} stated, "
        f"{sources.count('inferred')} inferred, {sources.count('answered')} answered",
        justification="Each stated value rests on the quoted words; values nobody gave are left open here.",
        inputs=(
            *(
                CardInput(
                    kind="constraint",
                    name=c.field,
                    value=c.value,
                    quote=c.quote.text if c.quote else c.reason,
                )
                for c in constraints
            ),
            *((CardInput(kind="artifact", name=view.name, value=view.sha256),) if view else ()),
        ),
        confidence=min((c.confidence for c in constraints), default=0.0),
        risks=(*(c.message for c in conflicts), *read.notes, *((note,) if note else ())),
    )
    visit.events[-1].data["prompt_sha256"] = prompt_sha256
    return {"constraints": ref.to_json()}


async def dataset_view(choice: Json | None, deps: WorkflowDeps) -> DatasetView | None:
    """What is known of the run's dataset, if it has one."""
    if choice is None:
        return None
    return await deps.datasets.view(deps.run.organisation_id, DatasetChoice.model_validate(choice))


def with_facts(
    stated: tuple[Constraint, ...], view: DatasetView | None, edits: Json
) -> tuple[Constraint, ...]:
    """The constraints with what the table says, except for what a person took back."""
    if view is None:
        return stated
    taken_back = {field for field, value in edits.items() if value is None}
    found = dataset_facts.facts(view, stated)
    return merging.merge(stated, [fact for fact in found if fact.field not in taken_back])


def read_messages(messages: list[str], *, asked: bool = False) -> tuple[str, Extraction]:
    """Extracts each message by itself and merges them; a later message corrects an earlier one.

    Args:
        messages: what the person wrote, in order.
        asked: fields were answered besides. Whoever does that wants a system, so a text that asks for none by
            itself, such as a title over a form, is read as an addition.

    Returns:
        The joined brief and the merged extraction, its quotes with offsets into the joined brief.
    """
    constraints: tuple[Constraint, ...] = ()
    conflicts: dict[str, Conflict] = {}
    notes: list[str] = []
    language, base, begun = "en", 0, False
    for message in messages:
        found = extraction.extract(message, follow_up=begun)
        if _asks(found.constraints):
            begun = True
        elif asked and not begun:
            found = extraction.extract(message, follow_up=True)
        moved = [_moved(constraint, base) for constraint in found.constraints]
        constraints = merging.merge(constraints, moved)
        renewed = {constraint.field for constraint in moved}
        conflicts = {code: c for code, c in conflicts.items() if not renewed & set(c.fields)}
        conflicts |= {
            c.code: c.model_copy(update={"quotes": tuple(_shift(q, base) for q in c.quotes)})
            for c in found.conflicts
        }
        notes += found.notes
        language = found.language if base == 0 else language
        base += len(message) + 2
    merged = Extraction(
        constraints=constraints, conflicts=tuple(conflicts.values()), language=language, notes=tuple(notes)
    )
    return "\n\n".join(messages), merged


def _asks(constraints: tuple[Constraint, ...]) -> bool:
    return any(constraint.value != "none" for constraint in constraints)


async def _with_proposals(
    brief: str, read: Extraction, deps: WorkflowDeps, visit: Visit
) -> tuple[Extraction, str | None, str]:
    if deps.model is None:
        return read, None, ""
    known = [c.field for c in read.constraints]
    fields = list(FieldName.__args__)  # type: ignore[attr-defined]
    request = deps.prompts.request("intake_extract", brief, fields=fields, known=known)
    try:
        reply = await deps.model.propose(request, Proposals)
    except Unavailable as error:
        return read, None, f"The language model proposed nothing ({error.message})."
    visit.usages.append(reply.usage)
    proposed = [
        Constraint(
            field=p.field,
            value=p.value,
            source="stated",
            confidence=0.6,
            quote=Quote(
                text=p.quote,
                start=max(brief.find(p.quote), 0),
                end=max(brief.find(p.quote), 0) + len(p.quote),
            ),
        )
        for p in reply.answer.proposals
    ]
    merged = merge_model_proposal(brief, read, proposed)
    return merged, request.prompt_sha256, ""


def _moved(constraint: Constraint, base: int) -> Constraint:
    quote = _shift(constraint.quote, base) if constraint.quote else None
    return constraint.model_copy(update={"quote": quote})


def _shift(quote: Quote, base: int) -> Quote:
    return quote.model_copy(update={"start": quote.start + base, "end": quote.end + base})

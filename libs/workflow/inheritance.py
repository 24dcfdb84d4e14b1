"""What a child version takes over from its parent: the words of the person, and what was decided at its gates."""

import asyncio
import json
from collections.abc import Sequence
from datetime import date

from libs.core.values import Json, Value
from libs.runs.models import Run
from libs.workflow.deps import History
from libs.workflow.nodes.intake_extract import read_messages
from libs.workflow.waiving import ARTIFACT, still_holding


class Inheritance(Value):
    """The beginning of a child version, before its own messages."""

    messages: tuple[str, ...] = ()
    asked: bool = False
    """Whether answers asked for a system there, so that its messages are read as they were."""
    answers: Json = {}
    """Answers in the parent's form and at its gates, as far as the new messages do not speak of the field."""
    edits: Json = {}
    """Fields that were taken back there, as far as the new messages do not bring them up again."""
    forced: dict[str, str] = {}
    """Options that a person fixed there, by slot; the planner says so when they no longer fit."""
    assumed: dict[str, float] = {}
    """Planning assumptions that a person changed there."""
    waivers: list[Json] = []
    """Rules that a person accepted there, as far as that still holds; none for a fork, which begins anew."""
    project: str = ""
    """What the newest repository before it is called; empty when there is none."""


async def inheritance(history: History, run: Run) -> Inheritance:
    """What the run takes over; nothing when it has no parent, or one that was never read."""
    parent_id = run.input["parent_id"]
    if parent_id is None:
        return Inheritance()
    project = await _project(history, run, parent_id)
    messages: list[str] = []
    while (text := await history.artifact(run, parent_id, f"message_{len(messages) + 1}.txt")) is not None:
        messages.append(text.decode())
    found = await history.artifact(run, parent_id, "constraints.json")
    if found is None:
        return Inheritance(messages=tuple(messages), project=project)
    fixed = await history.artifact(run, parent_id, "fixed_components.json")
    assumed = await history.artifact(run, parent_id, "changed_assumptions.json")
    waivers = None if run.input.get("forked") else await history.artifact(run, parent_id, ARTIFACT)
    as_of = date.fromisoformat(run.input["as_of"])
    decided = await asyncio.to_thread(_decided, messages, run.input["messages"], json.loads(found))
    return decided.model_copy(
        update={
            "forced": json.loads(fixed) if fixed else {},
            "assumed": json.loads(assumed) if assumed else {},
            "waivers": still_holding(json.loads(waivers), as_of) if waivers else [],
            "project": project,
        }
    )


async def _project(history: History, run: Run, parent_id: str | None) -> str:
    """A version that ended at a gate wrote no repository; the one before it may have."""
    while parent_id is not None:
        written = await history.artifact(run, parent_id, "blueprint.json")
        if written is not None:
            return str(json.loads(written)["project"])
        parent_id = await history.parent(run, parent_id)
    return ""


def _decided(old: Sequence[str], new: Sequence[str], parent: Json) -> Inheritance:
    # Versions that were read before there were forms do not say it.
    asked: bool = parent.get("asked", False)
    read = {constraint.field for constraint in read_messages(list(old), asked=asked)[1].constraints}
    both = read_messages([*old, *new], asked=asked)[1].constraints
    before = sum(len(message) + 2 for message in old)
    renewed = {c.field for c in both if c.quote is not None and c.quote.start >= before}
    kept = {constraint["field"] for constraint in parent["constraints"]}
    return Inheritance(
        messages=tuple(old),
        asked=asked,
        answers={
            c["field"]: c["value"]
            for c in parent["constraints"]
            if c["source"] == "answered" and c["field"] not in renewed
        },
        edits={str(field): None for field in sorted(read - kept - renewed)},
    )

"""Writes the repository from the approved plan and packs it."""

import asyncio
from typing import TypedDict

from libs.codegen import payload
from libs.codegen.blueprint import build_blueprint
from libs.codegen.models import Blueprint, RenderedFile
from libs.codegen.renderer import render
from libs.codegen.table_contract import table_answers
from libs.core.values import Json
from libs.events.models import CardInput
from libs.intake.models import Constraint
from libs.planning.models import Plan
from libs.planning.requirements import resolve
from libs.runs.recorder import Visit
from libs.workflow.cards import card
from libs.workflow.dataset_facts import learned_task
from libs.workflow.deps import WorkflowDeps
from libs.workflow.nodes.intake_extract import dataset_view
from libs.workflow.state import RefJson


class BlueprintIn(TypedDict, total=False):
    plan: RefJson
    constraints: RefJson
    messages: list[RefJson]
    name: str
    project: str
    dataset: Json | None


class CodegenIn(BlueprintIn, total=False):
    attempts: list[Json]


class CodegenOut(TypedDict):
    payload: RefJson


async def codegen(state: CodegenIn, deps: WorkflowDeps, visit: Visit) -> CodegenOut:
    blueprint = await blueprint_of(state, deps, visit)
    files, packed = await asyncio.to_thread(_render, blueprint)
    ref = await visit.keep("payload.zip", "payload", packed, "application/zip")
    await visit.keep_json("blueprint.json", "blueprint", blueprint)
    visit.change_decision_set(payload_sha256=ref.sha256)
    attempts = state.get("attempts", [])
    card(
        deps,
        visit,
        trigger="red checks of the last attempt" if attempts else "the design was approved",
        title="The repository",
        choice=f"{len(files)} files, {len(packed):,} bytes packed",
        justification="Rendered strictly from the typed answers in .answers.yml: the same answers give the same "
        f"bytes (SHA-256 {ref.sha256[:16]}…).",
        inputs=(
            CardInput(kind="artifact", name="plan.json", value=state["plan"]["sha256"]),
            *(CardInput(kind="finding", name=red, value="red") for a in attempts[-1:] for red in a["red"]),
        ),
        confidence=0.9,
        risks=blueprint.assumptions,
    )
    return {"payload": ref.to_json()}


async def blueprint_of(state: BlueprintIn, deps: WorkflowDeps, visit: Visit) -> Blueprint:
    """The typed answers of the approved plan."""
    plan = Plan.model_validate(await visit.load_json(state["plan"]))
    read = await visit.load_json(state["constraints"])
    stated = [Constraint.model_validate(c) for c in read["constraints"]]
    _, defaults = resolve(stated, deps.as_of())
    brief = (await visit.load(state["messages"][0])).decode()
    view = await dataset_view(state.get("dataset"), deps)
    known = (*stated, *defaults)
    data = table_answers(view, learned_task(stated, view), known) if view is not None else None
    name, project = state.get("name", ""), state.get("project", "")
    return build_blueprint(plan, known, name=name, project=project, brief_title=brief, data=data)


def _render(blueprint: Blueprint) -> tuple[tuple[RenderedFile, ...], bytes]:
    files = render(blueprint)
    return files, payload.pack(files)

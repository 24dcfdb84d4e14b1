"""Adds the reports to the payload, compares with the parent version, and stores what is handed over."""

import asyncio
import json
from typing import NamedTuple, TypedDict

from libs.codegen import payload
from libs.codegen.diffing import diff_trees, joint_diff_markdown
from libs.codegen.models import Blueprint, CheckResult, RenderedFile
from libs.codegen.reports import build_reports
from libs.core.errors import ProductError
from libs.core.values import Json
from libs.events.models import CardImpact, CardInput, ReasonCard
from libs.planning.diffing import diff_designs
from libs.planning.models import CostEstimate, Plan, PolicyResult
from libs.runs.recorder import Visit
from libs.workflow.cards import card
from libs.workflow.deps import WorkflowDeps
from libs.workflow.nodes.codegen import BlueprintIn, blueprint_of
from libs.workflow.nodes.planner import summary_of
from libs.workflow.state import RefJson


class PersistIn(BlueprintIn, total=False):
    policy: RefJson
    payload: RefJson
    checks: RefJson
    rationale: RefJson
    parent_id: str | None


class PersistOut(TypedDict):
    outcome: str


class PayloadChanged(ProductError):
    """The payload inside the final repository is not the one that was checked."""

    code = "workflow.payload_changed"


class Parent(NamedTuple):
    """What the version before consisted of."""

    plan: Plan | None
    policies: tuple[PolicyResult, ...]
    files: dict[str, bytes]


async def diff_and_persist(state: PersistIn, deps: WorkflowDeps, visit: Visit) -> PersistOut:
    packed = await visit.load(state["payload"])
    plan = Plan.model_validate(await visit.load_json(state["plan"]))
    policies = [PolicyResult.model_validate(p) for p in await visit.load_json(state["policy"])]
    results = [CheckResult.model_validate(r) for r in await visit.load_json(state["checks"])]
    cards = [ReasonCard.model_validate(c) for c in await deps.history.cards(deps.run)]
    blueprint = await blueprint_of(state, deps, visit)
    parent = await _parent(state, deps)
    files = payload.read(packed)
    whole = await asyncio.to_thread(
        _with_reports,
        blueprint,
        plan,
        policies,
        results,
        cards,
        files,
        state["payload"]["sha256"],
        deps,
        parent,
    )
    kept = await visit.keep("repository.zip", "repository", whole, "application/zip")
    matrix = next(f.content for f in payload.read(whole) if f.path == "reports/matrix.json")
    await visit.keep("matrix.json", "matrix", matrix, "application/json")
    difference = await _keep_diff(plan, policies, parent, files, visit)
    coverage = json.loads(matrix)["coverage_pct"]
    visit.event("diff-update", difference)
    visit.change_decision_set(
        summary={
            **_summary(plan, results),
            "coverage_pct": coverage,
            "files": len(files),
            "repository_sha256": kept.sha256,
            "outcome": "done",
        }
    )
    card(
        deps,
        visit,
        trigger="checked and explained",
        title="Stored and compared",
        choice=f"{len(files)} files and their reports, {kept.bytes:,} bytes",
        justification=f"The payload hash was verified again inside the final zip; {coverage:.0f} % of the requirements "
        "are proven by a check or a property of the plan.",
        inputs=(CardInput(kind="artifact", name="payload.zip", value=state["payload"]["sha256"]),),
        impact=CardImpact(monthly_usd=plan.cost.expected_usd),
        links=(f"sha256:{kept.sha256}",),
    )
    return {"outcome": "done"}


async def _parent(state: PersistIn, deps: WorkflowDeps) -> Parent:
    parent_id = state.get("parent_id")
    if parent_id is None:
        return Parent(None, (), {})
    plan = await deps.history.artifact(deps.run, parent_id, "plan.json")
    policies = await deps.history.artifact(deps.run, parent_id, "policy.json")
    packed = await deps.history.artifact(deps.run, parent_id, "payload.zip")
    return Parent(
        Plan.model_validate_json(plan) if plan else None,
        tuple(PolicyResult.model_validate(each) for each in json.loads(policies or b"[]")),
        {file.path: file.content for file in payload.read(packed)} if packed else {},
    )


def _with_reports(
    blueprint: Blueprint,
    plan: Plan,
    policies: list[PolicyResult],
    results: list[CheckResult],
    cards: list[ReasonCard],
    files: tuple[RenderedFile, ...],
    payload_sha256: str,
    deps: WorkflowDeps,
    parent: Parent,
) -> bytes:
    previous: CostEstimate | None = parent.plan.cost if parent.plan else None
    reports = build_reports(
        blueprint,
        plan,
        cost=plan.cost,
        policies=policies,
        results=results,
        cards=cards,
        files=files,
        payload_sha256=payload_sha256,
        generated_at=deps.now(),
        previous_cost=previous,
    )
    whole = payload.pack((*files, *reports))
    again = payload.pack(tuple(file for file in payload.read(whole) if not file.path.startswith("reports/")))
    if payload.payload_sha256(again) != payload_sha256:
        raise PayloadChanged(advice="Nothing was handed over; the checked payload is kept as payload.zip.")
    return whole


async def _keep_diff(
    plan: Plan, policies: list[PolicyResult], parent: Parent, files: tuple[RenderedFile, ...], visit: Visit
) -> Json:
    after = {file.path: file.content for file in files}
    tree = await asyncio.to_thread(diff_trees, parent.files, after)
    design = diff_designs(parent.plan, plan, parent.policies, policies)
    title = "Changes from the parent version" if parent.plan else "First version"
    markdown = joint_diff_markdown(design, tree, title=title)
    await visit.keep_json("diff.json", "diff", {"plan": design.to_json(), "code": tree.to_json()})
    await visit.keep("diff.md", "diff", markdown.encode(), "text/markdown; charset=utf-8")
    return {
        "parent": parent.plan is not None,
        "added": len(tree.added),
        "removed": len(tree.removed),
        "changed": len(tree.changed),
        "unchanged": tree.unchanged,
    }


def _summary(plan: Plan, results: list[CheckResult]) -> Json:
    statuses = [r.status for r in results]
    return {
        **summary_of(plan),
        "checks": {status: statuses.count(status) for status in ("pass", "warn", "fail", "skipped")},
    }

"""Criticises the plan's feasibility: latency, capacity, availability, load on the team."""

from typing import TypedDict

from libs.planning.feasibility import criticise_feasibility
from libs.planning.models import Plan
from libs.runs.recorder import Visit
from libs.workflow.deps import WorkflowDeps
from libs.workflow.findings import criticism
from libs.workflow.state import RefJson


class CriticTechIn(TypedDict):
    plan: RefJson


class CriticTechOut(TypedDict):
    findings_tech: RefJson


async def critic_tech(state: CriticTechIn, deps: WorkflowDeps, visit: Visit) -> CriticTechOut:
    plan = Plan.model_validate(await visit.load_json(state["plan"]))
    findings = criticise_feasibility(plan)
    return {"findings_tech": await criticism(deps, visit, "feasibility", findings)}

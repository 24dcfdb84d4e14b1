"""Criticises the plan's cost: the budget, unknown prices, the biggest drivers."""

from typing import TypedDict

from libs.planning.costs_critic import criticise_cost
from libs.planning.models import Plan
from libs.runs.recorder import Visit
from libs.workflow.deps import WorkflowDeps
from libs.workflow.findings import criticism
from libs.workflow.state import RefJson


class CriticCostIn(TypedDict):
    plan: RefJson


class CriticCostOut(TypedDict):
    findings_cost: RefJson


async def critic_cost(state: CriticCostIn, deps: WorkflowDeps, visit: Visit) -> CriticCostOut:
    plan = Plan.model_validate(await visit.load_json(state["plan"]))
    findings = criticise_cost(plan)
    return {"findings_cost": await criticism(deps, visit, "cost", findings)}

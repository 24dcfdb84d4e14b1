"""Plans the cheapest architecture that meets every hard constraint, with its alternatives and rejections."""

import asyncio
from typing import Any, TypedDict, get_args

from libs.core.values import Json
from libs.core.wording import sentence
from libs.events.models import CardCandidate, CardImpact, CardInput, CardRejection
from libs.intake.models import Conflict, Constraint
from libs.planning import solver
from libs.planning.conflicts import conflicts
from libs.planning.models import Infeasible, Plan, Requirements, Slot
from libs.planning.requirements import resolve
from libs.runs.models import GateRequest
from libs.runs.recorder import Visit
from libs.workflow.cards import card
from libs.workflow.deps import WorkflowDeps
from libs.workflow.prompting import worded
from libs.workflow.state import RefJson


class PlannerIn(TypedDict, total=False):
    constraints: RefJson
    forced: dict[str, str]
    assumed: dict[str, float]
    excluded: list[list[str]]


class PlannerOut(TypedDict, total=False):
    plan: RefJson | None
    cost: RefJson | None
    infeasible: bool
    gate_request: RefJson


async def planner(state: PlannerIn, deps: WorkflowDeps, visit: Visit) -> PlannerOut:
    read = await visit.load_json(state["constraints"])
    stated = [Constraint.model_validate(c) for c in read["constraints"]]
    requirements, defaults = resolve(stated, deps.as_of(), state.get("assumed", {}))
    text_conflicts = tuple(Conflict.model_validate(c) for c in read["conflicts"])
    open_conflicts = (*text_conflicts, *conflicts(stated, requirements))
    result = await asyncio.to_thread(_solve, requirements, open_conflicts, state, deps)
    constraints = [c.to_json() for c in (*stated, *defaults)]
    if isinstance(result, Infeasible):
        return await _nothing_fits(result, requirements, state, deps, visit)
    plan_ref = await visit.keep_json("plan.json", "plan", result)
    if forced := state.get("forced"):
        await visit.keep_json("fixed_components.json", "fixed_components", forced)
    if assumed := state.get("assumed"):
        await visit.keep_json("changed_assumptions.json", "changed_assumptions", assumed)
    cost_ref = await visit.keep_json("cost.json", "cost", result.cost)
    visit.cost_estimate = result.cost.to_json()
    visit.change_decision_set(
        constraints=constraints,
        plan_sha256=plan_ref.sha256,
        summary=summary_of(result),
    )
    visit.event("cost-update", summary_of(result))
    await _explain(result, state, deps, visit)
    return {"plan": plan_ref.to_json(), "cost": cost_ref.to_json(), "infeasible": False}


def summary_of(plan: Plan) -> Json:
    """Small figures of a plan for lists, events and gates."""
    return {
        "archetype": plan.requirements.archetype,
        "region": plan.requirements.region,
        "monthly_usd": plan.cost.expected_usd,
        "monthly_usd_low": plan.cost.low_usd,
        "monthly_usd_high": plan.cost.high_usd,
        "unknown_cost_lines": plan.cost.unknown_lines,
        "p95_ms": plan.latency.conservative_p95_ms if plan.latency.target_ms is not None else None,
        "p95_target_ms": plan.latency.target_ms,
        "availability_pct": plan.availability.expected_pct,
        "ops_hours_month": plan.ops_hours_month,
        "components": {c.slot: c.option for c in plan.components},
    }


def _solve(
    requirements: Requirements, open_conflicts: tuple[Conflict, ...], state: PlannerIn, deps: WorkflowDeps
) -> Plan | Infeasible:
    slots: tuple[str, ...] = get_args(Slot)
    forced: dict[Any, str] = {s: o for s, o in state.get("forced", {}).items() if s in slots}
    excluded: Any = frozenset((slot, option) for slot, option in state.get("excluded", []))
    return solver.plan(
        requirements,
        deps.knowledge.catalogue,
        deps.knowledge.prices,
        as_of=deps.as_of(),
        forced=forced,
        excluded=excluded,
        conflicts=open_conflicts,
        written_only=deps.knowledge.written_only,
    )


async def _explain(plan: Plan, state: PlannerIn, deps: WorkflowDeps, visit: Visit) -> None:
    rate = next((figure.value for figure in plan.figures if figure.name == "ops_hour_rate_usd"), 0.0)
    engine_text = (
        f"Of all combinations that meet every hard constraint this one has the lowest objective: "
        f"${plan.cost.expected_usd:,.0f} a month"
        + (f" plus {plan.ops_hours_month:g} operating hours at ${rate:g}." if rate else ".")
    )
    facts = {"components": [c.to_json() for c in plan.components], **summary_of(plan)}
    card(
        deps,
        visit,
        trigger="counterexample from a critic" if state.get("excluded") else "constraints are complete",
        title="The architecture",
        choice=", ".join(f"{c.slot}: {c.title}" for c in plan.components),
        justification=await worded(deps.model, deps.prompts, visit, "planner", facts, engine_text),
        inputs=tuple(
            CardInput(
                kind="constraint", name=field, value=getattr(plan.requirements, field, None), quote=source
            )
            for field, source in plan.requirements.sources.items()
        ),
        candidates=tuple(CardCandidate(name=a.label, trade_off=a.trade_off) for a in plan.alternatives),
        rejected=tuple(
            CardRejection(name=r.title or r.option, why=sentence(r.reason)) for r in plan.rejected
        ),
        impact=CardImpact(
            monthly_usd=plan.cost.expected_usd,
            p95_ms=plan.latency.conservative_p95_ms if plan.latency.target_ms is not None else None,
            availability_pct=plan.availability.expected_pct,
            ops_hours_month=plan.ops_hours_month,
        ),
        confidence=0.95 if plan.proven_optimal else 0.6,
        risks=tuple(c.message for c in plan.conflicts),
        next_steps=plan.assumptions,
    )


async def _nothing_fits(
    found: Infeasible, requirements: Requirements, state: PlannerIn, deps: WorkflowDeps, visit: Visit
) -> PlannerOut:
    request = GateRequest(
        kind="input",
        title="No architecture meets every constraint",
        message=found.message,
        decisions=("respond", "edit", "reject"),
        trips=("infeasible",),
        shown={
            "constraints": state["constraints"],
            "conflicting": list(found.conflicting),
            "relaxations": list(found.relaxations),
        },
        outcome="infeasible",
    )
    ref = await visit.keep_json("infeasible.json", "gate_request", request)
    visit.change_decision_set(plan_sha256=None, summary={"outcome": "infeasible", "message": found.message})
    card(
        deps,
        visit,
        trigger="the solver proved that nothing fits",
        title="No architecture meets every constraint",
        choice="Ask which constraint may give",
        justification=found.message,
        inputs=tuple(
            CardInput(kind="constraint", name=field, value=getattr(requirements, field, None))
            for field in found.conflicting
        ),
        candidates=tuple(CardCandidate(name=r, trade_off="relaxes the conflict") for r in found.relaxations),
        confidence=1.0,
        next_steps=found.relaxations,
    )
    return {"plan": None, "cost": None, "infeasible": True, "gate_request": ref.to_json()}

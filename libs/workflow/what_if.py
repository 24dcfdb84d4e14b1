"""What a change at a gate would do, before anybody decides: price, latency, availability, policies, findings."""

import asyncio
from datetime import date
from typing import Any, cast

from libs.core.principal import Principal
from libs.core.values import Value
from libs.db.engine import Database
from libs.db.session import AnySession
from libs.intake.models import Constraint
from libs.planning import what_if as planning
from libs.planning.costs_critic import criticise_cost
from libs.planning.diffing import DesignDiff, diff_designs
from libs.planning.feasibility import criticise_feasibility
from libs.planning.models import CostEstimate, Finding, Plan, PolicyResult, Slot
from libs.planning.policies.evaluation import evaluate_policies
from libs.planning.policies.waivers import WaiverEntry
from libs.planning.requirements import resolve
from libs.projects.content import ContentStore
from libs.projects.service import ProjectService
from libs.runs.models import Edits
from libs.workflow.decided import with_decisions
from libs.workflow.decisions import DesignDecisions
from libs.workflow.deps import Knowledge
from libs.workflow.nodes.planner import summary_of
from libs.workflow.waiving import ARTIFACT, given


class Effect(Value):
    """The changed design, judged as a whole; nothing of it is kept."""

    summary: dict[str, Any]
    monthly_usd_delta: float
    p95_ms_delta: float
    availability_pct_delta: float
    ops_hours_delta: float
    also_changed: tuple[Slot, ...]
    """Slots that had to change with it."""
    broken: tuple[planning.Broken, ...]
    """Hard constraints that it would not keep."""
    policies: tuple[PolicyResult, ...]
    """Rules that warn or fail."""
    findings: tuple[Finding, ...]
    cost: CostEstimate
    diff: DesignDiff
    """What would differ from the present plan."""


def effect_of(
    knowledge: Knowledge,
    plan: Plan,
    constraints: tuple[Constraint, ...],
    edits: Edits,
    as_of: date,
    waived: tuple[WaiverEntry, ...] = (),
) -> Effect:
    """What these edits would do to the plan.

    Args:
        knowledge: catalogue and prices.
        plan: the present plan.
        constraints: those it was made from, defaults included.
        edits: what would be changed; values as `DesignDecisions` accepted them.
        as_of: the recorded date of the design.
        waived: rules that were accepted for this design, beside those of the organisation.

    Raises:
        UnknownOption, OptionUnfit: a component cannot be used.
        ImpossibleValue: a constraint has a value that no design can be made for.
    """
    changes = {**plan.requirements.assumptions, **edits.assumptions}
    assumed = {name: value for name, value in changes.items() if value is not None}
    requirements = plan.requirements
    if edits.constraints or assumed != requirements.assumptions:
        stated = with_decisions(constraints, {}, edits.constraints)
        requirements = resolve(stated, as_of, assumed)[0]
    chosen = cast("dict[Slot, str]", edits.components)
    made = planning.changed(plan, requirements, knowledge.catalogue, knowledge.prices, chosen, as_of=as_of)
    packs, waivers = knowledge.policies.packs, knowledge.policies.waivers + waived
    before = evaluate_policies(plan, packs, waivers=waivers)
    results = evaluate_policies(made.plan, packs, waivers=waivers)
    return Effect(
        summary=summary_of(made.plan),
        monthly_usd_delta=made.monthly_usd_delta,
        p95_ms_delta=made.p95_ms_delta,
        availability_pct_delta=made.availability_pct_delta,
        ops_hours_delta=made.ops_hours_delta,
        also_changed=made.also_changed,
        broken=made.broken,
        policies=tuple(result for result in results if result.outcome in ("warn", "fail")),
        findings=(*criticise_feasibility(made.plan), *criticise_cost(made.plan)),
        cost=made.plan.cost,
        diff=diff_designs(plan, made.plan, before, results),
    )


class WhatIfService:
    """Changes tried on stored designs."""

    def __init__(
        self,
        db: Database,
        projects: ProjectService,
        content: ContentStore,
        knowledge: Knowledge,
        decisions: DesignDecisions,
    ) -> None:
        self._db = db
        self._projects = projects
        self._content = content
        self._knowledge = knowledge
        self._decisions = decisions

    async def effect(self, principal: Principal, decision_set_id: str, edits: Edits) -> Effect:
        """What these edits would do to the present plan of a decision set; nothing is written.

        Raises:
            DecisionSetNotFound: there is no such decision set.
            ArtifactNotFound: it has no plan at present.
            DecisionInvalid: an edit names something that there is not, or has a wrong value.
            UnknownOption, OptionUnfit, ImpossibleValue: see `effect_of`.
        """
        accepted = self._decisions.edits(edits)
        async with self._db.read() as session:
            found = await self._projects.decision_set(session, principal, decision_set_id)
            artifact = await self._projects.latest_artifact(session, principal, decision_set_id, "plan.json")
            given_here = await self._waivers(session, principal, decision_set_id)
        stored = await self._content.get(principal.organisation_id, artifact.sha256)
        waived = (
            given(await self._content.get_json(principal.organisation_id, given_here)) if given_here else ()
        )
        constraints = tuple(Constraint.model_validate(each) for each in found.constraints)
        plan = Plan.model_validate_json(stored)
        return await asyncio.to_thread(
            effect_of, self._knowledge, plan, constraints, accepted, plan.cost.as_of, waived
        )

    async def _waivers(self, session: AnySession, principal: Principal, decision_set_id: str) -> str | None:
        stored = await self._projects.artifacts(session, principal, decision_set_id)
        return next((each.sha256 for each in reversed(stored) if each.name == ARTIFACT), None)

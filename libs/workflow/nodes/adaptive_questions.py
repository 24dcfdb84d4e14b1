"""Asks only what would change the design, and says by how much."""

import asyncio
from collections.abc import Sequence
from typing import TypedDict

from libs.core.wording import counted
from libs.events.models import CardCandidate, CardInput
from libs.intake.models import Conflict, Constraint
from libs.planning.conflicts import conflicts as find_conflicts
from libs.planning.models import Plan, Question
from libs.planning.policies.evaluation import evaluate_policies
from libs.planning.policies.packs import Policies
from libs.planning.policies.waivers import WaiverEntry
from libs.planning.questions import questions as find_questions
from libs.planning.requirements import resolve
from libs.runs.models import GateRequest
from libs.runs.recorder import Visit
from libs.workflow.cards import card
from libs.workflow.deps import WorkflowDeps
from libs.workflow.state import Json, RefJson
from libs.workflow.waiving import given


class QuestionsIn(TypedDict, total=False):
    constraints: RefJson
    coverage: Json
    settled: list[str]
    assumed: dict[str, float]
    waivers: list[Json]


class QuestionsOut(TypedDict):
    gate_request: RefJson


async def adaptive_questions(state: QuestionsIn, deps: WorkflowDeps, visit: Visit) -> QuestionsOut:
    read = await visit.load_json(state["constraints"])
    constraints = [Constraint.model_validate(c) for c in read["constraints"]]
    text_conflicts = [Conflict.model_validate(c) for c in read["conflicts"]]
    if not state["coverage"]["is_ml_brief"]:
        return await _nothing_to_design(state, deps, visit)
    waivers = given(state.get("waivers", []))
    asked, found = await asyncio.to_thread(_ask, constraints, state.get("assumed", {}), waivers, deps)
    open_conflicts = [*text_conflicts, *found]
    settled = set(state.get("settled", []))
    questions = [q for q in asked if f"question:{q.field}" not in settled]
    fresh = [c for c in open_conflicts if f"conflict:{c.code}" not in settled]
    request = GateRequest(
        kind="input",
        title="Before the design is planned",
        message=_message(questions, fresh),
        decisions=_decisions(fresh),
        questions=tuple(q.to_json() for q in questions),
        trips=(*(f"question:{q.field}" for q in questions), *(f"conflict:{c.code}" for c in fresh)),
        shown={
            "constraints": state["constraints"],
            "coverage": state["coverage"]["score"],
            "conflicts": [c.to_json() for c in open_conflicts],
            "conflicting": sorted({field for c in fresh if c.blocking for field in c.fields}),
        },
        outcome="infeasible" if any(c.blocking for c in fresh) else "",
    )
    ref = await visit.keep_json("questions.json", "gate_request", request)
    if questions:
        visit.event("questions-presented", {"questions": [q.to_json() for q in questions]})
    card(
        deps,
        visit,
        trigger="coverage was measured",
        title="What is worth asking",
        choice=f"{counted(len(questions), 'question')}, {counted(len(fresh), 'open conflict')}",
        justification="A field is asked only if an admissible answer changes the plan, breaks a policy or moves the "
        "monthly cost; the figure beside each question says by how much.",
        inputs=tuple(CardInput(kind="constraint", name=c.field, value=c.value) for c in constraints),
        candidates=tuple(CardCandidate(name=q.field, trade_off=q.swing) for q in questions),
        confidence=1.0 if not questions else 0.7,
        risks=tuple(c.message for c in fresh),
    )
    return {"gate_request": ref.to_json()}


async def _nothing_to_design(state: QuestionsIn, deps: WorkflowDeps, visit: Visit) -> QuestionsOut:
    message = state["coverage"]["message"]
    request = GateRequest(
        kind="input",
        title="There is nothing to design yet",
        message=message,
        decisions=("respond", "reject"),
        trips=("not_a_brief",),
        shown={"constraints": state["constraints"], "coverage": state["coverage"]["score"]},
        outcome="not_a_brief",
    )
    ref = await visit.keep_json("questions.json", "gate_request", request)
    card(
        deps,
        visit,
        trigger="the text describes no machine-learning system",
        title="Nothing to design yet",
        choice="Ask for a description",
        justification=message,
        confidence=0.9,
        next_steps=("Answer at the gate with a description of the system; the run goes on from there.",),
    )
    return {"gate_request": ref.to_json()}


def _ask(
    constraints: Sequence[Constraint],
    assumed: dict[str, float],
    waivers: tuple[WaiverEntry, ...],
    deps: WorkflowDeps,
) -> tuple[Sequence[Question], Sequence[Conflict]]:
    knowledge, as_of = deps.knowledge, deps.as_of()
    policies = knowledge.policies._replace(waivers=knowledge.policies.waivers + waivers)
    requirements, _ = resolve(constraints, as_of, assumed)
    found = find_conflicts(
        constraints, requirements, knowledge.catalogue, knowledge.prices, written_only=knowledge.written_only
    )
    asked = find_questions(
        constraints,
        knowledge.catalogue,
        knowledge.prices,
        as_of=as_of,
        written_only=knowledge.written_only,
        assumptions=assumed,
        judge=lambda plan: _broken(plan, policies),
    )
    return asked, found


def _broken(plan: Plan, policies: Policies) -> frozenset[str]:
    results = evaluate_policies(plan, policies.packs, waivers=policies.waivers)
    return frozenset(result.rule for result in results if result.outcome == "fail")


def _decisions(open_conflicts: Sequence[Conflict]) -> tuple[str, ...]:
    if any(c.blocking for c in open_conflicts):
        return ("respond", "edit", "reject")
    return ("approve", "respond", "edit", "reject")


def _message(questions: Sequence[Question], open_conflicts: Sequence[Conflict]) -> str:
    if not questions and not open_conflicts:
        return "Nothing is open: the brief says all that the design depends on."
    parts = [c.message for c in open_conflicts]
    if questions:
        parts.append(
            f"{counted(len(questions), 'answer')} would change the design; approving accepts the defaults shown."
        )
    return " ".join(parts)

"""Sees all findings, evaluates the policies, and decides where the design goes next."""

from collections.abc import Sequence
from datetime import date
from typing import TypedDict

from libs.core.values import Json
from libs.core.wording import counted, sentence
from libs.events.models import CardInput, CardPolicy
from libs.planning.models import Finding, Plan, PolicyResult
from libs.planning.policies.evaluation import evaluate_policies
from libs.planning.policies.waivers import told
from libs.planning.wording import ARCHETYPES
from libs.runs.models import GateRequest
from libs.runs.recorder import Visit
from libs.workflow import routing
from libs.workflow.cards import card
from libs.workflow.deps import WorkflowDeps
from libs.workflow.nodes.planner import summary_of
from libs.workflow.prompting import worded
from libs.workflow.state import RefJson
from libs.workflow.waiving import ARTIFACT, given


class PolicyIn(TypedDict, total=False):
    plan: RefJson
    cost: RefJson
    constraints: RefJson
    findings_tech: RefJson
    findings_cost: RefJson
    forced: dict[str, str]
    waivers: list[Json]
    gate: Json
    excluded: list[list[str]]
    replans: int


class PolicyOut(TypedDict, total=False):
    policy: RefJson
    verdict: str
    excluded: list[list[str]]
    replans: int
    gate_request: RefJson


async def policy_eval(state: PolicyIn, deps: WorkflowDeps, visit: Visit) -> PolicyOut:
    plan = Plan.model_validate(await visit.load_json(state["plan"]))
    findings = [
        Finding.model_validate(f)
        for key in (state["findings_tech"], state["findings_cost"])
        for f in await visit.load_json(key)
    ]
    policies = deps.knowledge.policies
    waivers = given(state.get("waivers", []))
    results = evaluate_policies(plan, policies.packs, waivers=policies.waivers + waivers)
    if waivers:
        await visit.keep_json(ARTIFACT, "waivers", state["waivers"])
    policy_ref = await visit.keep_json("policy.json", "policy", [r.to_json() for r in results])
    await visit.keep_json("findings.json", "findings", [f.to_json() for f in findings])
    counterexamples = counterexamples_of(plan, findings, results, state)
    failed = [r for r in results if r.outcome == "fail"]
    blocking = [f for f in findings if f.blocking]
    visit.event("policy-update", _counts(results))
    update: PolicyOut = {"policy": policy_ref.to_json()}
    # Whoever waives a rule, or withdraws a waiver, looks at the same design again.
    kept = "gate" in state and routing.concerns_rules_only(state["gate"])
    if not kept and routing.may_replan(state.get("replans", 0), len(counterexamples)):
        update |= {
            "verdict": "replan",
            "excluded": [*state.get("excluded", []), *counterexamples],
            "replans": state.get("replans", 0) + 1,
        }
    else:
        update["verdict"] = "blocked" if failed or blocking else "go"
        request = _request(plan, findings, results, state, policy_ref.to_json(), deps.as_of())
        update["gate_request"] = (
            await visit.keep_json("approval_request.json", "gate_request", request)
        ).to_json()
    await _explain(update, findings, results, counterexamples, deps, visit)
    return update


def counterexamples_of(
    plan: Plan, findings: Sequence[Finding], results: Sequence[PolicyResult], state: PolicyIn
) -> list[list[str]]:
    """Options that must not be chosen again; what a person forced stays, and is shown as blocked instead."""
    pairs = [(f.slot, f.option) for f in findings if f.blocking and f.slot and f.option]
    chosen = {c.slot: c.option for c in plan.components}
    pairs += [(r.slot, chosen[r.slot]) for r in results if r.outcome == "fail" and r.slot in chosen]
    forced = state.get("forced", {})
    known = state.get("excluded", [])
    fresh = {(str(slot), str(option)) for slot, option in pairs if slot not in forced}
    return [[slot, option] for slot, option in sorted(fresh) if [slot, option] not in known]


def _request(
    plan: Plan,
    findings: Sequence[Finding],
    results: Sequence[PolicyResult],
    state: PolicyIn,
    policy_ref: RefJson,
    as_of: date,
) -> GateRequest:
    failed = [r for r in results if r.outcome == "fail"]
    blocking = [f for f in findings if f.blocking]
    warned = [r for r in results if r.outcome == "warn"]
    reasons = [*(f"{r.rule}: {r.message}" for r in failed), *(f.message for f in blocking)]
    blocked = bool(reasons)
    waived = state.get("waivers", [])
    # A rule that only files can break says nothing of a plan; that it was waived is to be seen all the same.
    looked_at = dict.fromkeys((*(r.rule for r in (*failed, *warned)), *(w["rule"] for w in waived)))
    return GateRequest(
        kind="final",
        title="Approve the architecture",
        message=(
            "This design may not be approved: " + " ".join(reasons)
            if blocked
            else f"{sentence(ARCHETYPES[plan.requirements.archetype])} in {plan.requirements.region} for about "
            f"${plan.cost.expected_usd:,.0f} a month; {counted(len(warned), 'policy warning')}."
        ),
        decisions=("respond", "edit", "reject") if blocked else ("approve", "respond", "edit", "reject"),
        trips=(
            *(f"policy:{rule}" for rule in looked_at),
            *(f"finding:{f.code}" for f in findings if f.severity == "error"),
            *(("cost:unknown",) if plan.cost.unknown_lines else ()),
        ),
        shown={
            "constraints": state["constraints"],
            "plan": state["plan"],
            "cost": state["cost"],
            "policy": policy_ref,
            "findings_tech": state["findings_tech"],
            "findings_cost": state["findings_cost"],
            "alternatives": len(plan.alternatives),
            "policies": _counts(results),
            "failing_rules": list(dict.fromkeys(r.rule for r in failed)),
            "waivers": waived,
            "as_of": as_of.isoformat(),
            **summary_of(plan),
        },
        outcome="blocked_by_policy" if blocked else "",
    )


_CHOICES = {
    "go": "Ready for approval",
    "replan": "Plan again without what was refused",
    "blocked": "The requirements have to change",
}


def _counts(results: Sequence[PolicyResult]) -> Json:
    outcomes = [r.outcome for r in results]
    return {outcome: outcomes.count(outcome) for outcome in ("pass", "warn", "fail", "not_applicable")}


async def _explain(
    update: PolicyOut,
    findings: Sequence[Finding],
    results: Sequence[PolicyResult],
    counterexamples: list[list[str]],
    deps: WorkflowDeps,
    visit: Visit,
) -> None:
    counts = _counts(results)
    texts = {
        "go": "No rule fails and nothing blocks; a person decides.",
        "replan": "The planner gets the refused options as counterexamples and plans again.",
        "blocked": "Something blocks that another plan cannot mend; a person has to change the requirements.",
    }
    facts = {"verdict": update["verdict"], "policies": [r.to_json() for r in results if r.outcome != "pass"]}
    shown = [r for r in results if r.outcome in ("warn", "fail")] or results[:8]
    card(
        deps,
        visit,
        trigger="both critics are done",
        title="Policies and findings",
        choice=_CHOICES[update["verdict"]],
        justification=await worded(
            deps.model, deps.prompts, visit, "policy_eval", facts, texts[update["verdict"]]
        ),
        inputs=tuple(CardInput(kind="finding", name=f.code, value=f.severity) for f in findings),
        policies=tuple(CardPolicy(rule=r.rule, outcome=r.outcome, message=_message(r)) for r in shown),
        risks=tuple(r.message for r in results if r.outcome in ("warn", "fail")),
        next_steps=(
            *(f"Exclude {option} in slot {slot}" for slot, option in counterexamples),
            ", ".join(f"{count} {outcome.replace('_', ' ')}" for outcome, count in counts.items()),
        ),
    )


def _message(result: PolicyResult) -> str:
    return f"{result.message} ({told(result.waiver)})" if result.waiver else result.message

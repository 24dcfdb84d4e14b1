"""Both gates: ask, and return the decision. Nothing happens before the question is asked."""

from typing import Any, TypedDict

from langgraph.runtime import Runtime
from langgraph.types import interrupt

from libs.core.values import Json
from libs.core.wording import named, sentence
from libs.events.models import CardPolicy
from libs.planning.policies.waivers import told
from libs.runs.models import GateRequest
from libs.runs.recorder import Visit
from libs.workflow.cards import card
from libs.workflow.deps import WorkflowDeps
from libs.workflow.recorded import execute
from libs.workflow.routing import concerns_rules_only
from libs.workflow.state import RefJson
from libs.workflow.waiving import ARTIFACT, given, with_waivers

SAID = {
    "approve": "approved",
    "respond": "answered",
    "edit": "edited",
    "reject": "rejected",
}


class GateIn(TypedDict, total=False):
    gate_request: RefJson
    messages: list[RefJson]
    answers: Json
    edits: Json
    forced: dict[str, str]
    assumed: dict[str, float]
    waivers: list[Json]
    settled: list[str]


def gate(node: str) -> Any:
    """The node function of a gate, untyped for LangGraph as those of `recorded` are."""

    async def ask(state: GateIn, runtime: Runtime[WorkflowDeps]) -> Json:
        decision: Json = interrupt({"request": state["gate_request"]})

        async def take(_state: Any, deps: WorkflowDeps, visit: Visit) -> Json:
            return await _taken(state, decision, deps, visit)

        return await execute(node, take, state, runtime, announce=False)

    return ask


async def _taken(state: GateIn, decision: Json, deps: WorkflowDeps, visit: Visit) -> Json:
    request = GateRequest.model_validate(await visit.load_json(state["gate_request"]))
    kind = decision["decision"]
    # Decisions that were taken before there were waivers have none.
    waivers = with_waivers((), decision.get("waivers", []), decision["actor"])
    withdrawn = decision.get("withdrawn", [])
    card(
        deps,
        visit,
        trigger=request.title,
        title=request.title,
        choice=_about_rules(waivers, withdrawn) if concerns_rules_only(decision) else sentence(SAID[kind]),
        justification=decision["comment"] or _why(decision, waivers, withdrawn),
        policies=tuple(CardPolicy(rule=w.rule, outcome="warn", message=told(w)) for w in given(waivers)),
        links=tuple(
            f"sha256:{v['sha256']}" for v in request.shown.values() if isinstance(v, dict) and "sha256" in v
        ),
    )
    update: Json = {"gate": decision}
    settled = set(state.get("settled", []))
    if kind == "approve" and request.kind == "input":
        update["settled"] = sorted(settled | set(request.trips))
    if decision["answers"]:
        update["answers"] = {**state.get("answers", {}), **decision["answers"]}
    if decision["edits"]["constraints"]:
        update["edits"] = {**state.get("edits", {}), **decision["edits"]["constraints"]}
    if decision["edits"]["components"]:
        update["forced"] = {**state.get("forced", {}), **decision["edits"]["components"]}
    if changed := decision["edits"].get("assumptions"):
        both = {**state.get("assumed", {}), **changed}
        update["assumed"] = {name: value for name, value in both.items() if value is not None}
    if waivers or withdrawn:
        update["waivers"] = with_waivers(state.get("waivers", []), waivers, decision["actor"], withdrawn)
        await visit.keep_json(ARTIFACT, "waivers", update["waivers"])
    text = decision["text"] or (decision["comment"] if decision["revise"] else "")
    if text:
        ref = await visit.keep("message.txt", "message", text.encode(), "text/plain; charset=utf-8")
        update["messages"] = [*state["messages"], ref.to_json()]
    if kind == "reject" and not decision["revise"]:
        update["outcome"] = "rejected"
    if concerns_rules_only(decision):
        # The design stays as it was shown; what the rules say of it is looked at anew, and so is what is written.
        update |= {"attempts": []}
    elif kind != "approve":
        # A changed design deserves its counterexamples and repair rounds anew.
        update |= {"excluded": [], "replans": 0, "attempts": []}
    return update


def _about_rules(waivers: list[Json], withdrawn: list[str]) -> str:
    parts = {"waived": [w["rule"] for w in waivers], "withdrew the waiver of": withdrawn}
    return sentence("; ".join(f"{did} {', '.join(rules)}" for did, rules in parts.items() if rules))


def _why(decision: Json, waivers: list[Json], withdrawn: list[str]) -> str:
    if waivers or withdrawn:
        accepted = [f"{w.rule}: {told(w)}" for w in given(waivers)]
        return " ".join(accepted + [f"{rule}: accepted no longer" for rule in withdrawn])
    return f"{sentence(named(decision['actor']))} {SAID[decision['decision']]} what was shown."

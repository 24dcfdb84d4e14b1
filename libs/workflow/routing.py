"""Where next: pure functions of the state, and the bounds of every loop."""

from typing import Literal

from libs.core.values import Json
from libs.workflow.state import DesignState

MAX_REPLANS = 3
"""How often a blocking finding goes back to the planner as a counterexample."""
MAX_REPAIRS = 3
"""How often a red check goes back to codegen, before a person sees what was tried."""

END = "__end__"


def after_gate_input(
    state: DesignState,
) -> Literal["intake_extract", "planner", "__end__"]:
    """Answers, texts and edited constraints are read again; approval goes on; rejection ends."""
    gate = state["gate"]
    match gate["decision"]:
        case "approve":
            return "planner"
        case "edit" if not gate["edits"]["constraints"]:
            return "planner"
        case "reject" if not gate["revise"]:
            return "__end__"
        case _:
            return "intake_extract"


def after_gate_final(
    state: DesignState,
) -> Literal["intake_extract", "planner", "policy_eval", "codegen", "__end__"]:
    """As at the input gate, but approval starts the generation, and waivers alone have the rules look again."""
    if state["gate"]["decision"] == "approve":
        return "codegen"
    if concerns_rules_only(state["gate"]):
        return "policy_eval"
    return after_gate_input(state)


def concerns_rules_only(gate: Json) -> bool:
    """Whether a decision waives rules, or withdraws waivers, and changes nothing of the design."""
    # Decisions that were taken before there were waivers have none.
    concerns = bool(gate.get("waivers") or gate.get("withdrawn"))
    return gate["decision"] == "edit" and concerns and not any(gate["edits"].values())


def after_planner(state: DesignState) -> list[Literal["critic_tech", "critic_cost", "hitl_gate_input"]]:
    """A plan goes to both critics at once; when nothing fits, a person has to give something up."""
    if state["infeasible"]:
        return ["hitl_gate_input"]
    return ["critic_tech", "critic_cost"]


def after_policy_eval(state: DesignState) -> Literal["planner", "hitl_gate_final"]:
    """Counterexamples go back to the planner, boundedly often; everything else goes to a person."""
    return "planner" if state["verdict"] == "replan" else "hitl_gate_final"


def after_validators(
    state: DesignState,
) -> Literal["codegen", "hitl_gate_final", "rationale_compile"]:
    """Green goes on; red is repaired, boundedly often; then a person sees what was tried."""
    match state["verified"]:
        case "green":
            return "rationale_compile"
        case "red":
            return "codegen"
        case _:
            return "hitl_gate_final"


def may_replan(replans: int, counterexamples: int) -> bool:
    """Whether another plan may be tried without a person."""
    return counterexamples > 0 and replans < MAX_REPLANS


def may_repair(payloads: list[str]) -> bool:
    """Whether another round of generation can help: within the bound, and the last one changed something."""
    unchanged = len(payloads) >= 2 and payloads[-1] == payloads[-2]
    return len(payloads) <= MAX_REPAIRS and not unchanged

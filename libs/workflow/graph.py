"""The 13 nodes and their edges."""

from typing import Any

from langgraph.graph import END, START, StateGraph

from libs.workflow import routing
from libs.workflow.deps import WorkflowDeps
from libs.workflow.nodes._gate import GateIn
from libs.workflow.nodes.adaptive_questions import QuestionsIn, adaptive_questions
from libs.workflow.nodes.codegen import CodegenIn, codegen
from libs.workflow.nodes.coverage_check import CoverageIn, coverage_check
from libs.workflow.nodes.critic_cost import CriticCostIn, critic_cost
from libs.workflow.nodes.critic_tech import CriticTechIn, critic_tech
from libs.workflow.nodes.diff_and_persist import PersistIn, diff_and_persist
from libs.workflow.nodes.hitl_gate_final import hitl_gate_final
from libs.workflow.nodes.hitl_gate_input import hitl_gate_input
from libs.workflow.nodes.intake_extract import IntakeIn, intake_extract
from libs.workflow.nodes.planner import PlannerIn, planner
from libs.workflow.nodes.policy_eval import PolicyIn, policy_eval
from libs.workflow.nodes.rationale_compile import RationaleIn, rationale_compile
from libs.workflow.nodes.validators import ValidatorsIn, validators
from libs.workflow.recorded import recorded
from libs.workflow.state import DesignState

NODES = (
    "intake_extract",
    "coverage_check",
    "adaptive_questions",
    "hitl_gate_input",
    "planner",
    "critic_tech",
    "critic_cost",
    "policy_eval",
    "hitl_gate_final",
    "codegen",
    "validators",
    "rationale_compile",
    "diff_and_persist",
)


def design_graph() -> StateGraph[Any, Any, Any, Any]:
    """The design workflow, not yet compiled."""
    graph: StateGraph[Any, Any, Any, Any] = StateGraph(DesignState, context_schema=WorkflowDeps)
    for name, node, reads in (
        ("intake_extract", intake_extract, IntakeIn),
        ("coverage_check", coverage_check, CoverageIn),
        ("adaptive_questions", adaptive_questions, QuestionsIn),
        ("planner", planner, PlannerIn),
        ("critic_tech", critic_tech, CriticTechIn),
        ("critic_cost", critic_cost, CriticCostIn),
        ("policy_eval", policy_eval, PolicyIn),
        ("codegen", codegen, CodegenIn),
        ("validators", validators, ValidatorsIn),
        ("rationale_compile", rationale_compile, RationaleIn),
        ("diff_and_persist", diff_and_persist, PersistIn),
    ):
        graph.add_node(name, recorded(name, node), input_schema=reads)
    graph.add_node("hitl_gate_input", hitl_gate_input, input_schema=GateIn)
    graph.add_node("hitl_gate_final", hitl_gate_final, input_schema=GateIn)

    graph.add_edge(START, "intake_extract")
    graph.add_edge("intake_extract", "coverage_check")
    graph.add_edge("coverage_check", "adaptive_questions")
    graph.add_edge("adaptive_questions", "hitl_gate_input")
    graph.add_conditional_edges(
        "hitl_gate_input", routing.after_gate_input, ["intake_extract", "planner", END]
    )
    graph.add_conditional_edges(
        "planner", routing.after_planner, ["critic_tech", "critic_cost", "hitl_gate_input"]
    )
    graph.add_edge(["critic_tech", "critic_cost"], "policy_eval")
    graph.add_conditional_edges("policy_eval", routing.after_policy_eval, ["planner", "hitl_gate_final"])
    graph.add_conditional_edges(
        "hitl_gate_final",
        routing.after_gate_final,
        ["intake_extract", "planner", "policy_eval", "codegen", END],
    )
    graph.add_edge("codegen", "validators")
    graph.add_conditional_edges(
        "validators", routing.after_validators, ["codegen", "hitl_gate_final", "rationale_compile"]
    )
    graph.add_edge("rationale_compile", "diff_and_persist")
    graph.add_edge("diff_and_persist", END)
    return graph

"""Reason cards with the facts that every card has."""

from typing import Any

from libs.events.models import ReasonCard
from libs.runs.recorder import Visit
from libs.workflow.deps import WorkflowDeps
from libs.workflow.prompting import Words

AGENTS = {
    "intake_extract": "Requirements reader",
    "coverage_check": "Coverage checker",
    "adaptive_questions": "Interviewer",
    "hitl_gate_input": "Input gate",
    "planner": "Architect",
    "critic_tech": "Feasibility critic",
    "critic_cost": "Cost critic",
    "policy_eval": "Policy evaluator",
    "hitl_gate_final": "Approval gate",
    "codegen": "Repository writer",
    "validators": "Validators",
    "rationale_compile": "Rationale writer",
    "diff_and_persist": "Archivist",
}


def card(
    deps: WorkflowDeps,
    visit: Visit,
    *,
    title: str,
    choice: str,
    justification: str | Words,
    trigger: str,
    confidence: float = 1.0,
    **details: Any,
) -> None:
    """Adds a card to the visit; details are further fields of `ReasonCard`."""
    words = justification if isinstance(justification, Words) else Words(text=justification)
    risks = (*details.pop("risks", ()), *((words.note,) if words.note else ()))
    visit.card(
        ReasonCard(
            decision_id=visit.card_id(),
            agent=AGENTS[visit.node],
            node=visit.node,
            trigger=trigger,
            at=deps.now(),
            title=title,
            choice=choice,
            justification=words.text,
            confidence=confidence,
            risks=risks,
            prompt_sha256=words.prompt_sha256,
            **details,
        )
    )

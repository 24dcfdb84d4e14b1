"""A critic's findings as an artifact and a card."""

from collections.abc import Sequence
from typing import Literal

from libs.core.wording import counted
from libs.events.models import CardInput
from libs.planning.models import Finding
from libs.runs.recorder import Visit
from libs.workflow.cards import card
from libs.workflow.deps import WorkflowDeps
from libs.workflow.prompting import worded
from libs.workflow.state import RefJson


async def criticism(
    deps: WorkflowDeps, visit: Visit, subject: Literal["feasibility", "cost"], findings: Sequence[Finding]
) -> RefJson:
    """Keeps the findings and explains them; returns the reference for the state."""
    ref = await visit.keep_json(f"findings_{subject}.json", "findings", [f.to_json() for f in findings])
    blocking = [f for f in findings if f.blocking]
    engine_text = (
        " ".join(f.message for f in blocking)
        if blocking
        else f"{counted(len(findings), 'finding')}, none of which stops the design."
    )
    facts = [f.to_json() for f in findings]
    card(
        deps,
        visit,
        trigger="a new plan",
        title=f"Criticism of {'the cost' if subject == 'cost' else 'the feasibility'}",
        choice=f"{len(blocking)} blocking, {len(findings) - len(blocking)} to know",
        justification=await worded(deps.model, deps.prompts, visit, visit.node, facts, engine_text),
        inputs=tuple(
            CardInput(kind="finding", name=f.code, value=f.severity, quote=f.evidence) for f in findings
        ),
        risks=tuple(f.message for f in findings if f.severity != "info"),
        next_steps=tuple(f.fix for f in findings if f.fix),
    )
    return ref.to_json()

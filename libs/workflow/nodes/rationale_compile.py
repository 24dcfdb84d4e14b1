"""Compiles the reason cards of the run into one readable rationale."""

from typing import TypedDict

from libs.codegen import report_pages
from libs.codegen.models import Blueprint
from libs.events.models import CardInput, ReasonCard
from libs.planning.models import Plan
from libs.planning.wording import ARCHETYPES
from libs.runs.recorder import Visit
from libs.workflow.cards import card
from libs.workflow.deps import WorkflowDeps
from libs.workflow.nodes.codegen import BlueprintIn, blueprint_of
from libs.workflow.prompting import worded
from libs.workflow.state import RefJson


class RationaleIn(BlueprintIn, total=False):
    checks: RefJson


class RationaleOut(TypedDict):
    rationale: RefJson


async def rationale_compile(state: RationaleIn, deps: WorkflowDeps, visit: Visit) -> RationaleOut:
    plan = Plan.model_validate(await visit.load_json(state["plan"]))
    blueprint: Blueprint = await blueprint_of(state, deps, visit)
    cards = [ReasonCard.model_validate(c) for c in await deps.history.cards(deps.run)]
    engine_text = (
        f"{blueprint.title}: {len(cards)} decisions led to {ARCHETYPES[plan.requirements.archetype]} in "
        f"{plan.requirements.region} for about ${plan.cost.expected_usd:,.0f} a month."
    )
    facts = [{"title": c.title, "choice": c.choice, "why": c.justification} for c in cards]
    words = await worded(deps.model, deps.prompts, visit, "rationale_compile", facts, engine_text)
    page = report_pages.rationale_page(blueprint, plan, cards)
    text = f"{page.rstrip()}\n\n## In short\n\n{words.text}\n"
    ref = await visit.keep("rationale.md", "rationale", text.encode(), "text/markdown; charset=utf-8")
    card(
        deps,
        visit,
        trigger="all checks are green",
        title="The rationale",
        choice=f"{len(cards)} decisions compiled",
        justification=words,
        inputs=tuple(CardInput(kind="artifact", name=c.title, value=c.decision_id) for c in cards),
    )
    return {"rationale": ref.to_json()}

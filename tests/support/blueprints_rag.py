"""Blueprints of systems that answer from documents, made from plans that the solver finds."""

from datetime import date
from functools import cache
from typing import Any, get_args

from libs.codegen.blueprint import build_blueprint
from libs.codegen.models import Blueprint, ComponentAnswer
from libs.intake.extraction import extract
from libs.planning.catalogue.loading import load_catalogue
from libs.planning.models import Plan, Slot
from libs.planning.prices.lookup import load_prices
from libs.planning.requirements import resolve
from libs.planning.solver import plan

AS_OF = date(2026, 11, 21)
BRIEF = (
    "We want an assistant for our customer support that answers questions from 40 GB of help articles with citations. "
    "About 5,000 questions a day, answers within 3 seconds, GDPR, eu-central-1, documents change weekly."
)

KINDS: dict[str, dict[Slot, str]] = {
    "hosted": {
        "llm": "bedrock_nova_lite",
        "vector_store": "s3_vectors",
        "embeddings": "self_hosted_embeddings",
        "guardrails": "bedrock_guardrails",
        "evaluation": "bedrock_evaluations",
    },
    "own machines": {
        "llm": "vllm_ecs_gpu",
        "vector_store": "rds_pgvector",
        "embeddings": "bedrock_titan_embeddings",
        "guardrails": "llm_judge_guard",
        "evaluation": "production_sampling",
    },
    "endpoints": {
        "llm": "vllm_sagemaker",
        "vector_store": "opensearch_serverless",
        "embeddings": "bedrock_cohere_embed_v4",
        "guardrails": "guard_model_gpu",
        "evaluation": "rag_evaluation_own_judge",
    },
    "in memory": {
        "llm": "bedrock_claude_haiku",
        "vector_store": "valkey_vectors",
        "embeddings": "self_hosted_embeddings_gpu",
        "guardrails": "application_rules",
        "evaluation": "retrieval_metrics",
    },
}
"""Options that together use every adapter."""


def support_blueprint(kind: str = "hosted", **changes: Any) -> Blueprint:
    """A help desk with the adapters of a kind; `changes` replace fields."""
    bp = _solved()
    components: dict[Slot, ComponentAnswer] = {
        slot: component.model_copy(update={"option": KINDS[kind].get(slot, component.option)})
        for slot, component in bp.components.items()
    }
    return bp.model_copy(update={"components": components, **changes})


def batch_blueprint() -> Blueprint:
    """The same help desk with questions that land as tables."""
    bp = support_blueprint()
    serve = bp.components["serve"].model_copy(
        update={
            "option": "fargate_batch",
            "size": {"vcpu": 2, "memory_gb": 8, "hours_per_run": 1.0, "runs_per_month": 30},
        }
    )
    components = {**bp.components, "serve": serve}
    return bp.model_copy(
        update={
            "archetype": "batch_scoring",
            "components": components,
            "latency_ms_p95": None,
            "scoring_schedule": "cron(30 1 * * ? *)",
        }
    )


@cache
def _solved() -> Blueprint:
    constraints = extract(BRIEF).constraints
    found = plan(
        resolve(constraints, AS_OF)[0], load_catalogue(), load_prices(), as_of=AS_OF, written_only=True
    )
    assert isinstance(found, Plan)
    assert {component.slot for component in found.components} >= set(KINDS["hosted"]) <= set(get_args(Slot))
    return build_blueprint(found, constraints, name="help-desk", brief_title=BRIEF)

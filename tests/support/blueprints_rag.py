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

SIZES: dict[str, dict[str, int | float | str | bool]] = {
    "vllm_ecs_gpu": {
        "instance_type": "g6.12xlarge",
        "model_parameters_b": 8,
        "weight_bytes": 2,
        "context_tokens": 16000,
        "min_replicas": 2,
        "max_replicas": 3,
    },
    "vllm_sagemaker": {
        "instance_type": "ml.g6.xlarge",
        "model_parameters_b": 8,
        "weight_bytes": 2,
        "context_tokens": 16000,
        "min_replicas": 1,
        "max_replicas": 3,
    },
    "bedrock_nova_lite": {"model": "amazon.nova-lite-v1:0", "regions_used": 2},
    "bedrock_claude_haiku": {"model": "anthropic.claude-haiku-5-5", "regions_used": 1},
    "s3_vectors": {"vectors_millions": 2.5, "storage_gb": 12.5, "indexes": 1},
    "rds_pgvector": {"instance_class": "db.m7g.large", "multi_az": True, "storage_gb": 50},
    "opensearch_serverless": {"search_units": 2, "index_units": 2, "vectors_millions": 1},
    "valkey_vectors": {"node_type": "cache.r7g.large", "shards": 2, "nodes": 4},
    "self_hosted_embeddings": {
        "vcpu": 1,
        "memory_gb": 2,
        "min_tasks": 2,
        "max_tasks": 3,
        "index_vcpu_hours_month": 123.5,
    },
    "self_hosted_embeddings_gpu": {
        "instance_type": "g6.xlarge",
        "min_replicas": 1,
        "max_replicas": 2,
        "index_gpu_hours_month": 3,
    },
    "bedrock_titan_embeddings": {"model": "amazon.titan-embed-text-v2:0", "tokens_millions_month": 30},
    "bedrock_cohere_embed_v4": {"model": "cohere.embed-v4:0", "tokens_millions_month": 30},
    "bedrock_guardrails": {"units_thousands_month": 456},
    "application_rules": {"filters": 1},
    "llm_judge_guard": {"model": "amazon.nova-micro-v1:0"},
    "guard_model_gpu": {"instance_type": "g6.xlarge", "min_replicas": 1, "max_replicas": 2},
    "bedrock_evaluations": {"questions": 200, "runs_per_month": 20, "judge": "amazon.nova-pro-v1:0"},
    "production_sampling": {
        "questions": 200,
        "runs_per_month": 20,
        "sampled_per_month": 3000,
        "judge": "anthropic.claude-haiku-5-5",
    },
    "rag_evaluation_own_judge": {"questions": 200, "runs_per_month": 20, "judge": "the self-hosted model"},
    "retrieval_metrics": {"questions": 200, "runs_per_month": 20},
}


def support_blueprint(kind: str = "hosted", **changes: Any) -> Blueprint:
    """A help desk with the adapters of a kind; `changes` replace fields."""
    bp = _solved()
    components: dict[Slot, ComponentAnswer] = {
        slot: component.model_copy(update=_chosen(KINDS[kind].get(slot, component.option)))
        for slot, component in bp.components.items()
    }
    return bp.model_copy(update={"components": components, **changes})


def _chosen(option: str) -> dict[str, Any]:
    sized = {"size": SIZES[option]} if option in SIZES else {}
    return {"option": option, **sized}


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

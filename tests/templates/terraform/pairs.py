"""Plans in which every two options of different slots meet at least once."""

from itertools import combinations

from libs.codegen.models import Blueprint
from tests.support.blueprints import churn_blueprint, fraud_blueprint
from tests.templates.terraform.plans import with_options

_OPTIONS = {
    "ingest": ("s3_landing", "kinesis_stream"),
    "store": ("s3_lake", "rds_postgres"),
    "process": ("fargate_processing", "glue_job"),
    "features": ("offline_parquet", "dynamodb_features", "valkey_features"),
    "orchestrate": ("step_functions", "eventbridge_scheduler"),
    "train": ("sagemaker_training", "fargate_training"),
    "registry": ("sagemaker_registry", "mlflow_fargate"),
    "observe": ("cloudwatch", "managed_prometheus"),
    "network": ("private_endpoints", "private_nat"),
    "security": ("customer_managed_keys", "aws_managed_keys"),
    "serve": (
        "ecs_fargate_service",
        "lambda_service",
        "sagemaker_endpoint",
        "fargate_batch",
        "aws_batch",
    ),
}
Pair = tuple[tuple[str, str], tuple[str, str]]


def pairwise_choices() -> list[dict[str, str]]:
    """Few choices that together contain every pair: each takes, slot by slot, what meets most new pairs."""
    open_pairs: set[Pair] = {
        ((first, a), (second, b))
        for first, second in combinations(_OPTIONS, 2)
        for a in _OPTIONS[first]
        for b in _OPTIONS[second]
    }
    choices: list[dict[str, str]] = []
    while open_pairs:
        (slot, option), (other, partner) = min(open_pairs)
        choice = {slot: option, other: partner}
        for free in (name for name in _OPTIONS if name not in choice):
            choice[free] = max(
                _OPTIONS[free], key=lambda candidate: len(open_pairs & _pairs({**choice, free: candidate}))
            )
        open_pairs -= _pairs(choice)
        choices.append(choice)
    return choices


def pairwise_plans() -> list[Blueprint]:
    """A blueprint for each choice, online or batch as its serving option asks."""
    return [
        with_options(churn_blueprint() if "batch" in choice["serve"] else fraud_blueprint(), **choice)
        for choice in pairwise_choices()
    ]


def _pairs(choice: dict[str, str]) -> set[Pair]:
    ordered = [(slot, choice[slot]) for slot in _OPTIONS if slot in choice]
    return set(combinations(ordered, 2))

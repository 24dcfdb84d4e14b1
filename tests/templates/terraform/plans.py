"""Blueprints whose options together cover every module, and their infrastructure as files."""

from pathlib import Path
from typing import Any

from libs.codegen.models import Blueprint, ComponentAnswer
from libs.codegen.renderer import TemplateSet, render
from libs.planning.models import Slot
from tests.support.blueprints import churn_blueprint, fraud_blueprint

Size = dict[str, int | float | str | bool]

SIZES: dict[str, Size] = {
    "kinesis_stream": {"mode": "provisioned", "shards": 4, "retention_hours": 24},
    "rds_postgres": {"instance_class": "db.m7g.large", "storage_gb": 260, "multi_az": True},
    "glue_job": {"dpu": 10, "hours_per_run": 0.75, "runs_per_month": 30},
    "dynamodb_features": {"read_rps": 500, "write_rps": 50, "storage_gb": 5},
    "valkey_features": {"node_type": "cache.m7g.large", "nodes": 2},
    "eventbridge_scheduler": {"schedules": 2},
    "fargate_training": {"vcpu": 4, "memory_gb": 16, "hours_per_run": 1.5, "runs_per_month": 4},
    "mlflow_fargate": {"vcpu": 0.5, "memory_gb": 1},
    "lambda_service": {"memory_mb": 1769, "provisioned_concurrency": 5, "reserved_concurrency": 20},
    "sagemaker_endpoint": {"instance_type": "ml.c5.xlarge", "min_instances": 2, "max_instances": 6},
    "aws_batch": {"vcpu": 4, "memory_gb": 8, "hours_per_run": 2.0, "runs_per_month": 30, "spot": True},
    "managed_prometheus": {"samples_millions_month": 900, "active_users": 3},
    "gitlab_ci": {"minutes_month": 600},
    "private_nat": {"azs": 3, "nat_gateways": 3},
    "aws_managed_keys": {"trail_events_millions": 1},
}


def with_options(bp: Blueprint, **options: str) -> Blueprint:
    """The blueprint with other options in the named slots."""
    components: dict[Slot, ComponentAnswer] = dict(bp.components)
    for slot in components:
        if slot in options:
            option = options[slot]
            size = SIZES.get(option, components[slot].size)
            components[slot] = components[slot].model_copy(update={"option": option, "size": size})
    return bp.model_copy(update={"components": components})


def online_ecs() -> Blueprint:
    """Containers behind a load balancer, everything else as in the example."""
    return fraud_blueprint()


def online_ecs_prometheus() -> Blueprint:
    """Containers with a stream, a cache, MLflow and Prometheus; a long project name."""
    return with_options(
        fraud_blueprint(project="real-time-card-fraud-detection", budget_usd_month=None),
        ingest="kinesis_stream",
        features="valkey_features",
        registry="mlflow_fargate",
        observe="managed_prometheus",
        train="fargate_training",
        network="private_nat",
    )


def online_lambda() -> Blueprint:
    """Functions with a database, a key-value store and the provider's keys."""
    return with_options(
        fraud_blueprint(),
        store="rds_postgres",
        process="glue_job",
        features="dynamodb_features",
        orchestrate="eventbridge_scheduler",
        serve="lambda_service",
        cicd="gitlab_ci",
        network="private_nat",
        security="aws_managed_keys",
    )


def online_sagemaker() -> Blueprint:
    """A SageMaker endpoint with a database on a network without internet; nobody stated a latency."""
    return with_options(
        fraud_blueprint(latency_ms_p95=None),
        store="rds_postgres",
        features="valkey_features",
        serve="sagemaker_endpoint",
    )


def batch_fargate() -> Blueprint:
    """Nightly scoring on Fargate."""
    return churn_blueprint()


def batch_aws_batch() -> Blueprint:
    """Nightly scoring on AWS Batch, started by the scheduler."""
    return with_options(
        churn_blueprint(),
        ingest="kinesis_stream",
        process="glue_job",
        orchestrate="eventbridge_scheduler",
        registry="mlflow_fargate",
        serve="aws_batch",
        observe="managed_prometheus",
        cicd="gitlab_ci",
        security="aws_managed_keys",
    )


PLANS = {
    plan.__name__: plan
    for plan in (
        online_ecs,
        online_ecs_prometheus,
        online_lambda,
        online_sagemaker,
        batch_fargate,
        batch_aws_batch,
    )
}
"""Each option of the catalogue appears in one of them."""

ENABLED = {
    "image_tag": "4f2a9c1",
    "enable_schedules": True,
    "enable_endpoint": True,
    "certificate_arn": "arn:aws:acm:us-east-1:123456789012:certificate/0b1c2d3e-0000-4000-8000-000000000000",
    "mlflow_image_tag": "3.1.0",
    "collector_image_tag": "v0.43.0",
    "alert_email": "ops@example.com",
}
"""The second of the two steps: everything runs."""


def infrastructure(bp: Blueprint, templates: TemplateSet | None = None) -> dict[str, str]:
    """The files below `infra/`, by their path there."""
    return {
        file.path.removeprefix("infra/"): file.content.decode()
        for file in render(bp, templates)
        if file.path.startswith("infra/")
    }


def write_infrastructure(
    bp: Blueprint, folder: Path, variables: dict[str, Any] | None = None, templates: TemplateSet | None = None
) -> Path:
    """Writes `infra/`; `variables` go to each environment that declares them."""
    files = infrastructure(bp, templates)
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)
    for environment in ("dev", "staging", "prod"):
        declared = files[f"envs/{environment}/variables.tf"]
        chosen = {
            name: value for name, value in (variables or {}).items() if f'variable "{name}"' in declared
        }
        if chosen:
            width = max(map(len, chosen))
            lines = [f"{name:{width}} = {_literal(value)}" for name, value in chosen.items()]
            (folder / "envs" / environment / "terraform.tfvars").write_text("\n".join(lines) + "\n")
    return folder


def _literal(value: str | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else f'"{value}"'

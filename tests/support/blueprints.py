"""Blueprints to render in tests: a small complete one for each archetype, and a way to vary it."""

from typing import Any

from libs.codegen.models import (
    Blueprint,
    ColumnAnswer,
    ComponentAnswer,
    DecisionAnswer,
    RequirementAnswer,
)
from libs.planning.models import Slot

_SHARED: dict[Slot, tuple[str, str, dict[str, int | float | str | bool]]] = {
    "ingest": ("s3_landing", "Amazon S3 landing bucket", {"retention_days": 30}),
    "store": ("s3_lake", "Amazon S3 data lake", {"storage_gb": 200, "retention_days": 365}),
    "process": (
        "fargate_processing",
        "AWS Fargate task",
        {"vcpu": 2, "memory_gb": 8, "hours_per_run": 0.5, "runs_per_month": 30},
    ),
    "features": ("offline_parquet", "Parquet files in S3", {"storage_gb": 20}),
    "orchestrate": ("step_functions", "AWS Step Functions", {"transitions_per_month": 600}),
    "train": (
        "sagemaker_training",
        "SageMaker training job",
        {"instance_type": "ml.m5.xlarge", "hours_per_run": 0.5, "runs_per_month": 4},
    ),
    "registry": ("sagemaker_registry", "SageMaker Model Registry", {"models": 3}),
    "observe": ("cloudwatch", "Amazon CloudWatch", {"log_gb_month": 20, "metrics": 30, "alarms": 12}),
    "cicd": ("github_actions", "GitHub Actions", {"minutes_month": 1200}),
    "network": ("private_endpoints", "Private subnets with VPC endpoints", {"azs": 2, "endpoints": 6}),
    "security": ("customer_managed_keys", "AWS KMS", {"keys": 3, "trail_events_millions": 1}),
}
_SERVE: dict[str, tuple[str, str, dict[str, int | float | str | bool]]] = {
    "online_api": (
        "ecs_fargate_service",
        "Amazon ECS on Fargate behind an ALB",
        {"vcpu": 1, "memory_gb": 2, "min_tasks": 2, "max_tasks": 12, "target_cpu_pct": 60},
    ),
    "batch_scoring": (
        "fargate_batch",
        "Scheduled Fargate task",
        {"vcpu": 2, "memory_gb": 8, "hours_per_run": 1.0, "runs_per_month": 30},
    ),
}


_REASONS: dict[str, tuple[float, str]] = {
    "s3_landing": (0.24, "Files are dropped where nothing has to run."),
    "s3_lake": (8.63, "Storage that is paid for by what lies in it."),
    "fargate_processing": (2.15, "A container that is paid for while it runs."),
    "offline_parquet": (0.46, "The request carries its features; nothing is kept online."),
    "step_functions": (0.15, "Each step, its retries and its failure are visible."),
    "sagemaker_training": (0.46, "Instances that live as long as the training."),
    "sagemaker_registry": (0.05, "Versions with their figures, without a server."),
    "cloudwatch": (31.90, "Logs, metrics and alarms where the services already write."),
    "github_actions": (3.60, "Runs beside the code, without keys to AWS."),
    "private_endpoints": (102.71, "No way to the internet, and no NAT to pay for."),
    "customer_managed_keys": (6.41, "Keys, their use and their rotation are one's own."),
    "ecs_fargate_service": (186.40, "Containers that scale with the load behind a private load balancer."),
    "fargate_batch": (3.55, "A container that is paid for while it scores."),
}
"""What an option costs a month in these examples, and why it was chosen."""


def fraud_blueprint(**changes: Any) -> Blueprint:
    """An online fraud API; `changes` replace fields."""
    return _blueprint("online_api", changes)


def churn_blueprint(**changes: Any) -> Blueprint:
    """A nightly churn scoring; `changes` replace fields."""
    return _blueprint(
        "batch_scoring",
        {
            "project": "churn-nightly",
            "package": "churn_nightly",
            "title": "Nightly churn scoring",
            "target": "churned",
            "latency_ms_p95": None,
            "throughput_rps": 2.0,
            "scoring_schedule": "cron(0 2 * * ? *)",
            **changes,
        },
    )


def _blueprint(archetype: str, changes: dict[str, Any]) -> Blueprint:
    components = {slot: _component(slot, *chosen) for slot, chosen in _SHARED.items()}
    components["serve"] = _component("serve", *_SERVE[archetype])
    target = changes.get("target", "is_fraud")
    answers: dict[str, Any] = {
        "project": "fraud-api",
        "package": "fraud_api",
        "title": "Real-time fraud detection",
        "summary": "Scores card transactions while they are authorised.",
        "archetype": archetype,
        "task": "classification",
        "ml_task": "classification",
        "target": target,
        "metric": "roc_auc",
        "columns": (
            ColumnAnswer(name="transaction_id", kind="id", role="id", description="Key of the transaction"),
            ColumnAnswer(name="event_time", kind="datetime", role="time", description="When it happened"),
            ColumnAnswer(name="amount", kind="number", minimum=0, maximum=10000, description="Amount in USD"),
            ColumnAnswer(
                name="channel",
                kind="category",
                categories=("pos", "web", "atm"),
                description="Where it was made",
            ),
            ColumnAnswer(name="age_days", kind="integer", minimum=0, maximum=9000, description="Account age"),
            ColumnAnswer(name=target, kind="boolean", role="target", description="The label"),
        ),
        "region": "us-east-1",
        "components": components,
        "latency_ms_p95": 100.0,
        "throughput_rps": 500.0,
        "predictions_per_day": 5_000_000.0,
        "availability_pct": 99.9,
        "budget_usd_month": 5000.0,
        "expected_usd_month": round(sum(c.monthly_usd or 0 for c in components.values()), 2),
        "compliance": ("PCI-DSS",),
        "data_classification": "restricted",
        "retention_days": 365,
        "training_schedule": "cron(0 3 ? * MON *)",
        "scoring_schedule": "",
        "assumptions": ("The budget is per month.",),
        "requirements": (
            RequirementAnswer(
                field="latency_ms_p95", value="100 ms", source="stated", quote="sub-100ms latency"
            ),
            RequirementAnswer(field="compliance", value="PCI-DSS", source="stated", quote="PCI DSS"),
            RequirementAnswer(field="regions", value="us-east-1", source="default"),
        ),
        "decisions": (
            DecisionAnswer(
                number=1,
                slug="serve",
                title="Serve with Amazon ECS on Fargate",
                context="The service must answer within 100 ms.",
                choice="Amazon ECS on Fargate behind an ALB",
                consequences="No servers to patch.",
                rejected=("lambda_service: cold starts miss 100 ms",),
            ),
        ),
    }
    return Blueprint.model_validate({**answers, **changes})


def choosing(bp: Blueprint, **options: str) -> Blueprint:
    """The blueprint with other options in some slots."""
    chosen: dict[Slot, str] = {slot: options[slot] for slot in bp.components if slot in options}
    components = {
        slot: component.model_copy(update={"option": chosen.get(slot, component.option)})
        for slot, component in bp.components.items()
    }
    return bp.model_copy(update={"components": components})


def _component(
    slot: Slot, option: str, title: str, size: dict[str, int | float | str | bool]
) -> ComponentAnswer:
    monthly, why = _REASONS[option]
    return ComponentAnswer(slot=slot, option=option, title=title, size=size, why=why, monthly_usd=monthly)

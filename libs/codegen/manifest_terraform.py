"""Which Terraform module folders each catalogue option needs."""

from libs.planning.models import LLM_SLOTS, Slot

SHARED_MODULES: tuple[str, ...] = ("alerts", "audit_trail", "bucket", "container_registry", "log_bucket")
"""Rendered for every plan."""

_JOB = ("container_cluster", "container_task")

PLANNED_ONLY: frozenset[Slot] = LLM_SLOTS
"""Slots without a module that nothing else refers to: a repository is written without them."""

TERRAFORM_MODULES: dict[str, tuple[str, ...]] = {
    "s3_landing": ("s3_landing",),
    "kinesis_stream": ("kinesis_stream",),
    "s3_lake": ("s3_lake",),
    "rds_postgres": ("rds_postgres",),
    "fargate_processing": _JOB,
    "glue_job": ("glue_job",),
    "offline_parquet": ("offline_parquet",),
    "dynamodb_features": ("dynamodb_features",),
    "valkey_features": ("valkey_features",),
    "step_functions": ("step_functions",),
    "eventbridge_scheduler": ("eventbridge_scheduler",),
    "sagemaker_training": ("sagemaker_training",),
    "fargate_training": _JOB,
    "sagemaker_registry": ("sagemaker_registry",),
    "mlflow_fargate": ("container_cluster", "mlflow_fargate"),
    "ecs_fargate_service": ("container_cluster", "ecs_fargate_service"),
    "lambda_service": ("lambda_service",),
    "sagemaker_endpoint": ("sagemaker_endpoint",),
    "fargate_batch": _JOB,
    "aws_batch": ("aws_batch",),
    "cloudwatch": ("cloudwatch",),
    "managed_prometheus": ("managed_prometheus",),
    "github_actions": ("ci_roles", "github_actions"),
    "gitlab_ci": ("ci_roles", "gitlab_ci"),
    "private_endpoints": ("private_endpoints", "vpc"),
    "private_nat": ("private_nat", "vpc"),
    "customer_managed_keys": ("customer_managed_keys",),
    "aws_managed_keys": ("aws_managed_keys",),
}
"""Option id to the module folders it needs besides the shared ones."""

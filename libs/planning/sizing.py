"""How big an option has to be: one rule a sizing name, requirements in, sized variants out."""

from collections.abc import Callable

from libs.planning import sizing_data, sizing_platform, sizing_serving
from libs.planning.models import Requirements
from libs.planning.sized import Size, Unfit

SizingRule = Callable[[Requirements], tuple[Size, ...] | Unfit]

RULES: dict[str, SizingRule] = {
    "s3_landing": sizing_data.s3_landing,
    "kinesis_stream": sizing_data.kinesis_stream,
    "s3_lake": sizing_data.s3_lake,
    "rds_postgres": sizing_data.rds_postgres,
    "fargate_processing": sizing_data.fargate_processing,
    "glue_job": sizing_data.glue_job,
    "offline_parquet": sizing_data.offline_parquet,
    "dynamodb_features": sizing_data.dynamodb_features,
    "valkey_features": sizing_data.valkey_features,
    "step_functions": sizing_platform.step_functions,
    "eventbridge_scheduler": sizing_platform.eventbridge_scheduler,
    "sagemaker_training": sizing_platform.sagemaker_training,
    "fargate_training": sizing_platform.fargate_training,
    "sagemaker_registry": sizing_platform.sagemaker_registry,
    "mlflow_fargate": sizing_platform.mlflow_fargate,
    "ecs_fargate_service": sizing_serving.ecs_fargate_service,
    "lambda_service": sizing_serving.lambda_service,
    "sagemaker_endpoint": sizing_serving.sagemaker_endpoint,
    "fargate_batch": sizing_serving.fargate_batch,
    "aws_batch": sizing_serving.aws_batch,
    "cloudwatch": sizing_platform.cloudwatch,
    "managed_prometheus": sizing_platform.managed_prometheus,
    "ci_minutes": sizing_platform.ci_minutes,
    "private_endpoints": sizing_platform.private_endpoints,
    "private_nat": sizing_platform.private_nat,
    "customer_managed_keys": sizing_platform.customer_managed_keys,
    "aws_managed_keys": sizing_platform.aws_managed_keys,
}


def variants(rule: str, needs: Requirements) -> tuple[Size, ...] | Unfit:
    """The sized variants of an option under these requirements, or why it cannot be sized."""
    return RULES[rule](needs)

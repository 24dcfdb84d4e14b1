"""What a sized component uses in a month: the items of the bill before they are priced, one rule an option."""

from collections.abc import Callable

from libs.planning import consumption_data, consumption_platform, consumption_serving
from libs.planning.consumed import Use
from libs.planning.models import Requirements
from libs.planning.sized import Size

ConsumptionRule = Callable[[Size, Requirements], tuple[Use, ...]]

RULES: dict[str, ConsumptionRule] = {
    "s3_landing": consumption_data.s3_landing,
    "kinesis_stream": consumption_data.kinesis_stream,
    "s3_lake": consumption_data.s3_lake,
    "rds_postgres": consumption_data.rds_postgres,
    "fargate_processing": consumption_data.fargate_runs,
    "glue_job": consumption_data.glue_job,
    "offline_parquet": consumption_data.offline_parquet,
    "dynamodb_features": consumption_data.dynamodb_features,
    "valkey_features": consumption_data.valkey_features,
    "step_functions": consumption_platform.step_functions,
    "eventbridge_scheduler": consumption_platform.eventbridge_scheduler,
    "sagemaker_training": consumption_platform.sagemaker_training,
    "fargate_training": consumption_data.fargate_runs,
    "sagemaker_registry": consumption_platform.sagemaker_registry,
    "mlflow_fargate": consumption_platform.mlflow_fargate,
    "ecs_fargate_service": consumption_serving.ecs_fargate_service,
    "lambda_service": consumption_serving.lambda_service,
    "sagemaker_endpoint": consumption_serving.sagemaker_endpoint,
    "fargate_batch": consumption_data.fargate_runs,
    "aws_batch": consumption_data.fargate_runs,
    "cloudwatch": consumption_platform.cloudwatch,
    "managed_prometheus": consumption_platform.managed_prometheus,
    "github_actions": consumption_platform.github_actions,
    "gitlab_ci": consumption_platform.gitlab_ci,
    "private_endpoints": consumption_platform.private_endpoints,
    "private_nat": consumption_platform.private_nat,
    "customer_managed_keys": consumption_platform.customer_managed_keys,
    "aws_managed_keys": consumption_platform.aws_managed_keys,
}


def uses(option: str, size: Size, needs: Requirements) -> tuple[Use, ...]:
    """What the option of this size uses in a month under these requirements."""
    return RULES[option](size, needs)

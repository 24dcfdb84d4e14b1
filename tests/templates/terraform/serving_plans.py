"""Blueprints of the further ways to score, to prepare data and to run pipelines; only the long tests look at them."""

from functools import partial

from libs.codegen.models import Blueprint
from tests.support.blueprints import churn_blueprint, fraud_blueprint
from tests.templates.terraform.plans import with_options

_ONLINE: dict[str, dict[str, str]] = {
    "ecs_fargate_arm_service": {"observe": "managed_prometheus", "process": "athena_sql"},
    "ecs_ec2_gpu_service": {"process": "aws_batch_processing", "security": "aws_managed_keys"},
    "ecs_fargate_two_regions": {"features": "dynamodb_global_features", "network": "private_nat"},
    "app_runner_service": {"process": "emr_serverless", "store": "rds_postgres"},
    "eks_service": {"orchestrate": "mwaa", "process": "aws_batch_processing"},
    "sagemaker_serverless": {"features": "dynamodb_features", "process": "glue_job"},
    "sagemaker_async": {"orchestrate": "sagemaker_pipelines", "process": "sagemaker_processing"},
    "ecs_stream_consumer": {"ingest": "kinesis_stream", "process": "emr_serverless"},
    "lambda_stream_consumer": {"ingest": "kinesis_stream", "security": "aws_managed_keys"},
    "managed_flink_scoring": {"ingest": "kinesis_stream", "process": "managed_flink_features"},
}
_BATCH: dict[str, dict[str, str]] = {
    "sagemaker_batch_transform": {"orchestrate": "eventbridge_scheduler", "store": "rds_postgres"},
    "aws_batch_ec2": {"orchestrate": "mwaa_shared", "process": "athena_sql"},
    "glue_scoring": {"process": "glue_job", "security": "aws_managed_keys"},
    "emr_serverless_scoring": {"orchestrate": "sagemaker_pipelines", "process": "emr_serverless"},
    "eks_batch_jobs": {"train": "eks_training", "orchestrate": "mwaa"},
}


def _online(serve: str) -> Blueprint:
    return with_options(fraud_blueprint(), serve=serve, **_ONLINE[serve])


def _batch(serve: str) -> Blueprint:
    return with_options(churn_blueprint(), serve=serve, **_BATCH[serve])


SERVING_PLANS = {
    **{f"online_{serve}": partial(_online, serve) for serve in _ONLINE},
    **{f"batch_{serve}": partial(_batch, serve) for serve in _BATCH},
}
"""One plan for each way to score, with what goes together with it."""

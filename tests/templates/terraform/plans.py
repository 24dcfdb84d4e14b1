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
    "ecs_fargate_arm_service": {
        "vcpu": 1,
        "memory_gb": 2,
        "min_tasks": 2,
        "max_tasks": 12,
        "target_cpu_pct": 60,
    },
    "ecs_stream_consumer": {
        "vcpu": 1,
        "memory_gb": 2,
        "min_tasks": 2,
        "max_tasks": 8,
        "target_cpu_pct": 60,
        "stream_shards": 6,
        "result_shards": 4,
    },
    "lambda_stream_consumer": {
        "memory_mb": 1769,
        "parallelization_factor": 4,
        "batch_size": 100,
        "stream_shards": 4,
        "reserved_concurrency": 40,
        "result_shards": 4,
    },
    "sagemaker_serverless": {"memory_mb": 2048, "max_concurrency": 40, "provisioned_concurrency": 4},
    "sagemaker_async": {"instance_type": "ml.g4dn.xlarge", "min_instances": 0, "max_instances": 4},
    "sagemaker_batch_transform": {
        "instance_type": "ml.m5.xlarge",
        "instances": 3,
        "hours_per_run": 6.0,
        "runs_per_month": 30,
    },
    "aws_batch_ec2": {
        "instance_type": "g4dn.xlarge",
        "jobs": 4,
        "hours_per_run": 8.0,
        "runs_per_month": 30,
        "spot": False,
    },
    "ecs_ec2_gpu_service": {"instance_type": "g5.xlarge", "min_instances": 2, "max_instances": 5},
    "glue_scoring": {"dpu": 12, "hours_per_run": 1.5, "runs_per_month": 30},
    "emr_serverless_scoring": {"workers": 20, "hours_per_run": 30.0, "runs_per_month": 30},
    "sagemaker_processing": {
        "instance_type": "ml.m5.2xlarge",
        "instances": 2,
        "hours_per_run": 4.0,
        "runs_per_month": 30,
    },
    "aws_batch_processing": {
        "instance_type": "m6i.4xlarge",
        "jobs": 3,
        "hours_per_run": 4.0,
        "runs_per_month": 30,
        "spot": False,
    },
    "managed_flink_scoring": {"min_kpu": 2, "max_kpu": 6, "result_shards": 4},
    "managed_flink_features": {"min_kpu": 1, "max_kpu": 4},
    "athena_sql": {"scanned_gb_per_run": 40.0, "queries_per_run": 2, "runs_per_month": 30},
    "mwaa": {"environment": "small", "min_workers": 1, "max_workers": 3},
    "mwaa_shared": {"workflows": 1},
    "sagemaker_pipelines": {"pipelines": 1},
    "eks_service": {"node_type": "m7i.xlarge", "min_nodes": 2, "max_nodes": 6},
    "eks_batch_jobs": {"node_type": "m6i.8xlarge", "jobs": 3, "hours_per_run": 6.0, "runs_per_month": 30},
    "ecs_fargate_two_regions": {
        "vcpu": 1,
        "memory_gb": 2,
        "min_tasks": 2,
        "max_tasks": 12,
        "target_cpu_pct": 60,
    },
    "app_runner_service": {"vcpu": 1, "memory_gb": 2, "min_instances": 1, "max_instances": 6},
    "emr_serverless": {
        "workers": 8,
        "hours_per_run": 0.5,
        "worker_hours_per_run": 5.0,
        "runs_per_month": 30,
    },
    "firehose_delivery": {"buffer_mb": 64, "buffer_seconds": 300, "retention_days": 365},
    "msk_serverless": {"partitions": 6, "retention_hours": 24, "connector_vcpu": 1.5},
    "msk_provisioned": {
        "broker": "kafka.m7g.large",
        "brokers": 3,
        "disk_gb": 300,
        "retention_hours": 24,
        "connector_vcpu": 0.5,
    },
    "sqs_queue": {"retention_hours": 96, "writer_vcpu": 0.75},
    "transfer_family_sftp": {"retention_days": 365},
    "dms_replication": {"min_dcu": 2, "max_dcu": 8, "multi_az": True},
    "aurora_postgres": {"min_acu": 1.5, "max_acu": 6.0, "instances": 2},
    "dynamodb_store": {"storage_gb": 20, "retention_days": 365},
    "redshift_serverless": {"base_rpu": 32, "busy_hours": 25.5, "storage_gb": 200},
    "s3_iceberg": {"storage_gb": 240, "retention_days": 365, "snapshot_days": 7},
    "valkey_serverless": {"max_gb": 12, "max_ecpu_second": 24000},
    "aurora_features": {"min_acu": 2.0, "max_acu": 8.0, "instances": 2, "storage_gb": 10},
    "dynamodb_global_features": {"read_rps": 500, "write_rps": 50, "storage_gb": 5},
    "sagemaker_feature_store": {"online": True, "read_rps": 500, "storage_gb": 5, "offline_gb": 40},
    "s3_manifest_registry": {"models": 1},
    "sagemaker_mlflow": {"server_size": "medium"},
    "weights_and_biases": {"people": 4},
    "no_training": {"runs_per_month": 0},
    "aws_batch_training": {
        "instance_type": "g5.xlarge",
        "hours_per_run": 2.5,
        "runs_per_month": 4,
        "spot": False,
    },
    "eks_training": {"node_type": "m6i.4xlarge", "hours_per_run": 1.5, "runs_per_month": 4},
    "aurora_pgvector": {"min_acu": 2.0, "max_acu": 9.5, "instances": 2, "storage_gb": 12},
    "aurora_pgvector_provisioned": {"instance_class": "db.r8g.large", "instances": 2, "storage_gb": 12},
    "datadog": {"hosts": 4, "log_gb_month": 20},
    "self_hosted_grafana": {"vcpu": 2, "memory_gb": 16, "storage_gb": 40},
    "cloudhsm_keys": {"keys": 3, "trail_events_millions": 1, "hsm_count": 2},
    "public_subnets": {"azs": 2, "public_addresses": 3},
    "jenkins_fargate": {"minutes_month": 600, "vcpu": 1, "memory_gb": 4},
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
"""The plans that every run of the tests looks at."""

ENABLED = {
    "image_tag": "4f2a9c1",
    "enable_schedules": True,
    "enable_endpoint": True,
    "certificate_arn": "arn:aws:acm:us-east-1:123456789012:certificate/0b1c2d3e-0000-4000-8000-000000000000",
    "mlflow_image_tag": "3.1.0",
    "collector_image_tag": "v0.43.0",
    "alert_email": "ops@example.com",
    "connect_image_tag": "3.9.1",
    "secondary_region": "eu-central-1",
    "secondary_certificate_arn": "arn:aws:acm:eu-central-1:123456789012:certificate/0b1c2d3e",
    "hosted_zone_id": "Z0123456789ABCDEFGHIJ",
    "service_name": "fraud.example.com",
    "airflow_environment": "team",
    "airflow_bucket": "team-airflow",
    "airflow_role_name": "team-airflow",
    "enable_datadog": True,
    "datadog_external_id": "0f1e2d3c4b5a",
    "observe_certificate_arn": "arn:aws:acm:us-east-1:123456789012:certificate/0b1c2d3e-0000-4000-8000-000000000000",
    "alertmanager_image_tag": "v0.28.1",
    "grafana_image_tag": "12.1.0",
    "prometheus_image_tag": "v3.5.0",
    "jenkins_certificate_arn": "arn:aws:acm:us-east-1:123456789012:certificate/0b1c2d3e-0000-4000-8000-000000000000",
    "jenkins_image_tag": "2.516.3",
    "jenkins_agent_image_tag": "1",
    "jenkins_builder_image_tag": "1.25.0",
    "repository_url": "https://git.example.com/acme/fraud.git",
    "hsm_phase": "keys",
    "trust_anchor_certificate": "-----BEGIN CERTIFICATE-----",
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
    """Writes the repository, gives its `infra/`; `variables` go to each environment that declares them.

    Modules upload files that lie beside `infra/`: it is not complete without the rest.
    """
    rendered = {file.path: file.content.decode() for file in render(bp, templates)}
    for path, text in rendered.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)
    files = {
        path.removeprefix("infra/"): text for path, text in rendered.items() if path.startswith("infra/")
    }
    folder = folder / "infra"
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

"""Blueprints of the options that the quick plans leave out; only the long tests look at what becomes of them."""

from collections.abc import Callable

from libs.codegen.models import Blueprint
from tests.support.blueprints import churn_blueprint, fraud_blueprint
from tests.templates.terraform.plans import PLANS, with_options
from tests.templates.terraform.serving_plans import SERVING_PLANS


def online_kafka() -> Blueprint:
    """Kafka on brokers, Aurora, a cache without nodes, managed MLflow, training in Kubernetes."""
    return with_options(
        fraud_blueprint(),
        ingest="msk_provisioned",
        store="aurora_postgres",
        features="valkey_serverless",
        registry="sagemaker_mlflow",
        train="eks_training",
    )


def online_queue() -> Blueprint:
    """A queue, a warehouse, features in two regions, run records at another company, training on machines."""
    return with_options(
        fraud_blueprint(),
        ingest="sqs_queue",
        store="redshift_serverless",
        features="dynamodb_global_features",
        registry="weights_and_biases",
        train="aws_batch_training",
        network="private_nat",
    )


def online_delivery() -> Blueprint:
    """Events through a delivery stream, nothing of one's own to train."""
    return with_options(
        fraud_blueprint(),
        ingest="firehose_delivery",
        features="aurora_features",
        train="no_training",
        security="aws_managed_keys",
    )


def online_sftp() -> Blueprint:
    """Partners upload files; records by key."""
    return with_options(
        fraud_blueprint(), ingest="transfer_family_sftp", store="dynamodb_store", network="private_nat"
    )


def batch_kafka_serverless() -> Blueprint:
    """Kafka without brokers to size, training on machines with the provider's keys."""
    return with_options(
        churn_blueprint(),
        ingest="msk_serverless",
        train="aws_batch_training",
        registry="s3_manifest_registry",
        security="aws_managed_keys",
    )


def batch_replication() -> Blueprint:
    """Copied tables, Iceberg, a feature store and a registry of manifests."""
    return with_options(
        churn_blueprint(),
        ingest="dms_replication",
        store="s3_iceberg",
        features="sagemaker_feature_store",
        registry="s3_manifest_registry",
    )


def online_grafana() -> Blueprint:
    """Prometheus and Grafana of the team's own, keys in hardware modules; a long project name."""
    return with_options(
        fraud_blueprint(project="real-time-card-fraud-detection"),
        observe="self_hosted_grafana",
        security="cloudhsm_keys",
    )


def online_datadog() -> Blueprint:
    """Telemetry goes to Datadog; tasks hold public addresses."""
    return with_options(
        fraud_blueprint(),
        observe="datadog",
        train="fargate_training",
        network="public_subnets",
    )


def batch_jenkins() -> Blueprint:
    """Grafana over CloudWatch alone, with the provider's keys, deployed by Jenkins."""
    return with_options(
        churn_blueprint(),
        observe="self_hosted_grafana",
        security="aws_managed_keys",
        network="private_nat",
        cicd="jenkins_fargate",
    )


MORE_PLANS: dict[str, Callable[[], Blueprint]] = {
    plan.__name__: plan
    for plan in (
        online_kafka,
        online_queue,
        online_delivery,
        online_sftp,
        batch_kafka_serverless,
        batch_replication,
        online_grafana,
        online_datadog,
        batch_jenkins,
    )
} | SERVING_PLANS
"""The plans that only the long tests look at; with the others each option of the catalogue appears in one."""

ALL_PLANS = PLANS | MORE_PLANS

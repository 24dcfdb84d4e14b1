"""Which options bring which adapters of the generated code, and which packages those need."""

from libs.codegen.models import Blueprint

POSTGRES_STORES = ("aurora_postgres", "rds_postgres")
DYNAMODB_FEATURES = ("dynamodb_features", "dynamodb_global_features")
VALKEY_FEATURES = ("valkey_features", "valkey_serverless")
ONLINE_FEATURES = (*DYNAMODB_FEATURES, *VALKEY_FEATURES, "aurora_features", "sagemaker_feature_store")
MLFLOW = ("mlflow_fargate", "sagemaker_mlflow")
REGISTRIES = (*MLFLOW, "s3_manifest_registry", "sagemaker_registry", "weights_and_biases")
STREAM_CONSUMERS = ("ecs_stream_consumer", "lambda_stream_consumer")
STREAMS = (*STREAM_CONSUMERS, "managed_flink_scoring")
COLLECTED = (
    "ecs_ec2_gpu_service",
    "ecs_fargate_arm_service",
    "ecs_fargate_service",
    "ecs_fargate_two_regions",
    "eks_service",
)
"""Services whose `/metrics` a collector beside them brings to Prometheus."""
SPARK_SCORING = ("emr_serverless_scoring", "glue_scoring")

_POSTGRES = (*POSTGRES_STORES, "aurora_features")
_AWS = (
    *POSTGRES_STORES,
    "dynamodb_store",
    "redshift_serverless",
    "s3_iceberg",
    *ONLINE_FEATURES,
    "s3_manifest_registry",
    "sagemaker_mlflow",
    "sagemaker_registry",
    "weights_and_biases",
    *STREAMS,
)

_SRC = "src/__package__"
_UNIT = "tests/unit"
ADAPTER_FILES: dict[str, tuple[str, ...]] = {
    f"{_SRC}/aws/*": _AWS,
    f"{_SRC}/aws/postgres.py": _POSTGRES,
    f"{_SRC}/aws/dynamodb.py": ("dynamodb_store", *DYNAMODB_FEATURES),
    f"{_SRC}/aws/parallel.py": ("dynamodb_store", *DYNAMODB_FEATURES, "sagemaker_feature_store"),
    f"{_UNIT}/test_dynamodb.py.jinja": ("dynamodb_store", *DYNAMODB_FEATURES),
    f"{_SRC}/stores/postgres.py": POSTGRES_STORES,
    f"{_SRC}/stores/dynamodb.py": ("dynamodb_store",),
    f"{_SRC}/stores/redshift.py": ("redshift_serverless",),
    f"{_SRC}/stores/athena.py": ("s3_iceberg",),
    f"{_SRC}/stores/iceberg.py": ("s3_iceberg",),
    f"{_UNIT}/test_store_redshift.py.jinja": ("redshift_serverless",),
    f"{_UNIT}/test_store_iceberg.py.jinja": ("s3_iceberg",),
    f"{_SRC}/online_features/dynamodb.py": DYNAMODB_FEATURES,
    f"{_SRC}/online_features/valkey*": VALKEY_FEATURES,
    f"{_SRC}/online_features/postgres.py": ("aurora_features",),
    f"{_SRC}/online_features/feature_group.py": ("sagemaker_feature_store",),
    f"{_SRC}/online_features/arriving.py": ("managed_flink_features",),
    f"{_UNIT}/test_features_arriving.py.jinja": ("managed_flink_features",),
    f"{_UNIT}/test_features_valkey.py.jinja": VALKEY_FEATURES,
    f"{_UNIT}/test_feature_group.py.jinja": ("sagemaker_feature_store",),
    f"{_SRC}/registry/sagemaker.py": ("sagemaker_registry",),
    f"{_SRC}/registry/manifests.py": ("s3_manifest_registry",),
    f"{_SRC}/registry/mlflow.py": MLFLOW,
    f"{_SRC}/registry/sagemaker_mlflow.py": ("sagemaker_mlflow",),
    f"{_SRC}/registry/weights_and_biases.py": ("weights_and_biases",),
    f"{_UNIT}/test_registry_mlflow.py.jinja": MLFLOW,
    f"{_UNIT}/test_registry_weights_and_biases.py.jinja": ("weights_and_biases",),
    f"{_SRC}/stream/*": STREAMS,
    f"{_SRC}/stream/consumer.py": ("ecs_stream_consumer",),
    f"{_SRC}/stream/lag.py": ("ecs_stream_consumer",),
    f"{_SRC}/stream/leases.py": ("ecs_stream_consumer",),
    f"{_SRC}/stream/current.py": ("managed_flink_scoring",),
    f"{_SRC}/stream/sending.py": ("managed_flink_scoring",),
    f"{_UNIT}/test_stream_sending.py.jinja": ("managed_flink_scoring",),
    f"{_UNIT}/test_stream_current.py.jinja": ("managed_flink_scoring",),
    f"{_SRC}/stream/lambda_*": ("lambda_stream_consumer",),
    f"{_SRC}/stream/outputs.py": STREAM_CONSUMERS,
    "tests/integration/test_stream_scoring.py.jinja": STREAMS,
    f"{_UNIT}/test_stream_lambda.py.jinja": ("lambda_stream_consumer",),
    f"{_SRC}/jobs/changes.py": ("dms_replication",),
    f"{_UNIT}/test_changes.py.jinja": ("dms_replication",),
    "pipelines/spark/process.py.jinja": ("emr_serverless", "glue_job"),
    f"{_SRC}/jobs/transform.py": ("sagemaker_batch_transform",),
    "tests/integration/test_transform.py.jinja": ("sagemaker_batch_transform",),
    f"{_SRC}/model/archived.py": SPARK_SCORING,
    "pipelines/spark/score.py.jinja": SPARK_SCORING,
    "docker/spark.Dockerfile.jinja": ("emr_serverless_scoring",),
    "pipelines/sql/*": ("athena_sql",),
    "pipelines/flink/features.py.jinja": ("managed_flink_features",),
    "pipelines/flink/score.py.jinja": ("managed_flink_scoring",),
}
"""Pattern of the template path below `ml_repo` to the options that need the file; what is not named is always there."""

HTTP_BATCH = ("sagemaker_batch_transform",)
"""Options that score batches through the HTTP service."""

_PACKAGES: dict[str, tuple[str, ...]] = {
    "awslambdaric": ("lambda_stream_consumer",),
    "boto3": (*_AWS, "sqs_queue"),
    "psycopg": _POSTGRES,
    "valkey": VALKEY_FEATURES,
    # Held below 0.29: later versions bring packages of their own telemetry.
    "wandb": ("weights_and_biases",),
}
_HTTP = ("fastapi", "prometheus-client", "uvicorn")
_READING = frozenset({"pypdf"})
"""What only systems that answer from documents import."""
_LEARNING = frozenset(
    {"awslambdaric", "joblib", "lightgbm", "optuna", "pandas", "python-calamine", "skops", "wandb"}
)
"""What only systems that learn from a table import."""
_RAG_PACKAGES: dict[str, tuple[str, ...]] = {
    "psycopg": ("aurora_pgvector", "aurora_pgvector_provisioned", "rds_pgvector"),
    "valkey": ("valkey_vectors",),
}


def packages_left_out(bp: Blueprint) -> frozenset[str]:
    """Requirements of the master list that nothing in the plan's repository imports."""
    chosen = {component.option for component in bp.components.values()}
    if bp.workload == "rag":
        return _LEARNING | {name for name, options in _RAG_PACKAGES.items() if chosen.isdisjoint(options)}
    left_out = {name for name, options in _PACKAGES.items() if chosen.isdisjoint(options)} | _READING
    if not serves_http(bp):
        left_out.update(_HTTP)
        if chosen.isdisjoint(MLFLOW):
            left_out.add("httpx")
    return frozenset(left_out)


def serves_http(bp: Blueprint) -> bool:
    """Whether the repository has the HTTP service."""
    return bp.archetype == "online_api" or bp.option("serve") in HTTP_BATCH

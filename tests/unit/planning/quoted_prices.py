"""Unit prices as their sources quote them, arithmetic over them that shares nothing with the product, and briefs."""

from typing import Any, cast

from libs.intake.models import FieldName
from libs.planning.models import Slot

# Quoted prices of us-east-1, USD, on demand.
# AWS Price List API, 2026-10-01:
FARGATE_VCPU, FARGATE_GB = 0.04048, 0.004445  # an hour
S3, S3_ABOVE_50_TB, PUT, GET = 0.023, 0.022, 0.005, 0.0004  # GB-month; thousand requests
LOG_GB, LOG_GB_MONTH, ALARM = 0.50, 0.03, 0.10  # the first 5 GB and 10 alarms are free
ALB_HOUR, LCU_HOUR, IMAGE_GB = 0.0225, 0.008, 0.10
LAMBDA_MILLION = 0.20
EKS_HOUR = 0.10
SHARD_HOUR, MILLION_PUTS = 0.015, 0.014
FAN_OUT_SHARD_HOUR = 0.015
GLUE_DPU = 0.44  # an hour
FAN_OUT_GB = 0.013  # c3x.dev, aws_kinesis_stream
# AWS pricing pages as quoted in September and October 2026:
METRIC = 0.30  # the first 10 are free; CloudWatch
OUT, OUT_ABOVE_10_TB, OUT_ABOVE_50_TB = 0.09, 0.085, 0.07  # GB to the internet, the first 100 GB are free
ADDRESS_HOUR = 0.005  # public IPv4
WARM_GB_SECOND, WARM_RUN_GB_SECOND = 4.1667e-6, 9.7222e-6  # Lambda, provisioned concurrency and its execution
G4DN_XLARGE, ENDPOINT_GB, ENDPOINT_VOLUME_GB = 0.7364, 0.02, 0.14  # SageMaker real-time inference
FIREHOSE_GB = 0.029
PARQUET_SHARE = 0.021 / 0.035  # conversion over delivery, both quoted for London
VALKEY_SERVERLESS_GB_HOUR, VALKEY_MILLION_ECPU = 0.084, 0.0023
VALKEY_R7G_LARGE = 0.219 * 0.8  # Valkey is a fifth below Redis OSS
# AWS Labs' fmbench price file, 2025-02-03:
ML_C5_XLARGE, ML_G5_XLARGE = 0.204, 1.4084
# karpenter-provider-aws price table, 2026-07-20:
M6I_LARGE, G6_XLARGE = 0.096, 0.8048
# infracost golden files, 2024-07-01:
NAT_HOUR, NAT_GB, GP3_GB, HTTP_MILLION, TRAIL_100K = 0.045, 0.045, 0.08, 1.00, 0.10
# litellm price map 1.109.1, USD for a million tokens:
NOVA_LITE_IN, NOVA_LITE_OUT, NOVA_PRO_IN, NOVA_PRO_OUT, TITAN_EMBED = 0.06, 0.24, 0.80, 3.20, 0.02
# GitHub Docs, 2026-01-01:
CI_MINUTE = 0.006
# Price level of sa-east-1 over us-east-1, region index of the price collection:
SAO_PAULO = 1.593

HOURS, DAYS, WEEKS = 730, 30.4, 4.35
"""Of a month."""


Bill = dict[Slot, float]


def month(average_rps: float) -> float:
    """Requests a month."""
    return average_rps * 86_400 * DAYS


def fargate(vcpu: float, gb: float, hours: float) -> float:
    return hours * (vcpu * FARGATE_VCPU + gb * FARGATE_GB)


def data_out(gb: float) -> float:
    """100 GB are free and lie in the first tier, which ends at 10 TB; the second ends at 50 TB."""
    first = max(0.0, min(gb, 10_240) - 100)
    second = max(0.0, min(gb, 51_200) - 10_240)
    third = max(0.0, gb - 51_200)
    return first * OUT + second * OUT_ABOVE_10_TB + third * OUT_ABOVE_50_TB


def lake(gb: float) -> float:
    """Storage with its tier at 50 TB."""
    return min(gb, 51_200) * S3 + max(0.0, gb - 51_200) * S3_ABOVE_50_TB


def logged(rows_day: float) -> float:
    """GB of half a KB each of at most two million rows a day, in a month."""
    return min(rows_day, 2e6) * DAYS * 0.5e-6


def balancer(average_rps: float) -> float:
    """One load balancer; a capacity unit is 1 GB an hour, a request and its answer are 1.5 KB."""
    return HOURS * (ALB_HOUR + average_rps * 3600 * 1.5e-6 * LCU_HOUR)


def prepared(gb: float) -> float:
    """One task reads 20 GB an hour after 6 minutes; it has 7 GB of memory for each GB of its table and half of one."""
    sizes = ((1, 4), (1, 8), (2, 16), (4, 30), (8, 60), (16, 120))
    vcpu, memory = next((size for size in sizes if size[1] >= 0.5 + 7 * gb), sizes[-1])
    return fargate(vcpu, memory, WEEKS * (0.1 + gb / 20))


def common(rows_day: float, *, batch: bool = False, zones_with_nat: int = 1, gb: float = 10) -> Bill:
    """What the plain options cost beside serving: weekly training, rows and data kept 90 days."""
    taken_in = 1 + logged(rows_day)
    metrics, alarms = (15, 6) if batch else (40, 12)
    training = 1 + 0.6 * min(gb, 2)  # vCPU hours of a run; five folds, three at a time, take 2.5 times less
    return {
        "ingest": gb * 0.1 * 90 / DAYS * S3 + (1 + gb / 1000) * PUT + 0.001,  # a tenth is new each month
        "store": lake(gb + min(rows_day, 2e6) * 90 * 0.5e-6) + WEEKS * (0.1 + gb / 100) * GET,
        "process": prepared(gb),
        "features": gb / 2 * S3,
        "orchestrate": 0.0,  # fewer than 4,000 transitions are free
        "train": fargate(8, 32, WEEKS * training / 2.5),
        "registry": 2 * S3,
        "observe": max(0.0, taken_in - 5) * LOG_GB + (metrics - 10) * METRIC + max(0, alarms - 10) * ALARM,
        "cicd": 600 * CI_MINUTE,
        "network": zones_with_nat * HOURS * (NAT_HOUR + ADDRESS_HOUR) + (20 + taken_in) * NAT_GB,
        "security": (1 + gb * WEEKS * 10 / 100_000) * TRAIL_100K,
    }


Fields = dict[FieldName, Any]
PLAIN: dict[Slot, str] = {
    "ingest": "s3_landing",
    "store": "s3_lake",
    "process": "fargate_processing",
    "features": "offline_parquet",
    "orchestrate": "step_functions",
    "train": "fargate_training",
    "registry": "sagemaker_registry",
    "observe": "cloudwatch",
    "cicd": "github_actions",
    "network": "private_nat",
    "security": "aws_managed_keys",
}


def online(peak_rps: float, **more: Any) -> Fields:
    fields: Fields = {
        "ml_task": "classification",
        "workloads": ["online_inference"],
        "throughput_rps": peak_rps,
    }
    return fields | cast("Fields", more)


def nightly(rows: float, **more: Any) -> Fields:
    fields: Fields = {
        "ml_task": "classification",
        "workloads": ["batch_inference"],
        "predictions_per_day": rows,
    }
    return fields | cast("Fields", more)


HANDBOOK: Fields = {
    "ml_task": "llm_rag",
    "workloads": ["online_inference"],
    "predictions_per_day": 5000,
    "latency_ms_p95": 5000,
    "data_volume_gb": 40,
}

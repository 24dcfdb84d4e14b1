"""Sizing of what carries, keeps and prepares data."""

import math

from libs.planning import demand
from libs.planning.models import Requirements
from libs.planning.sized import FARGATE_TASKS, Size, Unfit, rounded

PROCESSED_GB_PER_VCPU_HOUR = 20.0
PROCESSED_GB_PER_DPU_HOUR = 60.0
LONGEST_RUN_HOURS = 6.0
FEATURE_WRITES_SHARE = 0.1
FEATURE_STORAGE_GB = 5.0
VALKEY_NODES: tuple[tuple[str, float, float], ...] = (
    ("cache.t4g.small", 5_000, 1.3),
    ("cache.t4g.medium", 15_000, 3.0),
    ("cache.m7g.large", 60_000, 6.3),
    ("cache.m7g.xlarge", 120_000, 12.9),
    ("cache.m7g.2xlarge", 250_000, 26.0),
    ("cache.m7g.4xlarge", 500_000, 52.0),
)
"""Node type, reads per second planned with, usable memory in GB."""
RDS_CLASSES: tuple[tuple[str, float], ...] = (
    ("db.t4g.medium", 50),
    ("db.m7g.large", 250),
    ("db.m7g.xlarge", 1000),
)
"""Instance class and the data volume in GB up to which it is planned."""


def s3_landing(needs: Requirements) -> tuple[Size, ...] | Unfit:
    """A bucket grows by itself; only the retention is chosen."""
    return ({"retention_days": demand.retention_days(needs)},)


def kinesis_stream(needs: Requirements) -> tuple[Size, ...] | Unfit:
    """A shard takes 1,000 records or 1 MB a second."""
    peak = needs.throughput_rps
    shards = max(1, math.ceil(peak / 1000), math.ceil(peak * demand.REQUEST_KB / 1000))
    provisioned: Size = {"mode": "provisioned", "shards": shards, "retention_hours": 24}
    return (provisioned, {"mode": "on_demand", "shards": shards, "retention_hours": 24})


def s3_lake(needs: Requirements) -> tuple[Size, ...] | Unfit:
    """The data and the predictions that are kept."""
    gb = rounded(demand.stored_gb(needs))
    return ({"storage_gb": gb, "retention_days": demand.retention_days(needs)},)


def rds_postgres(needs: Requirements) -> tuple[Size, ...] | Unfit:
    """A database instance up to one terabyte."""
    gb = math.ceil(max(20.0, demand.stored_gb(needs) * 1.3))
    for name, limit in RDS_CLASSES:
        if demand.stored_gb(needs) <= limit:
            return ({"instance_class": name, "storage_gb": gb, "multi_az": demand.zones(needs) > 1},)
    return Unfit(
        field="data_volume_gb",
        reason=f"{demand.stored_gb(needs):,.0f} GB are more than the terabyte a database is planned for",
    )


def fargate_processing(needs: Requirements) -> tuple[Size, ...] | Unfit:
    """The smallest task that is through with the data in time."""
    for vcpu, memory in FARGATE_TASKS:
        hours = 0.1 + needs.data_volume_gb / (PROCESSED_GB_PER_VCPU_HOUR * vcpu)
        if hours <= LONGEST_RUN_HOURS:
            return (
                {
                    "vcpu": vcpu,
                    "memory_gb": memory,
                    "hours_per_run": rounded(hours),
                    "runs_per_month": rounded(demand.trainings_month(needs)),
                },
            )
    return Unfit(
        field="data_volume_gb",
        reason=f"{needs.data_volume_gb:,.0f} GB a run take more than {LONGEST_RUN_HOURS:g} h on the largest task",
    )


def glue_job(needs: Requirements) -> tuple[Size, ...] | Unfit:
    """Spark workers, at least two; more when one run would take too long."""
    dpu = max(2, math.ceil(needs.data_volume_gb / (PROCESSED_GB_PER_DPU_HOUR * 2)))
    hours = 0.15 + needs.data_volume_gb / (PROCESSED_GB_PER_DPU_HOUR * dpu)
    return (
        {
            "dpu": dpu,
            "hours_per_run": rounded(hours),
            "runs_per_month": rounded(demand.trainings_month(needs)),
        },
    )


def offline_parquet(needs: Requirements) -> tuple[Size, ...] | Unfit:
    """Feature files: about half of the data volume."""
    return ({"storage_gb": rounded(needs.data_volume_gb * 0.5)},)


def dynamodb_features(needs: Requirements) -> tuple[Size, ...] | Unfit:
    """One read a prediction, written on demand."""
    return (
        {
            "read_rps": rounded(needs.throughput_rps),
            "write_rps": rounded(needs.throughput_rps * FEATURE_WRITES_SHARE),
            "storage_gb": FEATURE_STORAGE_GB,
        },
    )


def valkey_features(needs: Requirements) -> tuple[Size, ...] | Unfit:
    """The smallest node that carries the reads; a replica in another zone above 99 %."""
    for name, reads, memory in VALKEY_NODES:
        if needs.throughput_rps <= reads and memory >= FEATURE_STORAGE_GB * 0.25:
            counts = (min(replicas, 2) for replicas in demand.replica_floors(needs))
            return tuple({"node_type": name, "nodes": nodes} for nodes in counts)
    return Unfit(
        field="throughput_rps",
        reason=f"{needs.throughput_rps:,.0f} reads a second are more than the largest priced node is planned for",
    )

"""Monthly use of what carries, keeps and prepares data, and of tasks that run and end."""

from libs.planning import demand
from libs.planning.consumed import Use
from libs.planning.models import Requirements
from libs.planning.sized import Size

LANDED_SHARE = 0.1
"""Share of the data volume that arrives anew each month."""


def s3_landing(size: Size, needs: Requirements) -> tuple[Use, ...]:
    """New files kept for the retention time, and an event for each object."""
    months = float(size["retention_days"]) / demand.DAYS_MONTH
    gb = needs.data_volume_gb * LANDED_SHARE * min(months, 1 / LANDED_SHARE)
    objects = 1000 + needs.data_volume_gb * LANDED_SHARE * 10
    return (
        Use(
            "landing storage",
            "s3.gb_month",
            gb,
            f"{needs.data_volume_gb:g} GB x {LANDED_SHARE:g} new a month, {size['retention_days']} days",
        ),
        Use("object writes", "s3.thousand_puts", objects / 1000, f"{objects:,.0f} objects of about 100 MB"),
        Use("object events", "eventbridge.million_events", objects / 1e6, f"{objects:,.0f} notifications"),
    )


def kinesis_stream(size: Size, needs: Requirements) -> tuple[Use, ...]:
    """Shards by the hour, or data on demand."""
    million = demand.requests_month(needs) / 1e6
    gb = demand.requests_month(needs) * demand.REQUEST_KB / 1e6
    if size["mode"] == "on_demand":
        volume = f"{million:,.2f} M records x {demand.REQUEST_KB:g} KB"
        return (
            Use("stream hours", "kinesis.on_demand_hour", demand.HOURS_MONTH, "1 stream x 730 h"),
            Use("data in", "kinesis.on_demand_gb_in", gb, volume, elastic=True),
            Use("data out", "kinesis.on_demand_gb_out", gb, f"{volume}, one reader", elastic=True),
        )
    hours = float(size["shards"]) * demand.HOURS_MONTH
    return (
        Use("shard hours", "kinesis.shard_hour", hours, f"{size['shards']} shards x 730 h"),
        Use(
            "records", "kinesis.million_puts", million, f"{million:,.2f} M records up to 25 KB", elastic=True
        ),
    )


def s3_lake(size: Size, needs: Requirements) -> tuple[Use, ...]:
    """Storage, and the requests of the pipeline runs."""
    runs = demand.trainings_month(needs)
    gets = runs * (100 + needs.data_volume_gb * 10) / 1000
    return (
        Use("lake storage", "s3.gb_month", float(size["storage_gb"]), f"{size['storage_gb']} GB kept"),
        Use("object reads", "s3.thousand_gets", gets, f"{runs:g} runs x files of about 100 MB"),
        Use("catalog requests", "glue.catalog_million_requests", runs * 100 / 1e6, f"{runs:g} runs x 100"),
    )


def rds_postgres(size: Size, needs: Requirements) -> tuple[Use, ...]:
    """The instance by the hour and its storage."""
    zone = "multi" if size["multi_az"] else "single"
    name = size["instance_class"]
    return (
        Use("instance", f"rds.postgres.{name}.{zone}", demand.HOURS_MONTH, f"1 x {name} {zone}-AZ x 730 h"),
        Use(
            "storage",
            f"rds.postgres.gp3_gb_month.{zone}",
            float(size["storage_gb"]),
            f"{size['storage_gb']} GB gp3",
        ),
    )


def fargate_runs(size: Size, needs: Requirements) -> tuple[Use, ...]:
    """vCPU and memory hours of a task that runs some hours a month."""
    hours = float(size["hours_per_run"]) * float(size["runs_per_month"])
    runs = f"{size['runs_per_month']} runs x {size['hours_per_run']} h"
    return (
        Use("vCPU hours", "fargate.vcpu_hour", hours * float(size["vcpu"]), f"{size['vcpu']} vCPU x {runs}"),
        Use(
            "memory hours",
            "fargate.gb_hour",
            hours * float(size["memory_gb"]),
            f"{size['memory_gb']} GB x {runs}",
        ),
    )


def glue_job(size: Size, needs: Requirements) -> tuple[Use, ...]:
    """DPU hours."""
    hours = float(size["dpu"]) * float(size["hours_per_run"]) * float(size["runs_per_month"])
    text = f"{size['dpu']} DPU x {size['runs_per_month']} runs x {size['hours_per_run']} h"
    return (Use("DPU hours", "glue.dpu_hour", hours, text),)


def offline_parquet(size: Size, needs: Requirements) -> tuple[Use, ...]:
    """Feature files."""
    return (Use("feature files", "s3.gb_month", float(size["storage_gb"]), f"{size['storage_gb']} GB"),)


def dynamodb_features(size: Size, needs: Requirements) -> tuple[Use, ...]:
    """One read unit a prediction on average, writes in proportion."""
    million = demand.requests_month(needs) / 1e6
    share = float(size["write_rps"]) / max(float(size["read_rps"]), 1e-9)
    return (
        Use(
            "reads", "dynamodb.million_reads", million, f"{million:,.2f} M predictions x 1 unit", elastic=True
        ),
        Use(
            "writes",
            "dynamodb.million_writes",
            million * share,
            f"{million:,.2f} M x {share:.2g} writes a read",
            elastic=True,
        ),
        Use("storage", "dynamodb.gb_month", float(size["storage_gb"]), f"{size['storage_gb']} GB"),
    )


def valkey_features(size: Size, needs: Requirements) -> tuple[Use, ...]:
    """Nodes by the hour."""
    hours = float(size["nodes"]) * demand.HOURS_MONTH
    text = f"{size['nodes']} x {size['node_type']} x 730 h"
    return (Use("nodes", f"valkey.{size['node_type']}.hour", hours, text),)

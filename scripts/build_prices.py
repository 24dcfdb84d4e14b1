"""Builds the price snapshot shipped with the product from an assembled AWS price file.

python scripts/build_prices.py PRICE_FILE.json.gz [--out libs/planning/prices/snapshot.json]
"""

import argparse
import gzip
import json
from pathlib import Path
from typing import Any

import yaml

PRICES_DIR = Path(__file__).resolve().parents[1] / "libs" / "planning" / "prices"

SKUS: dict[str, tuple[str, str]] = {
    "fargate.vcpu_hour": ("AmazonECS-Fargate", "Fargate Linux/x86 vCPU"),
    "fargate.gb_hour": ("AmazonECS-Fargate", "Fargate Linux/x86 memory"),
    "alb.hour": ("AWSELB", "Application Load Balancer hour"),
    "alb.lcu_hour": ("AWSELB", "Application Load Balancer LCU-hour"),
    "lambda.million_requests": ("AWSLambda", "requests"),
    "lambda.gb_second": ("AWSLambda", "x86 duration, tier 1"),
    "lambda.provisioned_gb_second": ("AWSLambda", "provisioned concurrency x86"),
    "lambda.provisioned_duration_gb_second": ("AWSLambda", "duration under provisioned concurrency x86"),
    "apigateway.http_million_first": ("AmazonApiGateway", "aws_apigatewayv2_api: Requests (first 300M)"),
    "apigateway.http_million_next": ("AmazonApiGateway", "aws_apigatewayv2_api: Requests (over 300M)"),
    "s3.gb_month": ("AmazonS3", "aws_s3_bucket: Standard / Storage"),
    "s3.thousand_puts": ("AmazonS3", "aws_s3_bucket: Standard / PUT, COPY, POST, LIST requests"),
    "s3.thousand_gets": ("AmazonS3", "aws_s3_bucket: Standard / GET, SELECT, and all other requests"),
    "glue.dpu_hour": ("AWSGlue", "ETL job DPU-hour"),
    "glue.catalog_million_requests": ("AWSGlue", "aws_glue_catalog_database: Requests"),
    "kinesis.shard_hour": ("AmazonKinesis", "provisioned shard-hour"),
    "kinesis.million_puts": ("AmazonKinesis", "PUT payload units"),
    "kinesis.on_demand_hour": ("AmazonKinesis", "aws_kinesis_stream: ON_DEMAND"),
    "kinesis.on_demand_gb_in": ("AmazonKinesis", "aws_kinesis_stream: Data ingested"),
    "kinesis.on_demand_gb_out": ("AmazonKinesis", "aws_kinesis_stream: Data retrieval"),
    "dynamodb.million_reads": ("AmazonDynamoDB", "on-demand read request units"),
    "dynamodb.million_writes": ("AmazonDynamoDB", "on-demand write request units"),
    "dynamodb.gb_month": ("AmazonDynamoDB", "storage beyond 25 GB"),
    "step_functions.thousand_transitions": ("AmazonStates", "standard workflow transitions"),
    "eventbridge.million_events": ("AWSEvents", "custom events"),
    "cloudwatch.logs_gb": ("AmazonCloudWatch", "custom logs ingested, Standard class"),
    "cloudwatch.alarm_month": ("AmazonCloudWatch", "standard resolution alarm"),
    "cloudwatch.dashboard_month": ("AmazonCloudWatch", "aws_cloudwatch_dashboard: Dashboard"),
    "grafana.editor_month": ("AmazonGrafana", "aws_grafana_workspace: Editor/administrator licenses"),
    "nat.hour": ("AmazonVPC-NAT", "aws_nat_gateway: NAT gateway"),
    "nat.gb": ("AmazonVPC-NAT", "aws_nat_gateway: Data processed"),
    "endpoint.hour": ("AmazonVPC", "aws_vpc_endpoint: Endpoint (Interface)"),
    "endpoint.gb": ("AmazonVPC", "aws_vpc_endpoint: Data processed (first 1PB)"),
    "kms.key_month": ("awskms", "aws_kms_key: Customer master key"),
    "kms.ten_thousand_requests": ("awskms", "aws_kms_key: Requests"),
    "cloudtrail.hundred_thousand_events": ("AWSCloudTrail", "aws_cloudtrail: Data events"),
    "ecr.gb_month": ("AmazonECR", "image storage"),
    "secrets.secret_month": ("AWSSecretsManager", "secret"),
    "sagemaker.endpoint_gb": ("AmazonSageMaker", "Endpoint data in or out"),
    "sagemaker.volume_gb_month": ("AmazonSageMaker", "Endpoint ML storage"),
    "transfer.gb_out": (
        "AWSDataTransfer",
        "aws_data_transfer: Outbound data transfer to Internet (first 10TB)",
    ),
    "rds.postgres.gp3_gb_month.single": ("AmazonRDS", "gp3 storage Single-AZ PostgreSQL"),
    "rds.postgres.gp3_gb_month.multi": ("AmazonRDS", "gp3 storage Multi-AZ PostgreSQL"),
}
RDS_CLASSES = ("db.t4g.medium", "db.m7g.large", "db.m7g.xlarge")
VALKEY_NODES = (
    "cache.t4g.small",
    "cache.t4g.medium",
    "cache.m7g.large",
    "cache.m7g.xlarge",
    "cache.m7g.2xlarge",
    "cache.m7g.4xlarge",
)
SAGEMAKER_TYPES = (
    "ml.m5.xlarge",
    "ml.m5.2xlarge",
    "ml.c5.xlarge",
    "ml.c5.2xlarge",
    "ml.c5.4xlarge",
    "ml.g4dn.xlarge",
    "ml.g4dn.2xlarge",
    "ml.g4dn.12xlarge",
    "ml.g5.xlarge",
    "ml.g5.2xlarge",
)


def sku_table() -> dict[str, tuple[str, str]]:
    """Every key of the snapshot with the service and sku that it is read from."""
    table = dict(SKUS)
    for name in RDS_CLASSES:
        table[f"rds.postgres.{name}.single"] = ("AmazonRDS", f"PostgreSQL {name} Single-AZ")
        table[f"rds.postgres.{name}.multi"] = ("AmazonRDS", f"PostgreSQL {name} Multi-AZ")
    for name in VALKEY_NODES:
        table[f"valkey.{name}.hour"] = ("AmazonElastiCache", f"Valkey {name}")
    for name in SAGEMAKER_TYPES:
        table[f"sagemaker.hosting.{name}.hour"] = ("AmazonSageMaker", f"Hosting {name}")
        table[f"sagemaker.training.{name}.hour"] = ("AmazonSageMaker", f"Training {name}")
    return table


def snapshot(assembled: dict[str, Any], quoted: list[dict[str, Any]]) -> dict[str, Any]:
    """The compact snapshot: one figure a key and region, exact ones before derived ones."""
    wanted = {pair: key for key, pair in sku_table().items()}
    best: dict[tuple[str, str], dict[str, Any]] = {}
    for record in assembled["records"]:
        key = wanted.get((record["service"], record["sku"]))
        if key is None:
            continue
        _keep_better(best, _row(key, record))
    for row in [row for row in best.values() if row["key"].startswith("sagemaker.hosting.")]:
        training = {
            **row,
            "key": row["key"].replace(".hosting.", ".training."),
            "method": "derived",
            "source": f"{row['source']}; hosting price, equal to training for the types seen on a bill",
        }
        best.setdefault((training["key"], training["region"]), training)
    for row in quoted:
        _keep_better(best, {**row, "source_date": str(row["source_date"])})
    index = {k: v for k, v in assembled["region_index"].items() if k != "about"}
    return {
        "schema": "planning-prices/1",
        "as_of": assembled["assembled"],
        "region_index": dict(sorted(index.items())),
        "prices": [best[pair] for pair in sorted(best)],
    }


def _row(key: str, record: dict[str, Any]) -> dict[str, Any]:
    return {
        "key": key,
        "region": record["region"],
        "unit": record["unit"],
        "usd": record["usd"],
        "source": record["source"],
        "source_date": record["source_date"],
        "method": record["method"],
    }


def _keep_better(best: dict[tuple[str, str], dict[str, Any]], row: dict[str, Any]) -> None:
    pair = (row["key"], row["region"])
    held = best.get(pair)
    if held is None or _rank(row) > _rank(held):
        best[pair] = row


def _rank(row: dict[str, Any]) -> tuple[bool, str]:
    return (row["method"] == "exact", str(row["source_date"]))


def main() -> None:
    """Reads the assembled file and writes the snapshot."""
    parser = argparse.ArgumentParser(description="Build the price snapshot of the product.")
    parser.add_argument("prices", type=Path, help="assembled price file (json.gz)")
    parser.add_argument("--out", type=Path, default=PRICES_DIR / "snapshot.json")
    arguments = parser.parse_args()
    with gzip.open(arguments.prices, "rt", encoding="utf-8") as stream:
        assembled = json.load(stream)
    quoted = yaml.safe_load((PRICES_DIR / "quoted.yaml").read_text(encoding="utf-8"))
    result = snapshot(assembled, quoted)
    missing = sorted(set(sku_table()) - {row["key"] for row in result["prices"]})
    head = json.dumps({k: v for k, v in result.items() if k != "prices"}, indent=1)[:-2]
    rows = ",\n".join("  " + json.dumps(row, ensure_ascii=False) for row in result["prices"])
    arguments.out.write_text(f'{head},\n "prices": [\n{rows}\n ]\n}}\n', encoding="utf-8")
    print(f"{len(result['prices'])} prices written to {arguments.out}; without a figure: {missing}")


if __name__ == "__main__":
    main()

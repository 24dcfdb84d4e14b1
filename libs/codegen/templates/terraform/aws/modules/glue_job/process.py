"""Brings the raw tables below training/ and scoring/ into one de-duplicated Parquet table each."""

import sys
from functools import reduce
from urllib.parse import urlparse

import boto3
from awsglue.context import GlueContext
from awsglue.utils import getResolvedOptions
from pyspark.context import SparkContext
from pyspark.sql import DataFrame, SparkSession


def find_files(folder: str, suffix: str) -> list[str]:
    """Addresses of the files below a folder, sorted."""
    place = urlparse(folder)
    listing = boto3.client("s3").get_paginator("list_objects_v2")
    pages = listing.paginate(Bucket=place.netloc, Prefix=place.path.lstrip("/"))
    keys = (item["Key"] for page in pages for item in page.get("Contents", ()))
    return sorted(f"s3://{place.netloc}/{key}" for key in keys if key.lower().endswith(suffix))


def read_raw(spark: SparkSession, folder: str) -> DataFrame | None:
    """Every CSV and Parquet table as text, or None; later stages apply the contract's types."""
    parts = [spark.read.csv(path, header=True) for path in find_files(folder, ".csv")]
    for path in find_files(folder, ".parquet"):
        table = spark.read.parquet(path)
        parts.append(table.select([table[name].cast("string") for name in table.columns]))
    return reduce(lambda a, b: a.unionByName(b, allowMissingColumns=True), parts) if parts else None


def main() -> None:
    """Reads, drops exact duplicates, writes one file for each purpose."""
    arguments = getResolvedOptions(sys.argv, ["source", "target"])
    spark = GlueContext(SparkContext.getOrCreate()).spark_session
    counts: dict[str, int] = {}
    for purpose in ("training", "scoring"):
        rows = read_raw(spark, f"{arguments['source']}{purpose}/")
        if rows is not None:
            distinct = rows.dropDuplicates().cache()
            counts[purpose] = distinct.count()
            # The stages that follow read one table, so this is where the parts come together.
            distinct.coalesce(1).write.mode("overwrite").parquet(f"{arguments['target']}{purpose}/")
    if not any(counts.values()):
        raise SystemExit(f"There is no row below {arguments['source']}training/ or scoring/.")
    print(counts)


if __name__ == "__main__":
    main()

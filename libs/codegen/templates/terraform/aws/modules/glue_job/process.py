"""Turns raw CSV or JSON files of the landing bucket into typed, de-duplicated Parquet."""

import sys

from awsglue.context import GlueContext
from awsglue.utils import getResolvedOptions
from pyspark.context import SparkContext
from pyspark.sql import DataFrame, SparkSession


def read_raw(spark: SparkSession, source: str) -> DataFrame:
    """The raw files: JSON lines below `events/` when a stream delivers, else CSV with a header."""
    if source.rstrip("/").endswith("events"):
        return spark.read.option("recursiveFileLookup", "true").json(source)
    return spark.read.option("recursiveFileLookup", "true").csv(source, header=True, inferSchema=True)


def main() -> None:
    """Reads, drops exact duplicates, writes."""
    arguments = getResolvedOptions(sys.argv, ["source", "target"])
    spark = GlueContext(SparkContext.getOrCreate()).spark_session
    rows = read_raw(spark, arguments["source"]).dropDuplicates()
    rows.write.mode("overwrite").parquet(arguments["target"])


if __name__ == "__main__":
    main()

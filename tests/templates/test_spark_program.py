"""The Spark program that prepares data, with stand-ins for Spark."""

import ast
import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.templates.test_data_flow import tree


@pytest.fixture
def spark_script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., ModuleType]:
    """Imports the Spark program of a plan where Spark is not installed."""
    for name in ("pyspark", "pyspark.errors", "pyspark.sql"):
        monkeypatch.setitem(sys.modules, name, StandIn(name))

    def load(**options: str) -> ModuleType:
        path = tmp_path / "process.py"
        path.write_text(tree(**options)["pipelines/spark/process.py"])
        spec = importlib.util.spec_from_file_location("spark_process", path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    return load


class StandIn(ModuleType):
    """Gives anything that is asked of it, also when called; it is not joined by `|`, as no class is in Python 3.9."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Exception if name.endswith("Exception") else StandIn(name)

    def __call__(self, *_: object, **__: object) -> Any:
        return StandIn("called")


class TestSparkProgram:
    @pytest.mark.parametrize("ingest", ["s3_landing", "dms_replication"])
    def test_is_written_for_the_python_of_emr(
        self, ingest: str, spark_script: Callable[..., ModuleType]
    ) -> None:
        options = {"process": "emr_serverless", "ingest": ingest}
        ast.parse(tree(**options)["pipelines/spark/process.py"], feature_version=(3, 9))
        assert spark_script(**options).main

    def test_arguments_that_glue_adds_are_left_alone(
        self, spark_script: Callable[..., ModuleType], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        program = spark_script(process="glue_job")
        read: list[str] = []
        written: list[str] = []
        monkeypatch.setattr(program, "read_raw", lambda _spark, folder, **_: read.append(folder))
        monkeypatch.setattr(program, "write", lambda _parts, folder: written.append(folder) or 1)
        given = [
            "--JOB_ID",
            "j_1",
            "--source",
            "s3://landing/",
            "--TempDir",
            "s3://t/",
            "--target",
            "s3://curated/",
        ]
        monkeypatch.setattr(sys, "argv", ["process.py", *given, "--enable-metrics", "true"])
        program.main()
        assert read == [f"s3://landing/{name}/" for name in ("training", "scoring", "events", "labels")]
        assert written == ["s3://curated/training/", "s3://curated/scoring/"]

    def test_scoring_on_glue_leaves_them_alone_as_well(self) -> None:
        program = tree(serve="glue_scoring")["pipelines/spark/score.py"]
        assert "parser.parse_known_args()" in program
        assert "parse_args()" not in program

    def test_files_of_a_writer_are_read_at_once(self, spark_script: Callable[..., ModuleType]) -> None:
        batches = spark_script(process="glue_job").batches
        assert batches(
            ["a/1.csv", "a/2.csv", "a/dt=1/1.parquet", "a/dt=1/2.parquet", "b.jsonl", "c/d.json.gz"]
        ) == [
            ("csv", ["a/1.csv"]),
            ("csv", ["a/2.csv"]),
            ("parquet", ["a/dt=1/1.parquet", "a/dt=1/2.parquet"]),
            ("json", ["b.jsonl", "c/d.json.gz"]),
        ]

    def test_replicated_tables_are_read_by_table(
        self, spark_script: Callable[..., ModuleType], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        program = spark_script(process="glue_job", ingest="dms_replication")
        found = [
            f"s3://landing/{name}"
            for name in ("current/a/x/1/p.parquet", "events/a/x/1.parquet", "events/a/y/2026/2.parquet")
        ]
        read: list[list[str]] = []
        monkeypatch.setattr(
            program, "find_files", lambda _, folder: [path for path in found if path.startswith(folder)]
        )
        monkeypatch.setattr(program, "read_files", lambda _spark, paths, placed: read.append(paths))
        assert program.current_rows(None, "s3://landing") is None
        assert read == [found[:2], found[2:]]

    def test_rows_of_replicated_tables_outlast_the_files_that_brought_them(
        self, spark_script: Callable[..., ModuleType], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        program = spark_script(process="glue_job", ingest="dms_replication")
        written: list[str] = []
        table = ChangedTable([*program.NEEDED, *program.KEYS], written)
        files = ["s3://landing/events/a/x/1.parquet"]
        monkeypatch.setattr(
            program, "find_files", lambda _, folder: [path for path in files if path.startswith(folder)]
        )
        monkeypatch.setattr(program, "read_files", lambda _spark, _paths, placed: table)
        monkeypatch.setattr(program, "latest", lambda changes: changes)
        assert program.current_rows(None, "s3://landing") is table
        (place,) = written
        assert place.startswith("s3://landing/current/a/x/")
        files.append(f"{place}part-0.parquet")
        program.current_rows(None, "s3://landing")
        assert written == [place]


class ChangedTable:
    """A table of changes that remembers where it was written."""

    def __init__(self, columns: list[str], written: list[str]) -> None:
        self.columns = columns
        self.parquet = written.append
        self.write = self

    def drop(self, *_: str) -> "ChangedTable":
        return self

    def mode(self, _: str) -> "ChangedTable":
        return self

    def test_rows_are_told_apart_by_identifiers_and_time(
        self, spark_script: Callable[..., ModuleType], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        program = spark_script(process="glue_job")
        assert (program.KEYS, program.TIME) == (["transaction_id"], "event_time")
        assert list(program.KEYED.values()) == program.KEYS
        table = StandIn("table")
        monkeypatch.setattr(program, "KEYS", [])
        assert program.distinct(table) is table

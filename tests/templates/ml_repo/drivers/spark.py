"""The Spark program that scores, with a stand-in for Spark that keeps partitions as frames of pandas.

As in Spark, what runs on partitions goes to another process as cloudpickle writes it.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import runpy
import subprocess
import sys
import tempfile
import types
from pathlib import Path
from typing import Any

import cloudpickle
import pandas as pd
from fraud_api.data.contract import DataContract
from fraud_api.model.store import upload_version, use_version
from fraud_api.monitoring.baseline import PREDICTION

FILES = "SPARK_FILES"


class Frame:
    """Rows in partitions."""

    def __init__(self, parts: list[pd.DataFrame]) -> None:
        self.parts = parts
        self.columns = list(parts[0].columns)
        self.write = self
        self.read = self

    def mapInPandas(self, function: Any, schema: str) -> Frame:
        names = [part.split("`")[1] if "`" in part else part.split()[0] for part in schema.split(", ")]
        done = [on_worker(function, part) for part in self.parts]
        assert all(list(part.columns) == names for part in done), (names, list(done[0].columns))
        return Frame(done)

    def withColumn(self, name: str, value: Any) -> Frame:
        return Frame([part.assign(**{name: value}) for part in self.parts])

    def select(self, name: str) -> Frame:
        return Frame([part[[name]] for part in self.parts])

    def distinct(self) -> Frame:
        return Frame([self.toPandas().drop_duplicates()])

    def collect(self) -> list[dict[str, Any]]:
        return self.toPandas().to_dict("records")

    def join(self, other: Frame, on: str, how: str) -> Frame:
        assert how == "left_anti"
        known = set(other.toPandas()[on])
        return Frame([part[~part[on].isin(known)] for part in self.parts])

    def cache(self) -> Frame:
        return self

    def count(self) -> int:
        return sum(len(part) for part in self.parts)

    def where(self, condition: Any) -> Frame:
        return Frame([part[condition(part)] for part in self.parts])

    def sample(self, fraction: float, seed: int) -> Frame:
        assert 0 < fraction <= 1
        return Frame([part.sample(frac=fraction, random_state=seed) for part in self.parts])

    def toPandas(self) -> pd.DataFrame:
        return pd.concat(self.parts, ignore_index=True)

    def mode(self, mode: str) -> Frame:
        assert mode == "overwrite"
        return self

    def parquet(self, folder: str) -> Any:
        place = Path(folder)
        place.mkdir(parents=True, exist_ok=True)
        for number, part in enumerate(self.parts):
            part.to_parquet(place / f"part-{number}.parquet")
        return None


class Session:
    """The names that the program uses of a session."""

    builder: Any

    def __init__(self) -> None:
        self.sparkContext = self
        self.read = self

    def appName(self, _name: str) -> Session:
        return self

    def getOrCreate(self) -> Session:
        return self

    def addFile(self, path: str) -> None:
        os.environ[FILES] = str(Path(path).parent)

    def get(self, name: str) -> str:
        return f"{os.environ[FILES]}/{name}"

    def createDataFrame(self, rows: list[tuple[str]], schema: str) -> Frame:
        name, kind = schema.split()
        assert kind == "string"
        return Frame([pd.DataFrame(rows, columns=[name])])

    def parquet(self, folder: str) -> Frame:
        return Frame([pd.read_parquet(path) for path in sorted(Path(folder).glob("*.parquet"))])


class Column:
    """A column by name, of which only `isNull` is asked."""

    def __init__(self, name: str) -> None:
        self.name = name

    def isNull(self) -> Any:
        return lambda frame: frame[self.name].isna()


def on_worker(function: Any, part: pd.DataFrame) -> pd.DataFrame:
    """The partition as another process has made it, in two batches."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "function").write_bytes(cloudpickle.dumps(function))
        part.to_parquet(place / "part.parquet")
        subprocess.run([sys.executable, __file__, "worker", folder], check=True)
        return pd.read_parquet(place / "done.parquet")


def work(place: Path) -> None:
    """What a worker does with a partition."""
    function = cloudpickle.loads((place / "function").read_bytes())
    part = pd.read_parquet(place / "part.parquet")
    pd.concat(list(function(iter([part.iloc[:50], part.iloc[50:]])))).to_parquet(place / "done.parquet")


def install() -> None:
    session = Session()
    Session.builder = session
    functions = types.SimpleNamespace(lit=lambda value: value, col=Column)
    pyspark = types.ModuleType("pyspark")
    vars(pyspark).update(SparkFiles=session)
    sql = types.ModuleType("pyspark.sql")
    vars(sql).update(DataFrame=Frame, SparkSession=Session, functions=functions)
    sys.modules.update({"pyspark": pyspark, "pyspark.sql": sql})


def scored(rows: pd.DataFrame, name: str, folder: Path) -> tuple[pd.DataFrame, dict[str, Any]]:
    """Runs the program over the rows in two partitions; predictions and the metrics it wrote."""
    place = folder / name
    for night in ("2026-01-01T02-00-00.000Z-b", "2026-01-02T02-00-00.000Z-a"):
        (place / "scoring" / f"run={night}").mkdir(parents=True)
        for number in range(2):
            part = place / "scoring" / f"run={night}" / f"part-{number}.parquet"
            rows.iloc[number::2].assign(landed_in=f"{name}.csv").to_parquet(part, index=False)
    metrics = ran(place, folder)
    (run,) = (place / "out").iterdir()
    report = json.loads((run / "_monitoring.json").read_text())
    assert report["run"] == run.name
    assert report["drift"]["alarm"] == bool(metrics["DriftAlarm"])
    return pd.concat([pd.read_parquet(path) for path in sorted(run.glob("*.parquet"))]), metrics


def ran(place: Path, folder: Path) -> dict[str, Any]:
    """Runs the program; the metrics it wrote."""
    sys.argv = ["score.py", "--JOB_ID", "j", "--input", f"{place}/scoring", "--output", f"{place}/out/"]
    sys.argv += ["--model", f"{folder}/models/current", "--project", "fraud", "--environment", "prod"]
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        runpy.run_path("pipelines/spark/score.py", run_name="__main__")
    metrics: dict[str, Any] = json.loads(said.getvalue().splitlines()[-1])
    return metrics


def drifted(place: Path) -> set[str]:
    """Columns whose change is an alarm, as the only run has reported it."""
    (run,) = (place / "out").iterdir()
    report = json.loads((run / "_monitoring.json").read_text())
    return {column["column"] for column in report["drift"]["columns"] if column["alarm"]}


def main(model: Path, folder: Path, columns: dict[str, str]) -> None:
    _, address = upload_version(model, f"{folder}/models")
    use_version(f"{folder}/models", address.rsplit("/", 1)[-1])
    contract = DataContract.load(Path("data/schema.json"))
    sample = pd.read_csv("data/sample.csv").drop(columns=contract.target)
    keys = [column.name for column in contract.identifiers]
    sample[keys] = sample[keys].astype(str)

    predictions, metrics = scored(sample, "same", folder)
    assert len(predictions) == len(sample)
    assert predictions["prediction"].notna().all()
    assert metrics["_aws"]["CloudWatchMetrics"][0]["Namespace"] == "fraud"
    assert metrics["Environment"] == "prod"
    assert metrics["RowsChecked"] == len(sample)
    # The model has learned these rows and is surer of them than of the rows that judged it.
    assert drifted(folder / "same") <= {PREDICTION}, metrics
    assert [name.lower() for name in predictions] == list(columns), "the data catalog says otherwise"
    numbers = [name.lower() for name in predictions.select_dtypes("float64")]
    assert numbers == [name for name, kind in columns.items() if kind == "double"]

    again = ran(folder / "same", folder)
    assert (again["DriftAlarm"], again["RowsChecked"]) == (0, 0), "rows of a published run are scored again"
    assert len(list((folder / "same" / "out").iterdir())) == 1

    number = next(c.name for c in contract.features if c.kind == "number")
    moved = sample.assign(**{number: sample[number].quantile(0.95)})
    _, metrics = scored(moved, "moved", folder)
    assert metrics["DriftAlarm"] == 1, metrics
    assert number in drifted(folder / "moved")


if __name__ == "__main__":
    install()
    if sys.argv[1] == "worker":
        work(Path(sys.argv[2]))
    else:
        main(Path(sys.argv[1]), Path(sys.argv[2]), json.loads(sys.argv[3]))

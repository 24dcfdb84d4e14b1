"""The Spark program that scores, with a stand-in for Spark that keeps partitions as frames of pandas."""

from __future__ import annotations

import contextlib
import io
import json
import runpy
import sys
import types
from pathlib import Path
from typing import Any

import pandas as pd
from fraud_api.data.contract import DataContract
from fraud_api.model.store import upload_version, use_version

MODEL, WORK = Path(sys.argv[1]), Path(sys.argv[2])


class Frame:
    """Rows in partitions."""

    def __init__(self, parts: list[pd.DataFrame]) -> None:
        self.parts = parts
        self.columns = list(parts[0].columns)
        self.write = self
        self.read = self

    def mapInPandas(self, function: Any, schema: str) -> Frame:  # noqa: N802
        names = [part.split("`")[1] if "`" in part else part.split()[0] for part in schema.split(", ")]
        done = [pd.concat(list(function(iter([part.iloc[:50], part.iloc[50:]])))) for part in self.parts]
        assert all(list(part.columns) == names for part in done), (names, list(done[0].columns))
        return Frame(done)

    def withColumn(self, name: str, value: Any) -> Frame:  # noqa: N802
        return Frame([part.assign(**{name: value}) for part in self.parts])

    def cache(self) -> Frame:
        return self

    def count(self) -> int:
        return sum(len(part) for part in self.parts)

    def where(self, condition: Any) -> Frame:
        return Frame([part[condition(part)] for part in self.parts])

    def sample(self, fraction: float, seed: int) -> Frame:
        assert 0 < fraction <= 1
        return Frame([part.sample(frac=fraction, random_state=seed) for part in self.parts])

    def toPandas(self) -> pd.DataFrame:  # noqa: N802
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
        self.files: dict[str, str] = {}
        self.sparkContext = self
        self.read = self

    def appName(self, _name: str) -> Session:  # noqa: N802
        return self

    def getOrCreate(self) -> Session:  # noqa: N802
        return self

    def addFile(self, path: str) -> None:  # noqa: N802
        self.files[Path(path).name] = path

    def get(self, name: str) -> str:
        return self.files[name]

    def parquet(self, folder: str) -> Frame:
        return Frame([pd.read_parquet(path) for path in sorted(Path(folder).glob("*.parquet"))])


class Column:
    """A column by name, of which only `isNull` is asked."""

    def __init__(self, name: str) -> None:
        self.name = name

    def isNull(self) -> Any:  # noqa: N802
        return lambda frame: frame[self.name].isna()


def install() -> None:
    session = Session()
    Session.builder = session
    functions = types.SimpleNamespace(lit=lambda value: value, col=Column)
    pyspark = types.ModuleType("pyspark")
    vars(pyspark).update(SparkFiles=session)
    sql = types.ModuleType("pyspark.sql")
    vars(sql).update(SparkSession=Session, functions=functions)
    sys.modules.update({"pyspark": pyspark, "pyspark.sql": sql})


def scored(rows: pd.DataFrame, name: str) -> tuple[pd.DataFrame, dict[str, Any]]:
    """Runs the program over the rows in two partitions; predictions and the metrics it wrote."""
    place = WORK / name
    (place / "scoring").mkdir(parents=True)
    for number in range(2):
        rows.iloc[number::2].to_parquet(place / "scoring" / f"part-{number}.parquet", index=False)
    sys.argv = ["score.py", "--JOB_ID", "j", "--input", f"{place}/scoring", "--output", f"{place}/out/"]
    sys.argv += ["--model", f"{WORK}/models/current", "--project", "fraud", "--environment", "prod"]
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        runpy.run_path("pipelines/spark/score.py", run_name="__main__")
    (run,) = (place / "out").iterdir()
    report = json.loads((run / "_monitoring.json").read_text())
    metrics = json.loads(said.getvalue().splitlines()[-1])
    assert report["run"] == run.name
    assert report["drift"]["alarm"] == bool(metrics["DriftAlarm"])
    return pd.concat([pd.read_parquet(path) for path in sorted(run.glob("*.parquet"))]), metrics


install()
_, address = upload_version(MODEL, f"{WORK}/models")
use_version(f"{WORK}/models", address.rsplit("/", 1)[-1])
contract = DataContract.load(Path("data/schema.json"))
sample = pd.read_csv("data/sample.csv").drop(columns=contract.target)
sample[[c.name for c in contract.identifiers]] = sample[[c.name for c in contract.identifiers]].astype(str)

predictions, metrics = scored(sample, "same")
assert len(predictions) == len(sample)
assert predictions["prediction"].notna().all()
assert metrics["_aws"]["CloudWatchMetrics"][0]["Namespace"] == "fraud"
assert (metrics["Environment"], metrics["DriftAlarm"]) == ("prod", 0), metrics
assert metrics["RowsChecked"] == len(sample)

number = next(c.name for c in contract.features if c.kind == "number")
moved = sample.assign(**{number: sample[number].quantile(0.95)})
_, metrics = scored(moved, "moved")
assert metrics["DriftAlarm"] == 1, metrics

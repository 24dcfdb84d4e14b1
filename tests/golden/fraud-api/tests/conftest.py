"""A model trained once on the sample, for every test that looks at it."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

from fraud_api.cli import STAGE_NAMES
from fraud_api.data.contract import DataContract
from fraud_api.data.tables import read_raw
from fraud_api.model.predictor import Predictor
from fraud_api.running.command import run_stages
from fraud_api.running.repository import PLAN_FILE, ROOT, SCHEMA_FILE

SAMPLE = ROOT / "data" / "sample.csv"
SMALL = {
    "lightgbm": {"n_estimators": 60},
    "hist_gradient_boosting": {"max_iter": 30},
    "extra_trees": {"n_estimators": 30},
}


@dataclass(frozen=True)
class Trained:
    """The work folder of a whole run."""

    work: Path

    @property
    def model(self) -> Path:
        """The registered model."""
        return self.work / "register" / "model"

    def result(self, stage: str) -> dict[str, Any]:
        """`result.json` of a stage."""
        return json.loads((self.work / stage / "result.json").read_text())

    def progress(self) -> list[dict[str, Any]]:
        """The lines of `progress.jsonl`."""
        lines = (self.work / "progress.jsonl").read_text().splitlines()
        return [json.loads(line) for line in lines]


@pytest.fixture(scope="session")
def quick_plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The recorded plan with smaller models and fewer folds, so that the tests take seconds."""
    plan = yaml.safe_load(PLAN_FILE.read_text())
    for candidate in plan["candidates"]:
        candidate["params"] |= SMALL.get(candidate["name"], {})
    plan["split"]["folds"] = 3
    plan["evaluate"]["resamples"] = 60
    path = tmp_path_factory.mktemp("plan") / "train.yaml"
    path.write_text(yaml.safe_dump(plan))
    return path


@pytest.fixture(scope="session")
def trained(tmp_path_factory: pytest.TempPathFactory, quick_plan: Path) -> Trained:
    """Every stage, with a search of two trials."""
    work = tmp_path_factory.mktemp("trained")
    code = run_stages(STAGE_NAMES, work=work, data=SAMPLE, plan=quick_plan, trials=2)
    assert code == 0
    return Trained(work)


@pytest.fixture(scope="session")
def predictor(trained: Trained) -> Predictor:
    """The registered model, loaded."""
    return Predictor(trained.model)


@pytest.fixture(scope="session")
def contract() -> DataContract:
    """The data contract of this repository."""
    return DataContract.load(SCHEMA_FILE)


@pytest.fixture(scope="session")
def sample(contract: DataContract) -> pd.DataFrame:
    """The raw cells of the sample."""
    frame, warnings = read_raw(SAMPLE, [column.name for column in contract.columns])
    assert warnings == []
    return frame


@pytest.fixture
def sent(sample: pd.DataFrame, contract: DataContract) -> list[dict[str, Any]]:
    """The sample as a client sends it: features only, empty cells as null."""
    frame = sample[[column.name for column in contract.features]].astype(object)
    for column in contract.features:
        empty = frame[column.name].isin(["", *column.missing])
        frame[column.name] = frame[column.name].mask(empty, None)
    return frame.replace({float("nan"): None}).to_dict("records")


@pytest.fixture
def rows(sent: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Twenty rows as a client sends them."""
    return sent[:20]


@pytest.fixture(scope="session")
def required(contract: DataContract) -> str:
    """A feature that must not be missing."""
    found = next((c.name for c in contract.features if not c.nullable), None)
    if found is None:
        pytest.skip("every feature of this contract may be missing")
    return found


@pytest.fixture(scope="session")
def unusual(sample: pd.DataFrame, contract: DataContract) -> int:
    """The position of the row whose values are the rarest: as every row it is a change."""
    cells = sample[[column.name for column in contract.features]].fillna("")
    return int(cells.apply(lambda c: c.map(c.value_counts())).sum(axis=1).to_numpy().argmin())


@pytest.fixture
def comparable() -> Callable[[pd.DataFrame], pd.DataFrame]:
    """Makes predictions of two runs comparable: without their moment, explanations as numbers."""

    def unfold(table: pd.DataFrame) -> pd.DataFrame:
        plain = table.drop(columns=["predicted_at", "explanation"], errors="ignore")
        if "explanation" not in table:
            return plain
        shares = [json.loads(text) for text in table["explanation"].fillna("{}")]
        return plain.join(pd.DataFrame(shares), rsuffix="_share")

    return unfold


@pytest.fixture
def write_csv(tmp_path: Path) -> Callable[[pd.DataFrame], Path]:
    """Writes a table of raw cells and returns its path."""

    def write(frame: pd.DataFrame) -> Path:
        path = tmp_path / "table.csv"
        frame.to_csv(path, index=False)
        return path

    return write

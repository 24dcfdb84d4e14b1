"""A new model is compared with the one in use on rows that neither has learned from."""

import json
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from fraud_api.data.contract import Column, DataContract
from fraud_api.data.target import Target
from fraud_api.data.unseen import Unseen
from fraud_api.running.plan import EvaluatePlan
from fraud_api.validate import Rows, compare

PLAN = EvaluatePlan(resamples=80)
ALL = Unseen(("day",), since="2025-01-01T00:00:00+00:00")
CONTRACTS = {
    task: DataContract(
        task,
        "y",
        (Column("day", "datetime", "time"), Column("x", "number"), Column("y", kind, "target")),
    )
    for task, kind in (("classification", "boolean"), ("regression", "number"))
}


@dataclass(frozen=True)
class Model:
    """Knows the truth but for some noise."""

    version: str
    task: str
    noise: float
    unseen: Unseen | None = ALL
    refitted: bool = False
    asked: list[int] = field(default_factory=list)

    @property
    def contract(self) -> DataContract:
        return CONTRACTS[self.task]

    @property
    def target(self) -> Target:
        return Target("y", self.task, (False, True) if self.task == "classification" else ())

    @property
    def facts(self) -> dict[str, Any]:
        metric = "roc_auc" if self.task == "classification" else "rmse"
        facts = {"metrics": {metric: {"value": 0.9}}, "refitted": self.refitted}
        return facts | ({"unseen": self.unseen.to_json()} if self.unseen else {})

    def scores(self, rows: pd.DataFrame) -> np.ndarray:
        self.asked.append(len(rows))
        noise = np.random.default_rng(100 + len(self.version)).normal(0, self.noise, len(rows))
        value = rows["x"].to_numpy() + noise
        if self.task == "regression":
            return value[:, None]
        chance = 1 / (1 + np.exp(-value))
        return np.column_stack([1 - chance, chance])


def table(task: str, rows: int = 300) -> pd.DataFrame:
    x = np.random.default_rng(5).normal(size=rows)
    days = pd.Timestamp("2025-01-01", tz="UTC") + pd.to_timedelta(np.arange(rows), unit="h")
    return pd.DataFrame({"day": days, "x": x, "y": x > 0 if task == "classification" else x})


def compared(new: Model, old: Model, rows: int = 300) -> Any:
    learned = table(new.task, 10)
    return compare(new, old, Rows(learned, table(new.task, rows), np.arange(rows)), PLAN, 7)


@pytest.mark.parametrize("task", list(CONTRACTS))
class TestVerdict:
    @pytest.mark.parametrize(
        ("noise", "noise_in_use", "verdict"),
        [(0.2, 2.0, "better"), (2.0, 0.2, "worse"), (0.5, 0.5, "as good")],
    )
    def test_follows_the_whole_interval(self, task, noise, noise_in_use, verdict):
        found = compared(Model("new", task, noise), Model("older", task, noise_in_use))
        assert found.verdict == verdict
        assert found.gain["low"] <= found.gain["value"] <= found.gain["high"]
        assert (found.gain["low"] <= 0 <= found.gain["high"]) is (verdict == "as good")
        assert (found.rows, found.value_in_use_then) == (300, 0.9)
        assert json.loads(json.dumps(found.to_json()))["verdict"] == verdict

    def test_rows_that_the_model_in_use_has_learned_are_left_out(self, task):
        late = Unseen(("day",), since=table(task)["day"][200].isoformat())
        new, old = Model("new", task, 0.5), Model("older", task, 0.5, unseen=late)
        assert compared(new, old).rows == 100
        assert new.asked == old.asked == [100]


class TestNoVerdict:
    NEW = Model("new", "classification", 0.5)
    OLD = Model("older", "classification", 0.1)

    def test_of_few_rows(self):
        found = compared(self.NEW, self.OLD, rows=30)
        assert (found.verdict, found.gain) == ("not compared", None)
        assert "30 cases" in found.why

    def test_of_few_cases_of_a_class(self):
        rows = table("classification")
        rows["y"] = np.arange(300) < 24
        found = compare(self.NEW, self.OLD, Rows(rows, rows, np.arange(300)), PLAN, 7)
        assert found.verdict == "not compared"
        assert "24 are of one class" in found.why

    def test_of_many_rows_of_few_entities(self):
        rows = table("classification")
        found = compare(self.NEW, self.OLD, Rows(rows, rows, np.arange(300) % 40), PLAN, 7)
        assert "40 cases" in found.why

    def test_when_rows_are_not_found_again(self):
        rule = Unseen(("x",), below={"": 0.2}, witnesses=(0.123,))
        found = compared(self.NEW, replace(self.OLD, unseen=rule))
        assert "Rows have changed" in found.why

    @pytest.mark.parametrize(
        ("other", "words"),
        [
            (NEW, "is the model in use"),
            (replace(OLD, unseen=None), "does not say"),
            (replace(OLD, task="regression"), "other columns: y"),
            (replace(OLD, refitted=True), "only the form"),
        ],
    )
    def test_of_models_that_cannot_be_compared(self, other, words):
        found = compared(self.NEW, other)
        assert found.verdict == "not compared"
        assert words in found.why

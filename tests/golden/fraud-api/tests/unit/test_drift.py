"""Drift alarms come when something changed, and hardly ever otherwise."""

import numpy as np
import pandas as pd

from fraud_api.data.contract import Column, DataContract
from fraud_api.data.target import Target
from fraud_api.monitoring.baseline import build_baseline
from fraud_api.monitoring.drift import check_drift
from fraud_api.monitoring.quality import check_quality

CONTRACT = DataContract(
    task="regression",
    target="y",
    columns=(
        Column("size", "number", nullable=True),
        Column("kind", "category"),
        Column("y", "number", role="target"),
    ),
)


def draw(rows: int, seed: int, shift: float = 0.0) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    size = rng.normal(10 + shift, 2, rows)
    size[rng.random(rows) < 0.05] = np.nan
    kinds = rng.choice(["a", "b", "c"], rows, p=[0.6, 0.3, 0.1])
    return pd.DataFrame({"size": size, "kind": kinds.astype(object)})


def baseline() -> dict:
    train = draw(1000, seed=0)
    target = Target("y", "regression")
    return build_baseline(train, CONTRACT, train[["size"]].fillna(0).to_numpy(), target, bins=10)


class TestCheckDrift:
    def test_unchanged_rows_raise_alarms_at_the_chosen_rate(self):
        known = baseline()
        alarms = sum(
            check_drift(known, draw(300, seed), false_alarm_rate=0.05).alarm
            for seed in range(1, 41)
        )
        # 40 checks at 5 %: more than 7 alarms have a chance below one in a thousand.
        assert alarms <= 7

    def test_a_shift_of_half_a_deviation_raises_an_alarm_in_its_column(self):
        report = check_drift(baseline(), draw(300, seed=5, shift=1.0), false_alarm_rate=0.01)
        assert report.alarm
        assert [column.column for column in report.columns if column.alarm] == ["size"]

    def test_a_handful_of_rows_raises_none(self):
        report = check_drift(baseline(), draw(20, seed=5, shift=9.0), false_alarm_rate=0.01)
        assert not report.alarm
        assert not report.enough_rows

    def test_the_same_rows_give_the_same_report(self):
        reports = [check_drift(baseline(), draw(300, 3), false_alarm_rate=0.01) for _ in range(2)]
        assert reports[0] == reports[1]


class TestCheckQuality:
    def test_good_rows_have_no_issue(self):
        assert check_quality(baseline(), draw(300, seed=2), CONTRACT) == []

    def test_names_what_got_worse(self):
        raw = draw(300, seed=2).astype(object)
        raw.loc[:99, "size"] = None
        raw.loc[:49, "kind"] = "new"
        raw.loc[100:149, "size"] = "n/a"
        found = {(issue.column, issue.what) for issue in check_quality(baseline(), raw, CONTRACT)}
        assert found == {
            ("size", "missing"),
            ("size", "breaks the contract"),
            ("kind", "unknown category"),
        }

"""Drift alarms come when something changed, and hardly ever otherwise."""

import numpy as np
import pandas as pd
import pytest

from fraud_api.data.contract import Column, DataContract
from fraud_api.data.target import Target
from fraud_api.monitoring.baseline import build_baseline
from fraud_api.monitoring.calendar import with_cycles
from fraud_api.monitoring.distance import chance_threshold
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
TWINS = DataContract(
    task="regression", target="y", columns=(Column("one", "number"), Column("other", "number"))
)
TARGET = Target("y", "regression")


def draw(rows: int, seed: int, shift: float = 0.0) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    size = rng.normal(10 + shift, 2, rows)
    size[rng.random(rows) < 0.05] = np.nan
    kinds = rng.choice(["a", "b", "c"], rows, p=[0.6, 0.3, 0.1])
    return pd.DataFrame({"size": size, "kind": kinds.astype(object)})


def baseline(rows: int = 1000, seed: int = 0) -> dict:
    train = draw(rows, seed)
    return build_baseline(train, CONTRACT, train[["size"]].fillna(0).to_numpy(), TARGET, bins=10)


def twins(rows: int, seed: int) -> pd.DataFrame:
    one = np.random.default_rng(seed).normal(0, 1, rows)
    return pd.DataFrame({"one": one, "other": 2 * one + 1})


class TestCheckDrift:
    @pytest.mark.parametrize(("trained", "new"), [(150, 60), (150, 1000)])
    def test_unchanged_rows_raise_alarms_at_the_chosen_rate(self, trained, new):
        """Each check has a baseline of its own: its luck is part of the rate."""
        alarms = sum(
            check_drift(
                baseline(trained, 2 * seed), draw(new, 2 * seed + 1), false_alarm_rate=0.05
            ).alarm
            for seed in range(15)
        )
        # 15 checks at 5 %: more than 4 alarms have a chance below one in a thousand.
        assert alarms <= 4

    def test_columns_that_move_together_raise_no_more_alarms(self):
        """Each has its part of the rate; together they cannot exceed it."""
        alarms = 0
        for seed in range(15):
            train, new = twins(150, 2 * seed), twins(200, 2 * seed + 1)
            known = build_baseline(train, TWINS, train[["one"]].to_numpy(), TARGET, bins=10)
            alarms += check_drift(known, new, false_alarm_rate=0.05).alarm
        # 15 checks at 5 %: more than 4 alarms have a chance below one in a thousand.
        assert alarms <= 4

    def test_rare_categories_are_not_taken_for_drift(self):
        """Sixty values in 150 rows: most of them are in one sample only, and nothing changed."""
        shares = 1 / np.arange(1, 61) ** 1.5
        alarms = 0
        for seed in range(15):
            rng = np.random.default_rng(seed)
            kinds = rng.choice([f"k{n}" for n in range(60)], 350, p=shares / shares.sum())
            table = draw(350, seed).assign(kind=kinds.astype(object))
            train = table.head(150)
            known = build_baseline(
                train, CONTRACT, train[["size"]].fillna(0).to_numpy(), TARGET, bins=10
            )
            report = check_drift(known, table.tail(200), false_alarm_rate=0.05)
            alarms += report.alarm or bool(
                check_quality(known, table.tail(200), CONTRACT, false_alarm_rate=0.05)
            )
        # 15 checks at 5 % + 5 %: more than 6 alarms have a chance below one in a thousand.
        assert alarms <= 6

    def test_a_small_rate_has_a_higher_threshold(self):
        """Further out than the draws reach, too."""
        counts = np.full(11, 100)
        limits = [chance_threshold(counts, 500, rate, 7) for rate in (0.05, 0.005, 0.0005, 0.00005)]
        assert limits == sorted(limits)
        assert limits[-1] < 3 * limits[0]

    def test_a_shift_of_half_a_deviation_raises_an_alarm_in_its_column(self):
        report = check_drift(baseline(), draw(300, seed=5, shift=1.0), false_alarm_rate=0.01)
        assert report.alarm
        assert [column.column for column in report.columns if column.alarm] == ["size"]

    def test_a_value_that_most_rows_have_does_not_hide_the_others(self):
        def amounts(rows: int, zeros: float, seed: int) -> pd.DataFrame:
            rng = np.random.default_rng(seed)
            paid = np.where(rng.random(rows) < zeros, 0, rng.lognormal(size=rows))
            return draw(rows, seed).assign(size=paid)

        train = amounts(1000, 0.92, seed=0)
        known = build_baseline(train, CONTRACT, train[["size"]].to_numpy(), TARGET, bins=10)
        alarms = [
            check_drift(known, amounts(300, zeros, seed=1), false_alarm_rate=0.01).alarm
            for zeros in (0.92, 0.7)
        ]
        assert alarms == [False, True]

    def test_a_handful_of_rows_raises_none(self):
        report = check_drift(baseline(), draw(20, seed=5, shift=9.0), false_alarm_rate=0.01)
        assert not report.alarm
        assert not report.enough_rows

    def test_the_same_rows_give_the_same_report(self):
        reports = [check_drift(baseline(), draw(300, 3), false_alarm_rate=0.01) for _ in range(2)]
        assert reports[0] == reports[1]


class TestCheckQuality:
    def test_good_rows_have_no_issue(self):
        assert issues(draw(300, seed=2)) == []

    def test_a_rate_that_training_had_is_no_issue(self):
        raw = draw(300, seed=2)
        raw.loc[:14, "size"] = np.nan
        assert issues(raw) == []

    def test_names_what_got_worse(self):
        raw = draw(300, seed=2).astype(object)
        raw.loc[:99, "size"] = None
        raw.loc[:49, "kind"] = "new"
        raw.loc[100:149, "size"] = "n/a"
        assert set(issues(raw)) == {
            ("size", "missing"),
            ("size", "breaks the contract"),
            ("kind", "unknown category"),
        }


def issues(raw: pd.DataFrame) -> list[tuple[str, str]]:
    found = check_quality(baseline(), raw, CONTRACT, false_alarm_rate=0.01)
    return [(issue.column, issue.what) for issue in found]


class TestTheClock:
    """Four weeks: one column follows the hour, one knows Sundays, one quiet nights, one nothing."""

    def rows(self, seed: int, shift: float = 0.0) -> pd.DataFrame:
        rng = np.random.default_rng(seed)
        times = pd.Series(pd.date_range("2026-01-05", periods=28 * 24 * 8, freq="450s", tz="UTC"))
        night = times.dt.hour < 8
        times = times[~night | (rng.random(len(times)) < 0.3)].reset_index(drop=True)
        sunday, night = times.dt.dayofweek == 6, times.dt.hour < 8
        return pd.DataFrame(
            {
                "at": times,
                "by_hour": times.dt.hour + rng.normal(0, 1, len(times)),
                "sundays": sunday * 0.7 + rng.normal(0, 1, len(times)),
                "nights": night * 0.7 + rng.normal(0, 1, len(times)),
                "free": rng.normal(shift, 1, len(times)),
            }
        )

    def known(self) -> dict:
        names = ("by_hour", "sundays", "nights", "free")
        contract = DataContract(
            task="regression",
            target="y",
            columns=(
                Column("at", "datetime", role="time"),
                *(Column(name, "number") for name in names),
                Column("y", "number", role="target"),
            ),
        )
        train = self.rows(1)
        scores = train[["by_hour"]].to_numpy()
        made = build_baseline(train, contract, scores, TARGET, bins=10)
        return {**made, **with_cycles(made, train, train, scores, "at"), "minimum_psi": 0.02}

    def drifted(self, rows: pd.DataFrame) -> list[str]:
        report = check_drift(self.known(), rows.reset_index(drop=True), false_alarm_rate=0.01)
        return [column.column for column in report.columns if column.alarm]

    def test_columns_are_known_by_the_cycle_that_they_follow(self):
        swings = {name: set(column["swings"]) for name, column in self.known()["columns"].items()}
        assert swings == {
            "at": {"hour"},
            "by_hour": {"hour"},
            "sundays": {"dayofweek"},
            "nights": {"hour"},
            "free": set(),
            "__prediction__": {"hour"},
        }

    @pytest.mark.parametrize("hour", [3, 9, 17])
    def test_an_unchanged_hour_is_no_drift(self, hour):
        new = self.rows(2)
        assert self.drifted(new[new["at"].dt.hour == hour]) == []

    @pytest.mark.parametrize("day", [2, 6])
    def test_an_unchanged_day_is_no_drift(self, day):
        new = self.rows(2)
        assert self.drifted(new[new["at"].dt.dayofweek == day]) == []

    def test_what_follows_no_clock_is_compared_in_every_hour(self):
        new = self.rows(2, shift=1.0)
        assert self.drifted(new[new["at"].dt.hour == 9]) == ["free"]

    def test_what_no_hour_and_no_day_explains_is_drift(self):
        new = self.rows(2)
        sunday = new[new["at"].dt.dayofweek == 6]
        assert self.drifted(sunday.assign(sundays=sunday["sundays"] * 100)) == ["sundays"]
        assert self.drifted(sunday.assign(sundays=0.0)) == ["sundays"]

    def test_whole_weeks_are_compared_without_an_allowance(self):
        new = self.rows(2)
        assert self.drifted(new) == []
        assert self.drifted(new.assign(sundays=new["sundays"] + 0.5)) == ["sundays"]


def test_a_difference_that_only_many_rows_can_prove_is_no_drift():
    train, new = draw(100_000, 1), draw(100_000, 2, shift=0.05)
    made = build_baseline(train, CONTRACT, train[["size"]].fillna(0).to_numpy(), TARGET, bins=10)
    assert check_drift(made, new, false_alarm_rate=0.01).alarm
    assert not check_drift({**made, "minimum_psi": 0.02}, new, false_alarm_rate=0.01).alarm

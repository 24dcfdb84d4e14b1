"""Rows that belong together stay together: those of one moment, and those of one entity."""

import json

import numpy as np
import pandas as pd
import pytest

from fraud_api.data.contract import Column, DataContract
from fraud_api.data.entities import find_entities
from fraud_api.data.unseen import Unseen, since
from fraud_api.learning.folds import fold_numbers
from fraud_api.learning.metrics import with_interval
from fraud_api.running.errors import DataRefused, UsageError
from fraud_api.running.plan import SplitPlan
from fraud_api.split import (
    against_time,
    labelled_for_good,
    newest_rows,
    random_test,
)

PLAN = SplitPlan()
CONTRACT = DataContract(
    "classification",
    "y",
    (
        Column("order", "id", "id"),
        Column("customer", "id", "id"),
        Column("day", "datetime", "time"),
        Column("y", "boolean", "target"),
    ),
)
TIMELESS = DataContract("classification", "y", CONTRACT.columns[:2] + CONTRACT.columns[3:])
ROWS = DataContract("classification", "y", (CONTRACT.columns[0], CONTRACT.columns[3]))
NAMELESS = DataContract(
    "classification",
    "y",
    (Column("day", "datetime"), Column("amount", "number"), CONTRACT.columns[3]),
)
NUMBERS = DataContract("classification", "y", (Column("amount", "number"), CONTRACT.columns[3]))


def table(customers: int = 150, orders: int = 10) -> pd.DataFrame:
    rows = customers * orders
    place = np.random.default_rng(3).permutation(rows)
    return pd.DataFrame(
        {
            "order": [f"o{row}" for row in place],
            "customer": [f"c{row // orders}" for row in place],
            "day": pd.Timestamp("2025-01-01") + pd.to_timedelta(place % 50, unit="D"),
            "amount": np.random.default_rng(4).normal(size=rows),
            "y": (place // orders) % 3 == 0,
        }
    )


class TestTime:
    def test_a_day_is_on_one_side_of_the_border(self):
        rows = table()
        test = newest_rows(rows, CONTRACT, PLAN)
        assert against_time(PLAN, CONTRACT, rows) == ""
        assert rows.day[~test].max() < rows.day[test].min()
        assert test.mean() == pytest.approx(0.2, abs=0.02)

    def test_a_day_is_in_one_fold(self):
        rows = table()
        folds, words = fold_numbers(
            rows, CONTRACT, PLAN, find_entities(rows, CONTRACT), by_time=True, seed=1
        )
        assert pd.Series(folds).groupby(rows.day).nunique().max() == 1
        assert "older and newer" in words

    @pytest.mark.parametrize(
        ("change", "words"),
        [
            (lambda rows: rows.assign(day=pd.Timestamp("2025-01-01")), "too few values"),
            (lambda rows: rows.assign(day=rows.day.where(rows.index > 0)), "have no day"),
            (lambda rows: rows.assign(y=rows.day < "2025-01-20"), "lack a class"),
        ],
    )
    def test_says_what_speaks_against_it(self, change, words):
        assert words in against_time(PLAN, CONTRACT, change(table()))
        assert "no time column" in against_time(PLAN, TIMELESS, table())


class TestLabelDelay:
    DELAY = SplitPlan(label_delay_days=7)

    def test_rows_whose_label_may_change_are_left_out(self):
        rows = table()
        final = labelled_for_good(rows, CONTRACT, self.DELAY, 60)
        assert final.day.max() == rows.day.max() - pd.Timedelta(days=7)
        assert len(final) / len(rows) == pytest.approx(43 / 50, abs=0.01)
        assert labelled_for_good(rows, CONTRACT, PLAN, 60) is rows

    def test_one_wrong_date_changes_nothing_and_no_date_stays(self):
        rows = table()
        plain = len(labelled_for_good(rows, CONTRACT, self.DELAY, 60))
        rows.loc[len(rows)] = {**rows.iloc[0], "day": pd.Timestamp("2099-01-01")}
        rows.loc[len(rows)] = {**rows.iloc[0], "day": pd.NaT}
        assert len(labelled_for_good(rows, CONTRACT, self.DELAY, 60)) == plain + 1

    def test_a_delay_that_leaves_too_little_is_named(self):
        with pytest.raises(DataRefused, match="delay of 48 days leaves 60 rows"):
            labelled_for_good(table(), CONTRACT, SplitPlan(label_delay_days=48), 100)
        rows = table().assign(y=lambda t: t.day > "2025-02-15")
        with pytest.raises(DataRefused, match="without every class"):
            labelled_for_good(rows, CONTRACT, self.DELAY, 60)

    def test_needs_to_know_when_a_row_was(self):
        with pytest.raises(UsageError, match="label_delay_days"):
            labelled_for_good(table(), TIMELESS, self.DELAY, 60)


class TestEntities:
    def test_a_customer_is_in_the_test_or_not_at_all(self):
        rows = table()
        entities = find_entities(rows, TIMELESS)
        drawn = random_test(rows, TIMELESS, PLAN, entities, seed=1)
        test = drawn.is_test
        assert (entities.name, drawn.whole) == ("customer", True)
        assert not set(rows.customer[test]) & set(rows.customer[~test])
        assert test.mean() == pytest.approx(0.2, abs=0.02)
        assert rows.y[test].mean() == pytest.approx(rows.y.mean(), abs=0.05)

    def test_a_customer_is_in_one_fold(self):
        rows = table()
        entities = find_entities(rows, TIMELESS)
        folds, _ = fold_numbers(rows, TIMELESS, PLAN, entities, by_time=False, seed=1)
        assert pd.Series(folds).groupby(rows.customer).nunique().max() == 1
        assert np.bincount(folds).max() <= 1.2 * np.bincount(folds).min()

    def test_numbers_too(self):
        rows = table().assign(y=np.random.default_rng(1).normal(size=1500))
        contract = DataContract(
            "regression", "y", (TIMELESS.columns[1], Column("y", "number", "target"))
        )
        entities = find_entities(rows, contract)
        drawn = random_test(rows, contract, PLAN, entities, seed=1)
        test = drawn.is_test
        assert drawn.whole
        assert not set(rows.customer[test]) & set(rows.customer[~test])

    def test_a_class_of_one_customer_alone_is_tested_all_the_same(self):
        rows = table()
        rows["y"] = rows.customer == "c7"
        drawn = random_test(rows, TIMELESS, PLAN, find_entities(rows, TIMELESS), seed=1)
        assert not drawn.whole
        assert rows.y[drawn.is_test].any()
        assert rows.y[~drawn.is_test].any()

    def test_few_values_and_missing_ones_are_no_entity(self):
        assert find_entities(table(customers=8), TIMELESS).name == ""
        rows = table()
        rows.loc[:4, "customer"] = None
        codes = find_entities(rows, TIMELESS).codes
        assert len(set(codes)) == codes.max() + 1 == 155

    def test_rows_that_repeat_each_other_do_not_narrow_the_interval(self):
        y = np.arange(60) % 2 + 0.0
        positive = np.clip(y * 0.2 + np.random.default_rng(1).uniform(0, 0.8, 60), 0, 1)
        once = np.column_stack([1 - positive, positive])

        def width(times: int, entities: np.ndarray | None) -> float:
            found = with_interval(
                "roc_auc",
                np.repeat(y, times),
                np.repeat(once, times, axis=0),
                "classification",
                resamples=100,
                confidence=0.9,
                seed=1,
                entities=entities,
            )
            return (found.high or 0.0) - (found.low or 0.0)

        assert width(10, np.repeat(np.arange(60), 10)) == pytest.approx(width(1, None))
        assert width(10, None) < 0.6 * width(1, None)


class TestUnseen:
    @pytest.mark.parametrize("contract", [TIMELESS, ROWS, NAMELESS], ids=["entity", "row", "cells"])
    def test_a_random_test_stays_when_rows_are_added(self, contract):
        rows = table(customers=400)
        before, now = (
            random_test(part, contract, PLAN, find_entities(part, contract), seed=1)
            for part in (rows.head(3_600), rows)
        )
        assert now.is_test.mean() == pytest.approx(0.2, abs=0.03)
        moved = now.is_test[:3_600] != before.is_test
        assert moved.mean() < 0.02

    @pytest.mark.parametrize("contract", [TIMELESS, ROWS, NAMELESS], ids=["entity", "row", "cells"])
    def test_no_row_that_was_learned_from_is_called_unseen(self, contract):
        rows = table(customers=400)
        drawn = random_test(rows, contract, PLAN, find_entities(rows, contract), seed=1)
        unseen = drawn.unseen.rows(rows, "y")
        assert not unseen[~drawn.is_test].any()
        assert unseen.mean() > 0.14
        again = Unseen.from_json(json.loads(json.dumps(drawn.unseen.to_json())))
        assert (again.rows(rows, "y") == unseen).all()
        assert again.holds([rows[~drawn.is_test], rows[drawn.is_test]])

    @pytest.mark.parametrize(("contract", "known"), [(ROWS, True), (NAMELESS, False)])
    def test_rows_that_have_changed_are_known_by_their_name_or_not_at_all(self, contract, known):
        rows = table(customers=400)
        drawn = random_test(rows, contract, PLAN, find_entities(rows, contract), seed=1)
        later = rows.assign(amount=rows.amount + 1, y=rows.y ^ (rows.index % 10 == 0))
        assert drawn.unseen.holds([later]) is known
        if known:
            # A label that was mended may fall between the limits of the two classes.
            assert drawn.unseen.rows(later, "y")[~drawn.is_test].mean() < 0.002

    def test_a_rare_class_does_not_shrink_the_others(self):
        rows = table(customers=400)
        rows["y"] = np.where(rows.index % 250 == 0, "rare", "common")
        drawn = random_test(rows, ROWS, PLAN, find_entities(rows, ROWS), seed=1)
        unseen = drawn.unseen.rows(rows, "y")
        assert unseen[rows.y == "common"].mean() > 0.19

    def test_rows_without_a_name_are_in_the_test_as_often(self):
        rows = table(customers=400)
        nameless = rows.index % 3 == 0
        rows["customer"] = rows.customer.mask(nameless)
        drawn = random_test(rows, TIMELESS, PLAN, find_entities(rows, TIMELESS), seed=1)
        assert drawn.is_test[nameless].mean() == pytest.approx(0.2, abs=0.05)
        assert not drawn.unseen.rows(rows, "y")[~drawn.is_test].any()

    @pytest.mark.parametrize("contract", [ROWS, NUMBERS], ids=["names", "numbers"])
    def test_another_seed_draws_others(self, contract):
        rows = table()
        one, other = (
            random_test(rows, contract, PLAN, find_entities(rows, contract), seed)
            for seed in (1, 2)
        )
        assert (one.is_test & other.is_test).mean() == pytest.approx(0.04, abs=0.02)

    @pytest.mark.parametrize("time", [lambda days: days, lambda days: days.dt.day * 1.0])
    def test_newer_rows_are_unseen(self, time):
        rows = table()
        rows["day"] = time(rows.day)
        test = newest_rows(rows, CONTRACT, PLAN)
        rule = since(rows.loc[test], CONTRACT)
        again = Unseen.from_json(json.loads(json.dumps(rule.to_json())))
        assert (again.rows(rows, "y") == test).all()

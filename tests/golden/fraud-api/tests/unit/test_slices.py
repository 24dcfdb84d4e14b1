"""Parts of the test rows are judged by themselves, and predictions are taken at their word."""

import json

import numpy as np
import pandas as pd
import pytest

from fraud_api.data.contract import Column, DataContract
from fraud_api.data.target import Target
from fraud_api.learning.reliability import calibration_error, reliability
from fraud_api.learning.slices import judge_slices, words_of

COLUMNS = (
    Column("shop", "category"),
    Column("new", "boolean"),
    Column("amount", "number"),
    Column("y", "boolean", "target"),
)
CONTRACT = DataContract("classification", "y", COLUMNS)
NUMBERS = DataContract("regression", "y", (*COLUMNS[:3], Column("y", "number", "target")))
ROWS = 1200
ALONE = np.arange(ROWS)


def table() -> pd.DataFrame:
    shops = np.array(["north", "south", "west", "tiny"])[np.arange(ROWS) % 100 // 33]
    return pd.DataFrame({"shop": shops, "new": np.arange(ROWS) % 2 * 1.0, "amount": 1.0})


def truth_and_scores(guessed: str) -> tuple[np.ndarray, np.ndarray]:
    """Good scores but for the rows of one shop."""
    rng = np.random.default_rng(3)
    y = rng.integers(0, 2, ROWS) + 0.0
    chance = np.clip(0.5 + 0.3 * (2 * y - 1) + rng.normal(0, 0.2, ROWS), 0.01, 0.99)
    blind = (table()["shop"] == guessed).to_numpy()
    chance[blind] = rng.uniform(0.1, 0.9, blind.sum())
    return y, np.column_stack([1 - chance, chance])


class TestSlices:
    def test_a_part_that_the_model_fails_is_named(self):
        y, scores = truth_and_scores("south")
        found = judge_slices(table(), y, scores, CONTRACT, ALONE, seed=1)
        assert (found[0].column, found[0].value, found[0].rows) == ("shop", "south", 396)
        assert [one.clearly_worse for one in found] == [True] + [False] * (len(found) - 1)
        assert json.loads(json.dumps([one.to_json() for one in found]))[0]["clearly_worse"] is True
        (said,) = words_of(found, "roc_auc")
        assert said.startswith("Where shop is south (396 test rows), probabilities cannot")

    def test_parts_are_large_and_of_categories_and_flags(self):
        y, scores = truth_and_scores("")
        found = judge_slices(table(), y, scores, CONTRACT, ALONE, seed=1)
        parts = {(one.column, one.value) for one in found}
        shops = {("shop", shop) for shop in ("north", "south", "west")}
        assert parts == shops | {("new", "True"), ("new", "False")}
        assert words_of(found, "roc_auc") == ()

    def test_a_part_without_enough_of_a_class_has_no_figure(self):
        y, scores = truth_and_scores("")
        y[(table()["shop"] == "west").to_numpy()] = 1.0
        found = judge_slices(table(), y, scores, CONTRACT, ALONE, seed=1)
        assert "west" not in {one.value for one in found}

    def test_a_column_that_says_much_fails_no_part(self):
        """Rows of one part are harder to tell apart than any two: that is no fault of the model."""
        rng = np.random.default_rng(7)
        base = table()["shop"].map({"north": 0.1, "south": 0.5, "west": 0.9, "tiny": 0.5})
        chance = np.clip(base + rng.normal(0, 0.1, ROWS), 0.01, 0.99).to_numpy()
        y = (rng.uniform(size=ROWS) < chance) + 0.0
        scores = np.column_stack([1 - chance, chance])
        found = judge_slices(table(), y, scores, CONTRACT, ALONE, seed=1)
        assert not any(one.clearly_worse for one in found)

    def test_rows_of_one_entity_prove_little(self):
        """A few entities that the model does not know, with many rows each, are a few cases."""
        y, scores = truth_and_scores("south")
        found = judge_slices(table(), y, scores, CONTRACT, np.arange(ROWS) % 3, seed=1)
        assert not any(one.clearly_worse for one in found)

    def test_numbers_are_shown_and_never_called_worse(self):
        y = np.where(table()["shop"] == "south", 1000.0, 10.0)
        found = judge_slices(table(), y, 0.9 * y[:, None], NUMBERS, ALONE, seed=1)
        assert found[0].value == "south"
        assert (found[0].truth, found[0].predicted) == pytest.approx((1000.0, 900.0))
        assert not any(one.clearly_worse for one in found)


class TestReliability:
    TARGET = Target("y", "classification", (False, True))

    @pytest.mark.parametrize(("power", "least", "most"), [(1.0, 0.0, 0.04), (3.0, 0.15, 0.4)])
    def test_probabilities_that_do_not_come_true_are_seen(self, power, least, most):
        rng = np.random.default_rng(1)
        chance = rng.uniform(0, 1, 5000)
        y = (rng.uniform(0, 1, 5000) < chance) + 0.0
        said = chance**power
        bins = reliability(y, np.column_stack([1 - said, said]), self.TARGET)
        assert sum(one.rows for one in bins) == 5000
        predicted = [one.predicted for one in bins]
        assert predicted == sorted(predicted)
        assert least <= calibration_error(bins) <= most

    def test_of_several_classes_the_likeliest_counts(self):
        scores = np.tile([0.7, 0.2, 0.1], (100, 1))
        y = np.repeat([0.0, 1.0], [70, 30])
        target = Target("y", "classification", ("a", "b", "c"))
        (only,) = reliability(y, scores, target)
        assert (only.predicted, only.observed) == pytest.approx((0.7, 0.7))

    def test_numbers_are_compared_in_their_unit(self):
        y = np.arange(100) + 0.0
        bins = reliability(y, y[:, None] + 5, Target("y", "regression"))
        assert [one.predicted - one.observed for one in bins] == pytest.approx([5.0] * 10)

    def test_the_order_of_equal_predictions_does_not_matter(self):
        y = np.repeat([1.0, 0.0], [70, 30])
        scores = np.tile([0.3, 0.7], (100, 1))
        (only,) = reliability(y, scores, self.TARGET)
        assert (only.rows, only.observed) == (100, pytest.approx(0.7))

    def test_few_rows_have_fewer_bins(self):
        bins = reliability(np.array([0.0, 1.0]), np.array([[0.6, 0.4], [0.3, 0.7]]), self.TARGET)
        assert [one.rows for one in bins] == [1, 1]

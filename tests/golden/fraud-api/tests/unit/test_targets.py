"""What was stated about the model's figures decides, as soon as there are rows to judge by."""

import numpy as np
import pandas as pd
import pytest

from fraud_api.data.contract import Column
from fraud_api.data.target import Target
from fraud_api.learning.targets import (
    figures_of,
    judge_targets,
    other_figures,
)

CLASSES = Target(name="label", task="classification", classes=(False, True))
NUMBERS = Target(name="label", task="regression", classes=())


def judged(targets, rows, share_right):
    """A classifier that is right on a share of the rows, all of them certain."""
    y = np.arange(rows) % 2
    right = np.arange(rows) < rows * share_right
    positive = np.where(right, y, 1 - y).astype(float)
    return judge_targets(targets, y, np.column_stack([1 - positive, positive]), CLASSES, 0.5)


@pytest.mark.parametrize(("share", "met"), [(0.95, True), (0.85, False)])
def test_a_share_is_compared(share, met):
    (result,) = judged({"accuracy": 0.9}, 400, share)
    assert result.value == pytest.approx(share)
    assert result.met is met


def test_few_rows_decide_nothing():
    (result,) = judged({"accuracy": 0.9}, 40, 0.5)
    assert not result.judged
    assert result.met


@pytest.mark.parametrize(
    ("name", "positives", "flagged", "counts"),
    [
        ("accuracy", 20, 20, True),
        ("recall", 20, 900, False),
        ("recall", 300, 20, True),
        ("precision", 300, 20, False),
        ("precision", 20, 300, True),
        ("f1", 20, 900, False),
        ("pr_auc", 20, 900, False),
        ("pr_auc", 300, 20, True),
    ],
)
def test_only_rows_of_the_kind_that_a_figure_counts_judge_it(name, positives, flagged, counts):
    y = (np.arange(1_000) < positives) + 0.0
    positive = np.where(np.arange(1_000) < flagged, 0.9, 0.1)
    scores = np.column_stack([1 - positive, positive])
    (result,) = judge_targets({name: 0.99}, y, scores, CLASSES, 0.5)
    assert result.judged is counts


@pytest.mark.parametrize(("target", "met"), [(1.5, True), (0.5, False)])
def test_an_error_must_stay_below(target, met):
    y = np.arange(300, dtype="float64")
    (result,) = judge_targets({"mae": target}, y, (y + 1)[:, None], NUMBERS, None)
    assert result.value == pytest.approx(1.0)
    assert result.met is met


def test_mape_leaves_out_rows_without_a_true_value():
    y = np.array([0.0, 10.0, 20.0])
    (result,) = judge_targets({"mape": 20.0}, y, np.array([[5.0], [11.0], [18.0]]), NUMBERS, None)
    assert result.value == pytest.approx(10.0)


@pytest.mark.parametrize("several", [2, 3])
def test_every_figure_of_a_classification_is_a_number(several):
    rng = np.random.default_rng(3)
    y = np.arange(60) % several
    scores = rng.dirichlet(np.ones(several), size=60)
    target = Target(name="label", task="classification", classes=tuple(range(several)))
    threshold = 0.5 if several == 2 else None
    results = judge_targets(
        dict.fromkeys(figures_of("classification"), 0.0), y, scores, target, threshold
    )
    assert all(np.isfinite(result.value) for result in results)


class TestOtherFigures:
    def test_of_two_classes_at_the_threshold(self):
        y = (np.arange(100) < 20) + 0.0
        positive = np.where(np.arange(100) < 30, 0.4, 0.1)
        found = other_figures(y, np.column_stack([1 - positive, positive]), CLASSES, 0.4)
        assert found["recall"] == 1.0
        assert found["precision"] == pytest.approx(2 / 3)
        assert found["f1"] == pytest.approx(0.8)
        assert found["balanced_accuracy"] == pytest.approx((1 + 70 / 80) / 2)
        assert (found["share_flagged"], found["base_rate"]) == (0.3, 0.2)
        assert set(found) >= set(figures_of("classification"))

    def test_of_a_number_with_its_bias(self):
        y = np.arange(1.0, 11.0)
        found = other_figures(y, (y * 0.9)[:, None], NUMBERS, None)
        assert found["bias"] == pytest.approx(0.9)
        assert found["mape"] == pytest.approx(10.0)

    def test_what_is_not_defined_is_left_out(self):
        found = other_figures(np.zeros(5), np.ones((5, 1)), NUMBERS, None)
        assert not {"bias", "mape"} & set(found)


class TestBounds:
    @pytest.mark.parametrize("skewed", [True, False])
    def test_no_input_leads_to_any_number_at_all(self, skewed):
        numbers = np.exp(np.linspace(0, 6, 100)) if skewed else np.linspace(10.0, 20.0, 100)
        target = Target.fit(pd.Series(numbers), Column("y", "number", "target"), "regression")
        assert target.log is skewed
        low, high = target.from_model(np.array([-1e9, 1e9]))
        reach = numbers.max() - numbers.min()
        assert high == pytest.approx(numbers.max() + reach)
        assert low == pytest.approx(0.0 if skewed else numbers.min() - reach)

    def test_what_was_seen_is_given_back(self):
        numbers = np.exp(np.linspace(0, 6, 100))
        target = Target.fit(pd.Series(numbers), Column("y", "number", "target"), "regression")
        assert target.from_model(target.to_model(numbers)) == pytest.approx(numbers)

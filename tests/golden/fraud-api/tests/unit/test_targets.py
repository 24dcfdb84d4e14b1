"""What was stated about the model's figures decides, as soon as there are rows to judge by."""

import numpy as np
import pytest

from fraud_api.data.target import Target
from fraud_api.learning.targets import figures_of, judge_targets

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

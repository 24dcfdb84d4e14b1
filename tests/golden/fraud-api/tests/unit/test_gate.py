"""A model passes only when it is better than the baseline by more than luck."""

import pytest

from fraud_api.evaluate import BASELINE, doubt_of
from fraud_api.running.plan import QualityPlan
from fraud_api.running.stage import Metric

PLAN = QualityPlan()


@pytest.mark.parametrize(
    ("value", "low", "high", "words"),
    [
        (0.70, 0.60, 0.80, ""),
        (0.51, 0.505, 0.515, "0.02 is needed"),
        (0.56, 0.47, 0.65, "from 0.47 to 0.65 holds the 0.5"),
    ],
)
def test_classes(value, low, high, words):
    metrics = {"roc_auc": Metric(value, "test", low, high), BASELINE: Metric(0.5, "test")}
    found = doubt_of("classification", metrics, PLAN)
    assert words in found
    assert bool(found) is bool(words)


@pytest.mark.parametrize(
    ("value", "low", "high", "words"),
    [
        (7.0, 6.0, 8.0, ""),
        (9.9, 9.85, 9.95, "0.02 is needed"),
        (9.0, 7.0, 11.0, "from 7 to 11 holds the 10"),
    ],
)
def test_numbers(value, low, high, words):
    metrics = {"rmse": Metric(value, "test", low, high), BASELINE: Metric(10.0, "test")}
    found = doubt_of("regression", metrics, PLAN)
    assert words in found
    assert bool(found) is bool(words)

"""Figures, intervals and the decision threshold."""

import numpy as np
import pytest

from fraud_api.learning.metrics import (
    balanced_threshold,
    gain_over,
    score,
    with_interval,
)

Y = np.array([0.0, 0.0, 0.0, 1.0, 1.0, 1.0] * 20)
SURE = np.column_stack([1 - Y, Y])


class TestScore:
    def test_auc_of_a_perfect_and_of_an_ignorant_model(self):
        assert score("classification", Y, SURE) == 1.0
        assert score("classification", Y, np.full((len(Y), 2), 0.5)) == 0.5

    def test_rmse_has_the_unit_of_the_target(self):
        assert score("regression", np.array([1.0, 3.0]), np.array([[2.0], [2.0]])) == 1.0

    def test_gain_is_in_points_or_in_shares(self):
        assert gain_over("classification", 0.8, 0.5) == pytest.approx(0.3)
        assert gain_over("regression", 5.0, 10.0) == 0.5


class TestWithInterval:
    def test_the_interval_holds_the_figure_and_repeats(self):
        noisy = np.clip(SURE * 0.4 + np.random.default_rng(0).uniform(0, 0.6, (len(Y), 1)), 0, 1)
        options = {"resamples": 50, "confidence": 0.9, "seed": 1}
        one = with_interval("roc_auc", Y, noisy, "classification", **options)
        assert one.low < one.value < one.high
        assert one == with_interval("roc_auc", Y, noisy, "classification", **options)


class TestBalancedThreshold:
    def test_parts_the_classes(self):
        scores = np.column_stack([1 - Y, 0.2 + 0.1 * Y])
        assert balanced_threshold(Y, scores) == pytest.approx(0.3)

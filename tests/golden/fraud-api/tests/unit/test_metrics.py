"""Figures, intervals and the decision threshold."""

import numpy as np
import pytest
from sklearn.metrics import (
    accuracy_score,
    balanced_accuracy_score,
    brier_score_loss,
    f1_score,
)

from fraud_api.learning.metrics import (
    best_threshold,
    figures,
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

    @pytest.mark.parametrize("classes", [2, 3])
    def test_brier_is_that_of_scikit_learn(self, classes):
        rng = np.random.default_rng(1)
        y, scores = np.arange(30) % classes, rng.dirichlet(np.ones(classes), size=30)
        known = brier_score_loss(y, scores[:, 1] if classes == 2 else scores)
        assert figures("classification")["brier"](y, scores) == pytest.approx(known)

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


class TestBestThreshold:
    @pytest.mark.parametrize("decision", ["balanced", "f1", "accuracy"])
    def test_parts_the_classes(self, decision):
        scores = np.column_stack([1 - Y, 0.2 + 0.1 * Y])
        assert best_threshold(decision, Y, scores) == pytest.approx(0.3)

    @pytest.mark.parametrize(
        ("decision", "figure"),
        [("balanced", balanced_accuracy_score), ("f1", f1_score), ("accuracy", accuracy_score)],
    )
    def test_no_other_threshold_is_better(self, decision, figure):
        rng = np.random.default_rng(2)
        y = (rng.uniform(size=600) < 0.05) + 0.0
        positive = np.round(np.clip(0.3 * y + rng.uniform(0, 0.7, 600), 0, 1), 2)
        chosen = best_threshold(decision, y, np.column_stack([1 - positive, positive]))
        reached = figure(y, positive >= chosen)
        assert reached >= max(figure(y, positive >= other) for other in np.unique(positive)) - 1e-12

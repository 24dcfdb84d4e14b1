"""Predictions of a skewed number add up to the truth."""

import numpy as np
import pytest

from fraud_api.data.target import Target
from fraud_api.ensemble import mean_factor

LEARNED_AS_LOGARITHM = Target("amount", "regression", log=True)


def medians(noise: float) -> tuple[np.ndarray, np.ndarray]:
    """The truth with noise in its logarithm, and the median of each row as the prediction."""
    rng = np.random.default_rng(3)
    level = rng.normal(3, 1, 20_000)
    truth = np.exp(level + rng.normal(0, noise, len(level)))
    return truth, np.exp(level)[:, np.newaxis]


def test_medians_are_raised_to_the_mean():
    truth, predicted = medians(0.8)
    assert predicted.sum() < 0.8 * truth.sum()
    factor = mean_factor(LEARNED_AS_LOGARITHM, truth, predicted)
    assert (predicted * factor).sum() == pytest.approx(truth.sum())


def test_a_number_that_is_learned_as_it_is_stays():
    truth, predicted = medians(0.8)
    assert mean_factor(Target("amount", "regression"), truth, predicted) == 1


def test_a_factor_that_costs_accuracy_is_not_taken():
    truth = np.repeat([1000.0, 10.0], 500)
    predicted = np.repeat([1000.0, 1.0], 500)[:, np.newaxis]
    assert mean_factor(LEARNED_AS_LOGARITHM, truth, predicted) == 1

"""Large tables are learned from side by side and in part; the figures do not depend on it."""

import numpy as np
import pytest

from fraud_api.data.target import Target
from fraud_api.learning import cross_validation
from fraud_api.learning.candidates import CANDIDATES

TARGET = Target("y", "classification", (False, True))
SMALL = {"n_estimators": 5, "max_iter": 5}


@pytest.mark.parametrize("name", CANDIDATES)
def test_folds_side_by_side_score_as_one_after_the_other(monkeypatch, name):
    rng = np.random.default_rng(1)
    matrix = rng.normal(size=(300, 3))
    y = (matrix[:, 0] + rng.normal(size=300) > 0) + 0.0
    folds = np.arange(300) % 4
    candidate = CANDIDATES[name]
    params = {key: SMALL.get(key, value) for key, value in candidate.defaults.items()}
    scores = []
    for threads in (1, 4):
        monkeypatch.setattr(cross_validation, "side_by_side", lambda rows, folds, n=threads: n)
        score = cross_validation.out_of_fold_scores
        scores.append(score(candidate, params, matrix, y, folds, TARGET, seed=3))
    assert np.array_equal(scores[0], scores[1])


def test_small_tables_need_no_threads():
    assert cross_validation.side_by_side(rows=1_000, folds=5) == 1
    assert 1 <= cross_validation.side_by_side(rows=1_000_000, folds=5) <= 3


def test_a_part_of_the_rows_has_the_shares_of_all():
    y = np.array([0.0] * 900 + [1.0] * 100)
    rows = cross_validation.evenly_drawn(y, 50)
    assert len(set(rows)) == 50
    assert y[rows].mean() == pytest.approx(0.1, abs=0.02)

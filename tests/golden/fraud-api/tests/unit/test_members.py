"""Every candidate learns, is stored without code, and predicts the same when it is loaded."""

import numpy as np
import pytest
import skops.io

from fraud_api.data.target import Target
from fraud_api.learning.candidates import CANDIDATES
from fraud_api.learning.cross_validation import fit, scores_of
from fraud_api.model.members import load_member, save_member

TARGETS = {
    "two classes": Target("y", "classification", (False, True)),
    "three classes": Target("y", "classification", ("a", "b", "c")),
    "number": Target("y", "regression"),
    "skewed number": Target("y", "regression", log=True),
}


@pytest.mark.parametrize("kind", TARGETS)
@pytest.mark.parametrize("name", CANDIDATES)
def test_a_stored_candidate_predicts_the_same(tmp_path, name, kind):
    target, candidate = TARGETS[kind], CANDIDATES[name]
    rng = np.random.default_rng(1)
    matrix = rng.normal(size=(60, 3))
    y = np.digitize(matrix[:, 0], np.linspace(-0.4, 0.4, max(len(target.classes), 2) - 1)) + 0.0
    matrix[:5, 1] = np.nan
    small = {"n_estimators": 10, "max_iter": 10}
    params = {key: small.get(key, value) for key, value in candidate.defaults.items()}
    model = fit(candidate, params, matrix, y, target, seed=1)
    path = tmp_path / "member"
    save_member(path, model, candidate.format)
    loaded = load_member(path, candidate.format, target)
    assert scores_of(loaded, matrix, target) == pytest.approx(scores_of(model, matrix, target))


class Foreign:
    """A type that is no part of a model."""


def test_a_file_with_a_foreign_type_is_refused(tmp_path):
    path = tmp_path / "member.skops"
    skops.io.dump(Foreign(), path)
    with pytest.raises(skops.io.exceptions.UntrustedTypesFoundException):
        load_member(path, "skops", TARGETS["number"])

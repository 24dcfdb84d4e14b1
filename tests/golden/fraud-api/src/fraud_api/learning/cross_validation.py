"""Scores for rows that the model has not seen: every row is predicted by a model of other folds."""

from __future__ import annotations

import time
import warnings

import numpy as np

from ..data.contract import Task
from ..data.encoder import Matrix
from ..data.target import Scores, Target, Vector
from ..running.errors import OutOfTime
from .candidates.candidate import Candidate, Estimator, Params


def out_of_fold_scores(
    candidate: Candidate,
    params: Params,
    matrix: Matrix,
    y: Vector,
    folds: Vector,
    target: Target,
    *,
    seed: int,
    deadline: float | None = None,
) -> Scores:
    """Fits one model a fold and predicts the rows of that fold.

    Args:
        candidate: which model, with the complete parameters `params`.
        matrix: encoded training rows.
        y: class numbers, or the target in its own unit.
        folds: the fold of each row.
        target: how scores are shaped.
        seed: of the model.
        deadline: on the monotonic clock.

    Raises:
        OutOfTime: the deadline passed between two folds.
    """
    scores = np.zeros((len(y), max(1, len(target.classes))))
    for number, fold in enumerate(np.unique(folds)):
        if number and deadline is not None and time.monotonic() > deadline:
            raise OutOfTime(f"the time box closed after {number} folds")
        inside = folds == fold
        model = fit(candidate, params, matrix[~inside], y[~inside], target, seed)
        scores[inside] = scores_of(model, matrix[inside], target)
    return scores


def fit(
    candidate: Candidate, params: Params, matrix: Matrix, y: Vector, target: Target, seed: int
) -> Estimator:
    """A model fitted on all the given rows."""
    task: Task = target.task
    model = candidate.build(task, params, seed)
    with warnings.catch_warnings():
        # Columns that are empty in a fold and optimisers that stop early show in the score.
        warnings.simplefilter("ignore")
        model.fit(matrix, target.to_model(y))
    return model


def scores_of(model: Estimator, matrix: Matrix, target: Target) -> Scores:
    """Probabilities in the order of the target's classes, or numbers in the target's unit."""
    if target.task == "regression":
        return target.from_model(np.asarray(model.predict(matrix), dtype="float64"))[:, None]
    scores = np.zeros((len(matrix), len(target.classes)))
    scores[:, np.asarray(model.classes_, dtype=int)] = model.predict_proba(matrix)
    return scores

"""Scores for rows that the model has not seen: every row is predicted by a model of other folds.

A model is fitted on one thread, so that it is the same on every machine. Folds of large tables are
fitted side by side instead.
"""

from __future__ import annotations

import time
import warnings
from concurrent.futures import ThreadPoolExecutor

import joblib
import numpy as np

from ..data.contract import Task
from ..data.encoder import Matrix
from ..data.target import Scores, Target, Vector
from ..running.errors import OutOfTime
from .candidates.candidate import Candidate, Estimator, Params

_MOST_AT_ONCE = 3
"""Each holds a copy of its rows. Five folds take two rounds with three at once as with four."""
_FEW_ROWS = 50_000
"""Up to here a fold is a matter of seconds, and threads would only stand in each other's way."""


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
    numbers = np.unique(folds)

    def score_fold(number: int) -> None:
        if number and deadline is not None and time.monotonic() > deadline:
            raise OutOfTime(f"the time box closed after {number} folds")
        inside = folds == numbers[number]
        others = np.flatnonzero(~inside)
        model = _fitted(candidate, params, matrix, y, others, target, seed)
        scores[inside] = scores_of(model, matrix[inside], target)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with ThreadPoolExecutor(max_workers=side_by_side(len(y), len(numbers))) as pool:
            list(pool.map(score_fold, range(len(numbers))))
    return scores


def side_by_side(rows: int, folds: int) -> int:
    """How many folds are fitted at once."""
    return 1 if rows <= _FEW_ROWS else min(folds, _MOST_AT_ONCE, joblib.cpu_count())


def fit(
    candidate: Candidate, params: Params, matrix: Matrix, y: Vector, target: Target, seed: int
) -> Estimator:
    """A model fitted on the given rows, or on as many of them as it makes use of."""
    with warnings.catch_warnings():
        # Columns that are empty in a fold and optimisers that stop early show in the score.
        warnings.simplefilter("ignore")
        return _fitted(candidate, params, matrix, y, np.arange(len(y)), target, seed)


def evenly_drawn(y: Vector, rows: int) -> np.ndarray:
    """Positions of so many rows, with the shares of classes (or the spread) that all rows have."""
    order = np.argsort(y, kind="stable")
    return np.sort(order[np.linspace(0, len(y) - 1, rows).round().astype(int)])


def scores_of(model: Estimator, matrix: Matrix, target: Target) -> Scores:
    """Probabilities in the order of the target's classes, or numbers in the target's unit."""
    if target.task == "regression":
        return target.from_model(np.asarray(model.predict(matrix), dtype="float64"))[:, None]
    scores = np.zeros((len(matrix), len(target.classes)))
    scores[:, np.asarray(model.classes_, dtype=int)] = model.predict_proba(matrix)
    return scores


def _fitted(
    candidate: Candidate,
    params: Params,
    matrix: Matrix,
    y: Vector,
    rows: np.ndarray,
    target: Target,
    seed: int,
) -> Estimator:
    """Fitted on these rows; filters of warnings belong to the process, threads leave them alone."""
    task: Task = target.task
    model = candidate.build(task, params, seed)
    if candidate.most_rows is not None and len(rows) > candidate.most_rows:
        rows = rows[evenly_drawn(y[rows], candidate.most_rows)]
    model.fit(matrix[rows], target.to_model(y[rows]))
    return model

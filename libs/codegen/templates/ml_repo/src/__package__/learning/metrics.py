"""The figures by which models are judged, and how certain they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np
from sklearn import metrics as sk

from ..data.contract import Task
from ..data.target import Scores, Target, Vector
from ..running.plan import Decision
from ..running.stage import Metric

MetricName = Literal["roc_auc", "rmse"]
METRIC_OF: dict[Task, MetricName] = {"classification": "roc_auc", "regression": "rmse"}
_LARGE = 2_000_000
"""Rows times resamples up to which every resample is drawn; beyond it there are fewer."""


def score(task: Task, y: Vector, scores: Scores) -> float:
    """ROC AUC (macro one-versus-rest for several classes) or RMSE in the target's unit."""
    if task == "regression":
        return float(np.sqrt(np.mean((y - scores[:, 0]) ** 2)))
    if scores.shape[1] == 2:
        return float(sk.roc_auc_score(y, scores[:, 1]))
    labels = np.arange(scores.shape[1])
    return float(sk.roc_auc_score(y, scores, multi_class="ovr", labels=labels))


def is_better(task: Task, one: float, other: float) -> bool:
    """Whether the first figure is better than the second."""
    return one > other if task == "classification" else one < other


def dummy_scores(task: Task, y_train: Vector, target: Target, rows: int) -> Scores:
    """What a model that ignores its inputs says: class frequencies, or the mean."""
    if task == "regression":
        return np.full((rows, 1), y_train.mean())
    counts = np.bincount(y_train.astype(int), minlength=len(target.classes))
    return np.tile(counts / counts.sum(), (rows, 1))


def gain_over(task: Task, value: float, baseline: float) -> float:
    """Points of AUC above the baseline, or the share of the baseline's RMSE that is gone."""
    return value - baseline if task == "classification" else 1 - value / max(baseline, 1e-12)


def with_interval(
    name: str,
    y: Vector,
    scores: Scores,
    task: Task,
    *,
    resamples: int,
    confidence: float,
    seed: int,
    entities: np.ndarray | None = None,
) -> Metric:
    """One of `figures` with its percentile bootstrap interval.

    `entities` numbers what is drawn again, from 0: rows of one entity resemble each other and are
    drawn together. None draws single rows.

    Resamples in which a class is missing are left out. With very many rows fewer are drawn, because
    the interval is narrow then.
    """
    compute = figures(task)[name]
    draws = int(np.clip(_LARGE / len(y), 50, resamples))
    rng = np.random.default_rng(seed)
    draw = _drawing(np.arange(len(y)) if entities is None else entities)
    values: list[float] = []
    for _ in range(draws):
        rows = draw(rng)
        if task == "regression" or len(np.unique(y[rows])) == len(np.unique(y)):
            values.append(compute(y[rows], scores[rows]))
    if not values:
        # A class with a single test row is missing in most resamples, and may be in all of them.
        values.append(compute(y, scores))
    tail = (1 - confidence) / 2
    low, high = np.quantile(values, [tail, 1 - tail])
    return Metric(compute(y, scores), "test", low=float(low), high=float(high))


def gain_with_interval(
    y: Vector,
    one: Scores,
    other: Scores,
    task: Task,
    entities: np.ndarray,
    *,
    resamples: int,
    confidence: float,
    seed: int,
) -> Metric:
    """What one model is better by than another, on the same rows in every resample.

    In points of AUC, or as the share of the other's RMSE that is gone; negative when it is worse.
    Drawing both together leaves out what makes rows easy or hard for either of them.
    """

    def gain(rows: np.ndarray) -> float:
        values = (score(task, y[rows], scores[rows]) for scores in (one, other))
        return gain_over(task, *values)

    draws = int(np.clip(_LARGE / len(y), 50, resamples))
    rng = np.random.default_rng(seed)
    draw = _drawing(entities)
    classes, values = len(np.unique(y)), []
    for _ in range(draws):
        rows = draw(rng)
        if task == "regression" or len(np.unique(y[rows])) == classes:
            values.append(gain(rows))
    every, tail = gain(np.arange(len(y))), (1 - confidence) / 2
    low, high = np.quantile(values or [every], [tail, 1 - tail])
    return Metric(every, "test", low=float(low), high=float(high))


def _drawing(entities: np.ndarray) -> Callable[[np.random.Generator], np.ndarray]:
    """Draws as many entities as there are, with replacement, and returns all their rows."""
    order, sizes = np.argsort(entities, kind="stable"), np.bincount(entities)
    starts = np.cumsum(sizes) - sizes

    def draw(rng: np.random.Generator) -> np.ndarray:
        drawn = rng.integers(0, len(sizes), len(sizes))
        counts = sizes[drawn]
        within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        rows: np.ndarray = order[np.repeat(starts[drawn], counts) + within]
        return rows

    return draw


def figures(task: Task) -> dict[str, Callable[[Vector, Scores], float]]:
    """Every figure that `evaluate` reports; the first one decides."""
    if task == "regression":
        return {
            "rmse": lambda y, s: score("regression", y, s),
            "mae": lambda y, s: float(np.abs(y - s[:, 0]).mean()),
            "r2": lambda y, s: float(sk.r2_score(y, s[:, 0])),
        }
    return {
        "roc_auc": lambda y, s: score("classification", y, s),
        "log_loss": lambda y, s: float(sk.log_loss(y, s, labels=np.arange(s.shape[1]))),
        "brier": _brier,
    }


def best_threshold(decision: Decision, y: Vector, scores: Scores) -> float:
    """The probability of the last class from which on it is predicted.

    Args:
        decision: what is best there: balanced accuracy, F1 of the last class, or accuracy.
        y: true classes of two, as 0 and 1.
        scores: of the same rows, by models that have not seen them.
    """
    false_rate, true_rate, thresholds = sk.roc_curve(y, scores[:, 1])
    positive = float(y.sum())
    found, wrong = true_rate * positive, false_rate * (len(y) - positive)
    value = {
        "balanced": true_rate - false_rate,
        "f1": 2 * found / (found + wrong + positive),
        "accuracy": found - wrong,
    }[decision]
    return float(np.clip(thresholds[int(np.argmax(value))], 0.0, 1.0))


def _brier(y: Vector, scores: Scores) -> float:
    """As scikit-learn has it: of the last class when there are two, else the sum over classes."""
    truth = np.eye(scores.shape[1])[y.astype(int)]
    squares = (scores - truth) ** 2
    return float((squares[:, -1] if scores.shape[1] == 2 else squares.sum(axis=1)).mean())

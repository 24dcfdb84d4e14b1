"""Figures that the model was asked to reach, beside the gain over the baseline."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn import metrics as sk

from ..data.contract import Task
from ..data.target import Scores, Target, Vector

_ENOUGH_ROWS = 200
"""Rows from which a target is judged: at fewer a share is uncertain by seven points and more
(1.96 * sqrt(0.25 / 200) = 0.069), so missing a target would say little. Only rows that the figure
is a share of count: see `_rows_behind`."""
LOWER_IS_BETTER = frozenset({"log_loss", "rmse", "mae", "mape", "wape", "smape"})


@dataclass(frozen=True)
class TargetResult:
    """One stated target and what the model reached."""

    name: str
    target: float
    value: float
    judged: bool
    """Whether there were enough test rows of the kind that the figure counts."""

    @property
    def met(self) -> bool:
        """Whether the model is good enough, or nobody can tell yet."""
        if not self.judged:
            return True
        if self.name in LOWER_IS_BETTER:
            return self.value <= self.target
        return self.value >= self.target

    def to_json(self) -> dict[str, float | bool]:
        """Plain JSON values."""
        return {
            "target": self.target,
            "value": self.value,
            "judged": self.judged,
            "met": self.met,
        }


def judge_targets(
    targets: Mapping[str, float],
    y: Vector,
    scores: Scores,
    target: Target,
    threshold: float | None,
) -> tuple[TargetResult, ...]:
    """Compares each stated figure with the test rows.

    Args:
        targets: figure by its name, as `quality.targets` of the plan gives them.
        y: true values of the test rows, classes as codes.
        scores: of the same rows.
        target: what is learned.
        threshold: probability of the last of two classes from which on it is predicted.

    Raises:
        KeyError: a figure does not exist for the task; the plan refuses it before.
    """
    known = figures_of(target.task)
    predicted = _codes(scores, threshold) if target.task == "classification" else scores[:, 0]
    return tuple(
        TargetResult(
            name,
            wanted,
            known[name](y, scores, predicted),
            _rows_behind(name, y, predicted, len(target.classes)) >= _ENOUGH_ROWS,
        )
        for name, wanted in sorted(targets.items())
    )


def _rows_behind(name: str, y: Vector, predicted: Vector, classes: int) -> int:
    """How many test rows the figure rests on; of several classes, in the smallest of them."""
    if name not in ("recall", "precision", "f1", "pr_auc"):
        return len(y)
    counted = np.bincount((predicted if name == "precision" else y).astype(int), minlength=classes)
    share_of_last = classes == 2 and name in ("recall", "precision")
    return int(counted[1] if share_of_last else counted.min())


Figure = Callable[[Vector, Scores, Vector], float]


def figures_of(task: Task) -> dict[str, Figure]:
    """Every figure a target can be stated in: of true values, scores and predictions."""
    return _REGRESSION if task == "regression" else _CLASSIFICATION


def other_figures(
    y: Vector, scores: Scores, target: Target, threshold: float | None
) -> dict[str, float]:
    """What else an evaluation reports: every figure a target can be stated in, and the balance.

    For two classes that is the share of rows that are flagged (predicted as the last class) and the
    share that should be; for a number the sum of the predictions over that of the true values. A
    figure that these rows do not define is left out.
    """
    predicted = _codes(scores, threshold) if target.task == "classification" else scores[:, 0]
    found = {name: figure(y, scores, predicted) for name, figure in figures_of(target.task).items()}
    if target.task == "regression":
        found["bias"] = float(predicted.sum() / y.sum()) if y.sum() else np.nan
    else:
        found["balanced_accuracy"] = float(
            sk.recall_score(y, predicted, average="macro", zero_division=0)
        )
    if len(target.classes) == 2:
        found |= {"share_flagged": float(predicted.mean()), "base_rate": float(y.mean())}
    return {name: value for name, value in found.items() if np.isfinite(value)}


def _codes(scores: Scores, threshold: float | None) -> Vector:
    if threshold is None or scores.shape[1] != 2:
        return np.asarray(scores.argmax(axis=1), dtype="float64")
    return np.asarray(scores[:, 1] >= threshold, dtype="float64")


def _averaged(figure: Callable[..., float]) -> Figure:
    """Of the last class when there are two, else the mean over the classes."""

    def compute(y: Vector, scores: Scores, predicted: Vector) -> float:
        average = "binary" if scores.shape[1] == 2 else "macro"
        return float(figure(y, predicted, average=average, zero_division=0))

    return compute


def _ranked(figure: Callable[..., float], **several: str) -> Figure:
    def compute(y: Vector, scores: Scores, predicted: Vector) -> float:
        if scores.shape[1] == 2:
            return float(figure(y, scores[:, 1]))
        truth = np.eye(scores.shape[1])[y.astype(int)]
        return float(figure(truth, scores, average="macro", **several))

    return compute


def _mape(y: Vector, predicted: Vector) -> float:
    return 100 * float(np.abs((y - predicted) / y).mean()) if len(y) else float("nan")


def _share(total: Callable[[Vector, Vector], Any]) -> Figure:
    return lambda y, scores, predicted: float(total(y, predicted))


_CLASSIFICATION: dict[str, Figure] = {
    "accuracy": lambda y, scores, predicted: float(np.mean(y == predicted)),
    "f1": _averaged(sk.f1_score),
    "log_loss": lambda y, s, predicted: float(sk.log_loss(y, s, labels=np.arange(s.shape[1]))),
    "pr_auc": _ranked(sk.average_precision_score),
    "precision": _averaged(sk.precision_score),
    "recall": _averaged(sk.recall_score),
    "roc_auc": _ranked(sk.roc_auc_score),
}
_REGRESSION: dict[str, Figure] = {
    "mae": _share(lambda y, p: np.abs(y - p).mean()),
    "mape": _share(lambda y, p: _mape(y[y != 0], p[y != 0])),
    "r2": _share(sk.r2_score),
    "rmse": _share(lambda y, p: np.sqrt(np.mean((y - p) ** 2))),
    "smape": _share(
        lambda y, p: 200 * np.mean(np.abs(y - p) / np.maximum(np.abs(y) + np.abs(p), 1e-12))
    ),
    "wape": _share(lambda y, p: 100 * np.abs(y - p).sum() / max(np.abs(y).sum(), 1e-12)),
}
"""MAPE, WAPE and sMAPE in per cent; MAPE leaves out rows whose true value is zero."""

"""How the model does on parts of the test rows: a good figure over all may hide a part it fails."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pandas as pd

from ..data.contract import DataContract, Task
from ..data.target import Scores, Vector
from ..running.stage import Metric
from .cross_validation import evenly_drawn
from .metrics import METRIC_OF, is_better, with_interval

_FEWEST = 60
"""Rows of a part below which its figure would be chance."""
_FEWEST_OF_A_CLASS = 10
_PARTS = 20
"""The largest ones are looked at."""
_ROWS = 20_000
"""Of a large part, so many are drawn."""
_RESAMPLES = 60


@dataclass(frozen=True)
class Slice:
    """The test rows with one value of one column."""

    column: str
    value: str
    rows: int
    figure: Metric
    truth: float
    """Mean of the true numbers, or share of the last class."""
    predicted: float
    """The same as the model says it."""
    clearly_worse: bool
    """Whether the whole interval is worse than the figure over all test rows; of classes only, as
    the error of a number grows with the number."""

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {**asdict(self), "figure": self.figure.to_json()}


def judge_slices(
    test: pd.DataFrame, y: Vector, scores: Scores, contract: DataContract, overall: float, seed: int
) -> list[Slice]:
    """The largest parts by a category or a flag, the worst figure first.

    Args:
        test: typed test rows.
        y: true values of the same rows, classes as codes.
        scores: of the same rows.
        contract: names the columns.
        overall: the deciding figure over all test rows.
        seed: of the resamples.
    """
    parts = sorted(_parts(test, y, contract), key=lambda part: (-part[2].sum(), part[0], part[1]))
    task, found = contract.task, []
    for column, value, mask in parts[:_PARTS]:
        figure = _figure(y[mask], scores[mask], task, seed)
        best = figure.high if task == "classification" else figure.low
        worse = task == "classification" and is_better(task, overall, best or 0.0)
        truth = y[mask] if task == "regression" else y[mask] == scores.shape[1] - 1
        found.append(
            Slice(
                column,
                value,
                rows=int(mask.sum()),
                figure=figure,
                truth=float(truth.mean()),
                predicted=float(scores[mask, -1].mean()),
                clearly_worse=worse,
            )
        )
    sign = 1.0 if task == "classification" else -1.0
    return sorted(found, key=lambda one: (sign * one.figure.value, one.column, one.value))


def words_of(slices: list[Slice], metric: str, overall: float) -> tuple[str, ...]:
    """What to say of the parts that are clearly worse, of three at most."""
    return tuple(
        f"Where {one.column} is {one.value} ({one.rows} test rows), {metric} is "
        f"{one.figure.value:.3g} ({one.figure.low:.3g} to {one.figure.high:.3g}); over all rows it "
        f"is {overall:.3g}."
        for one in [one for one in slices if one.clearly_worse][:3]
    )


def _parts(
    test: pd.DataFrame, y: Vector, contract: DataContract
) -> Iterator[tuple[str, str, np.ndarray]]:
    for column in contract.features:
        if column.kind not in ("category", "boolean"):
            continue
        cells = test[column.name]
        for value, count in cells.value_counts().items():
            mask = (cells == value).to_numpy(dtype=bool)
            if _FEWEST <= count < len(test) and _can_be_judged(y, mask, contract.task):
                shown = bool(value) if column.kind == "boolean" else value
                yield column.name, str(shown), mask


def _can_be_judged(y: Vector, mask: np.ndarray, task: Task) -> bool:
    if task == "regression":
        return True
    classes, counts = np.unique(y[mask], return_counts=True)
    return len(classes) == len(np.unique(y)) and int(counts.min()) >= _FEWEST_OF_A_CLASS


def _figure(y: Vector, scores: Scores, task: Task, seed: int) -> Metric:
    rows = evenly_drawn(y, _ROWS) if len(y) > _ROWS else np.arange(len(y))
    return with_interval(
        METRIC_OF[task],
        y[rows],
        scores[rows],
        task,
        resamples=_RESAMPLES,
        confidence=0.95,
        seed=seed,
    )

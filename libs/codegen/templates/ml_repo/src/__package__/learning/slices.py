"""How the model does on parts of the test rows: a good figure over all may hide a part it fails.

Parts differ in how hard they are: where a column says much about the target, rows that share its
value are harder to tell apart than any two. So no part is called worse for its figure. It is when
its log loss exceeds what the model's own probabilities expect there by more than elsewhere: honest
probabilities of a hard part do not, guesses do.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import norm

from ..data.contract import DataContract, Task
from ..data.entities import Entities
from ..data.target import Scores, Vector
from ..running.stage import Metric
from .cross_validation import evenly_drawn
from .metrics import METRIC_OF, with_interval

_FEWEST = 60
"""Rows of a part below which its figure would be chance."""
_FEWEST_OF_A_CLASS = 25
_FEWEST_CASES = 25
"""Entities of a part below which their spread is not known, and it is not called worse."""
_PARTS = 20
"""The largest ones are looked at."""
_ROWS = 10_000
"""Of a large part, so many are drawn for its interval."""
_RESAMPLES = 100
_FALSE_ALARMS = 0.05
"""Chance that any part is called worse although none is."""


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
    excess: float | None
    """Log loss above what the model's own probabilities expect; None for numbers."""
    elsewhere: float | None
    """The same over all other test rows."""
    clearly_worse: bool
    """Whether the excess is larger than elsewhere by more than chance, of all parts together."""

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {**asdict(self), "figure": self.figure.to_json()}


@dataclass(frozen=True)
class _Part:
    column: str
    value: Any
    mask: np.ndarray

    @property
    def shown(self) -> str:
        """A flag as true or false."""
        return str(bool(self.value)) if isinstance(self.value, float) else str(self.value)


def judge_slices(
    test: pd.DataFrame,
    y: Vector,
    scores: Scores,
    contract: DataContract,
    entities: np.ndarray,
    seed: int,
) -> list[Slice]:
    """The largest parts by a category or a flag, the worst figure first.

    Args:
        test: typed test rows.
        y: true values of the same rows, classes as codes.
        scores: of the same rows.
        contract: names the columns.
        entities: of the same rows, numbered from 0; rows of one resemble each other.
        seed: of the resamples.
    """
    classes = contract.task == "classification"
    excess = _excess(y, scores) if classes else np.zeros(len(y))
    parts, found = _largest(test, y, contract), []
    for part in parts:
        here, elsewhere, surprise = _compared(excess, part.mask, entities)
        enough = len(np.unique(entities[part.mask])) >= _FEWEST_CASES
        limit = float(norm.ppf(1 - _FALSE_ALARMS / len(parts)))
        truth = y[part.mask] == scores.shape[1] - 1 if classes else y[part.mask]
        found.append(
            Slice(
                part.column,
                part.shown,
                rows=int(part.mask.sum()),
                figure=_figure(part.mask, y, scores, contract.task, entities, seed),
                truth=float(truth.mean()),
                predicted=float(scores[part.mask, -1].mean()),
                excess=here if classes else None,
                elsewhere=elsewhere if classes else None,
                clearly_worse=enough and surprise > limit,
            )
        )
    sign = 1.0 if classes else -1.0
    return sorted(found, key=lambda one: (sign * one.figure.value, one.column, one.value))


def words_of(slices: list[Slice], metric: str) -> tuple[str, ...]:
    """What to say of the parts that are clearly worse, of three at most."""
    return tuple(
        f"Where {one.column} is {one.value} ({one.rows} test rows), probabilities cannot be taken "
        f"at their word: log loss is {one.excess:.2g} above what they say, elsewhere "
        f"{one.elsewhere:.2g}; {metric} is {one.figure.value:.3g}."
        for one in [one for one in slices if one.clearly_worse][:3]
    )


def _excess(y: Vector, scores: Scores) -> np.ndarray:
    """Log loss of each row less the entropy of its probabilities."""
    chances = np.clip(scores, 1e-6, 1.0)
    chances = chances / chances.sum(axis=1, keepdims=True)
    loss = -np.log(chances[np.arange(len(y)), y.astype(int)])
    excess: np.ndarray = loss + (chances * np.log(chances)).sum(axis=1)
    return excess


def _compared(
    excess: np.ndarray, mask: np.ndarray, entities: np.ndarray
) -> tuple[float, float, float]:
    """The mean on a part and on the others, and their difference in standard errors."""
    means, variances = [], []
    for rows in (np.flatnonzero(mask), np.flatnonzero(~mask)):
        mean = float(excess[rows].mean())
        # Rows of one entity err together: their sum is one case.
        codes = Entities("", entities).at(rows).codes
        sums = np.bincount(codes, weights=excess[rows] - mean)
        means.append(mean)
        variances.append(float((sums**2).sum()) / len(rows) ** 2)
    error = max(float(np.sqrt(sum(variances))), 1e-12)
    return means[0], means[1], (means[0] - means[1]) / error


def _largest(test: pd.DataFrame, y: Vector, contract: DataContract) -> list[_Part]:
    counted = [
        (int(count), column.name, value)
        for column in contract.features
        if column.kind in ("category", "boolean")
        for value, count in test[column.name].value_counts().items()
        if _FEWEST <= count < len(test)
    ]
    counted.sort(key=lambda one: (-one[0], one[1], str(one[2])))
    parts: list[_Part] = []
    for _, column, value in counted[: 3 * _PARTS]:
        mask = (test[column] == value).to_numpy(dtype=bool, na_value=False)
        if len(parts) < _PARTS and _can_be_judged(y, mask, contract.task):
            parts.append(_Part(column, value, mask))
    return parts


def _can_be_judged(y: Vector, mask: np.ndarray, task: Task) -> bool:
    if task == "regression":
        return True
    classes, counts = np.unique(y[mask], return_counts=True)
    return len(classes) == len(np.unique(y)) and int(counts.min()) >= _FEWEST_OF_A_CLASS


def _figure(
    mask: np.ndarray, y: Vector, scores: Scores, task: Task, entities: np.ndarray, seed: int
) -> Metric:
    rows = np.flatnonzero(mask)
    if len(rows) > _ROWS:
        rows = rows[evenly_drawn(y[rows], _ROWS)]
    return with_interval(
        METRIC_OF[task],
        y[rows],
        scores[rows],
        task,
        resamples=_RESAMPLES,
        confidence=0.95,
        seed=seed,
        entities=Entities("", entities).at(rows).codes,
    )

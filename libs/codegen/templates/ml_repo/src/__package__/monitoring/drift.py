"""Has the data changed since training? Alarms at a chosen false-alarm rate, not at a rule of thumb.

The distance of a column is the population stability index (PSI) between training and new rows. How
large it becomes by chance depends on the number of rows and bins, so the threshold is found by
drawing samples of the same size from the training distribution.

What the rate promises: of many models, each with a baseline of its own, so many checks of rows that
are independent draws from the training distribution raise an alarm. Each column gets an equal part
of the rate, so columns that move together raise fewer alarms than promised, never more. Rows that
depend on each other (one customer many times, only a Sunday) are not what the rate is about.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import gamma

from .baseline import PREDICTION, count

MINIMUM_ROWS = 50
_DRAWS = 4_000
_BEYOND = 20
"""Draws that must lie beyond a quantile to read it off; further out a gamma tail continues it."""


@dataclass(frozen=True)
class ColumnDrift:
    """The distance of one column and what chance alone would reach."""

    column: str
    psi: float
    threshold: float
    """Exceeded by chance as often as the column's share of the false-alarm rate."""

    @property
    def alarm(self) -> bool:
        """Whether the change is more than chance."""
        return self.psi > self.threshold


@dataclass(frozen=True)
class DriftReport:
    """All columns, the most changed first."""

    rows: int
    columns: tuple[ColumnDrift, ...]
    enough_rows: bool
    """With fewer than 50 rows no alarm is raised."""

    @property
    def alarm(self) -> bool:
        """Whether any column has changed."""
        return self.enough_rows and any(column.alarm for column in self.columns)

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        columns = [
            {"column": c.column, "psi": c.psi, "threshold": c.threshold, "alarm": c.alarm}
            for c in self.columns
        ]
        return {
            "rows": self.rows,
            "enough_rows": self.enough_rows,
            "alarm": self.alarm,
            "columns": columns,
        }


def check_drift(
    baseline: dict[str, Any],
    rows: pd.DataFrame,
    *,
    predicted: np.ndarray | None = None,
    false_alarm_rate: float,
    seed: int = 7,
) -> DriftReport:
    """Compares typed rows with the baseline.

    Args:
        baseline: as `build_baseline` gave it.
        rows: typed new rows with the features of the contract.
        predicted: the model's score of each row (probability of the last class, or the number).
        false_alarm_rate: chance that unchanged data raises an alarm in any column.
        seed: of the draws that set the thresholds.
    """
    watched = {n: b for n, b in baseline["columns"].items() if n in rows or n == PREDICTION}
    if predicted is None:
        watched.pop(PREDICTION, None)
    found: list[ColumnDrift] = []
    for name, bounds in watched.items():
        values = pd.Series(predicted) if name == PREDICTION else rows[name]
        reference = np.asarray(bounds["counts"], dtype="float64")
        distance = float(psi(reference, count(values, bounds)))
        limit = chance_threshold(reference, len(rows), false_alarm_rate / len(watched), seed)
        found.append(ColumnDrift(name, distance, limit))
    found.sort(key=lambda column: (column.threshold - column.psi, column.column))
    return DriftReport(len(rows), tuple(found), len(rows) >= MINIMUM_ROWS)


def psi(reference: np.ndarray, current: np.ndarray) -> np.ndarray:
    """Population stability index of counts (last axis: bins); half a row is added to every bin."""
    expected, actual = _shares(reference), _shares(current)
    distance: np.ndarray = ((actual - expected) * np.log(actual / expected)).sum(axis=-1)
    return distance


def chance_threshold(reference: np.ndarray, rows: int, rate: float, seed: int) -> float:
    """The PSI that unchanged data exceeds with the given chance; the reference is a sample, too."""
    return _threshold(tuple(int(n) for n in reference), rows, rate, seed)


@lru_cache(maxsize=1024)
def _threshold(reference: tuple[int, ...], rows: int, rate: float, seed: int) -> float:
    rng = np.random.default_rng(seed)
    shares = _shares(np.asarray(reference))
    first = rng.multinomial(sum(reference), shares, size=_DRAWS)
    second = rng.multinomial(max(rows, 1), shares, size=_DRAWS)
    by_chance = psi(first, second)
    readable = min(1 - rate, 1 - _BEYOND / _DRAWS)
    limit = float(np.quantile(by_chance, readable))
    if readable < 1 - rate:
        mean, variance = float(by_chance.mean()), float(by_chance.var())
        tail = gamma(mean * mean / variance, scale=variance / mean)
        limit *= float(tail.isf(rate) / tail.isf(1 - readable))
    return limit


def _shares(counts: np.ndarray) -> np.ndarray:
    smooth = np.asarray(counts, dtype="float64") + 0.5
    shares: np.ndarray = smooth / smooth.sum(axis=-1, keepdims=True)
    return shares

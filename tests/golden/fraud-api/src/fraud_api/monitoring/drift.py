"""Has the data changed since training? Alarms at a chosen false-alarm rate, not at a rule of thumb.

The distance of a column between training and new rows, and what chance alone would reach, are those
of `distance.py`. With very many rows chance reaches next to nothing and every difference could be
proven, so a distance below `minimum_psi` of the plan is no drift: it would matter to no model.

What the rate promises: of many models, each with a baseline of its own, so many checks of rows that
are independent draws from the training distribution raise an alarm. Each column gets an equal part
of the rate, so columns that move together raise fewer alarms than promised, never more. Rows that
depend on each other (one customer many times) are not what the rate is about. Rows of a morning or
of a Sunday are no draw from whole weeks: what the clock explains is allowed for (`calendar.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from .baseline import PREDICTION, count
from .calendar import allowances
from .distance import MINIMUM_ROWS, chance_threshold, psi


@dataclass(frozen=True)
class ColumnDrift:
    """The distance of one column and what chance alone would reach."""

    column: str
    psi: float
    threshold: float
    """Exceeded by chance as often as the column's share of the false-alarm rate, or more seldom."""

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
    least, allowed = float(baseline.get("minimum_psi", 0.0)), allowances(baseline, rows)
    found: list[ColumnDrift] = []
    for name, bounds in watched.items():
        values = pd.Series(predicted) if name == PREDICTION else rows[name]
        reference = np.asarray(bounds["counts"], dtype="float64")
        distance = float(psi(reference, count(values, bounds)))
        limit = chance_threshold(reference, len(rows), false_alarm_rate / len(watched), seed)
        known = max(least, allowed.get(name, 0.0), bounds.get("allowed", 0.0))
        found.append(ColumnDrift(name, distance, max(limit, known)))
    found.sort(key=lambda column: (column.threshold - column.psi, column.column))
    return DriftReport(len(rows), tuple(found), len(rows) >= MINIMUM_ROWS)

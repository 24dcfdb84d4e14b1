"""Is new data fit to be predicted? Missing values, unknown categories, broken cells."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pandas as pd

from ..data.cells import typed
from ..data.contract import DataContract

_Z = 3.0
"""Standard errors by which a share may exceed training before it is reported."""
_FLOOR = 0.01
"""Shares below one row in a hundred are not reported."""


@dataclass(frozen=True)
class QualityIssue:
    """A column whose cells got worse."""

    column: str
    what: str
    share: float
    """Of the new rows."""
    expected: float
    """Share in training."""


def check_quality(
    baseline: dict[str, Any], raw: pd.DataFrame, contract: DataContract
) -> list[QualityIssue]:
    """Compares raw new rows with the training data; an empty list is good news.

    Args:
        baseline: as `build_baseline` gave it.
        raw: cells as they arrive.
        contract: what the cells should hold.
    """
    table, problems = typed(raw, contract.features)
    broken = pd.Series([problem.column for problem in problems], dtype=object).value_counts()
    issues: list[QualityIssue] = []
    for column in contract.features:
        bounds = baseline["columns"][column.name]
        counts = np.asarray(bounds["counts"], dtype="float64")
        total = counts.sum()
        missing = float(table[column.name].isna().mean())
        _report(issues, column.name, "missing", missing, counts[-1] / total, len(raw))
        share = float(broken.get(column.name, 0)) / len(raw)
        _report(issues, column.name, "breaks the contract", share, 0.0, len(raw))
        if "values" in bounds and column.kind == "category":
            names = table[column.name].dropna()
            unknown = float((~names.isin(bounds["values"])).sum()) / len(raw)
            _report(issues, column.name, "unknown category", unknown, counts[-2] / total, len(raw))
    return issues


def to_json(issues: list[QualityIssue]) -> list[dict[str, Any]]:
    """Plain JSON values."""
    return [asdict(issue) for issue in issues]


def _report(
    issues: list[QualityIssue], column: str, what: str, share: float, expected: float, rows: int
) -> None:
    error = np.sqrt(max(expected * (1 - expected), _FLOOR) / rows)
    if share > max(expected + _Z * error, _FLOOR):
        issues.append(QualityIssue(column, what, round(share, 4), round(float(expected), 4)))

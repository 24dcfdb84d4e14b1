"""Is new data fit to be predicted? Missing values, unknown categories, broken cells.

A share is reported when Fisher's exact test finds it larger than in training; the test holds its
level for any number of rows. Training rows keep the contract, so broken cells are compared with
none: a source that always breaks a few is reported once they are more than chance allows.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd
from scipy.stats import hypergeom

from ..data.cells import typed
from ..data.contract import DataContract

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
    baseline: dict[str, Any],
    raw: pd.DataFrame,
    contract: DataContract,
    *,
    false_alarm_rate: float,
) -> list[QualityIssue]:
    """Compares raw new rows with the training data; an empty list is good news.

    Args:
        baseline: as `build_baseline` gave it.
        raw: cells as they arrive.
        contract: what the cells should hold.
        false_alarm_rate: chance that unchanged data is reported for any column.
    """
    table, problems = typed(raw, contract.features)
    broken = pd.Series([problem.column for problem in problems], dtype=object).value_counts()
    found: list[_Comparison] = []
    for column in contract.features:
        bounds = baseline["columns"][column.name]
        counts = [int(n) for n in bounds["counts"]]
        cells, rows = table[column.name], sum(counts)
        missing = int(cells.isna().sum())
        found.append(_Comparison(column.name, "missing", missing, counts[-1], rows))
        bad = int(broken.get(column.name, 0))
        found.append(_Comparison(column.name, "breaks the contract", bad, 0, rows))
        if "known" in bounds and column.kind == "category":
            unknown = int((~cells.dropna().isin(bounds["known"])).sum())
            fresh = bounds["unknown"]
            found.append(_Comparison(column.name, "unknown category", unknown, fresh, rows))
    limit = false_alarm_rate / max(len(found), 1)
    return [c.issue(len(raw)) for c in found if c.worse(len(raw), limit)]


def to_json(issues: list[QualityIssue]) -> list[dict[str, Any]]:
    """Plain JSON values."""
    return [asdict(issue) for issue in issues]


@dataclass(frozen=True)
class _Comparison:
    """How many cells are bad now, and how many were in training."""

    column: str
    what: str
    now: int
    then: int
    trained: int
    """Rows of the training data."""

    def worse(self, rows: int, limit: float) -> bool:
        """Whether chance gives so many bad cells less often than the limit."""
        if self.now / rows <= _FLOOR:
            return False
        bad = self.now + self.then
        chance = hypergeom.sf(self.now - 1, rows + self.trained, bad, rows)
        return bool(chance < limit)

    def issue(self, rows: int) -> QualityIssue:
        """What is reported."""
        expected = self.then / max(self.trained, 1)
        return QualityIssue(self.column, self.what, round(self.now / rows, 4), round(expected, 4))

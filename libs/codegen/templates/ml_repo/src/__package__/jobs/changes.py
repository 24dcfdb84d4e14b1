"""Change records of a replicated table become the rows as they are now.

The replication writes a column `Op`: I and U carry the row as it became, D the row that went, and
a full load may leave it empty. Files and lines are in the order of the changes.
"""

from __future__ import annotations

import pandas as pd

OPERATION = "Op"
_DELETED = "D"


def current_rows(changes: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """The last state of each row; a row whose last change is its deletion is left out.

    Args:
        changes: raw cells in the order in which they happened.
        keys: columns that name a row; without any, deletions cannot be told apart from each other.
    """
    if OPERATION not in changes:
        return changes
    last = changes.drop_duplicates(keys, keep="last") if keys else changes
    kept = last.loc[last[OPERATION].astype("string").fillna("") != _DELETED]
    return kept.drop(columns=OPERATION).reset_index(drop=True)

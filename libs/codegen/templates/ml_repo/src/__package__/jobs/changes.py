"""Change records of replicated tables become the rows as they are now.

The replication writes files below `events/<schema>/<table>/`, the full load and every change after
it. In each row the column `Op` says what happened: I and U carry the row as it became, D the row
that went; `changed_at` says when: the start of the replication for the rows of the full load, the
commit in the source for changes.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from ..data.contract import Column
from ..data.tables import read_raw
from ..running.errors import DataRefused
from . import storage

OPERATION, CHANGED_AT = "Op", "changed_at"
_DELETED = "D"
_SCHEMA_AND_TABLE = 2


def replicated_tables(
    address: str, place: Path, columns: Sequence[Column], optional: str = ""
) -> list[pd.DataFrame]:
    """Each replicated table that has the columns, with its rows as they are now.

    Args:
        address: the folder of the schemas.
        place: local folder for copies of the files.
        columns: of the contract.
        optional: the column that may be missing although the contract needs it.

    Raises:
        DataRefused: tables are replicated, but none of them has the columns.
    """
    keys = [column.name for column in columns if column.role == "id"]
    found: list[pd.DataFrame] = []
    lacking: list[str] = []
    for table in storage.list_folders(address, _SCHEMA_AND_TABLE):
        changes = _changes(f"{address}/{table}", place / table, columns)
        missing = missing_columns(changes, columns, optional)
        if missing:
            lacking.append(f"{table} lacks {', '.join(missing)}")
        else:
            found.append(current_rows(changes, keys).astype(object))
    if lacking and not found:
        raise DataRefused(
            f"No replicated table fits the data contract: {'; '.join(lacking)}.",
            "Name the right table in `source_tables` of infra/envs, or mend data/schema.json.",
        )
    for table in lacking:
        print(f"left out: {table}", file=sys.stderr)
    return found


def missing_columns(table: pd.DataFrame, columns: Sequence[Column], optional: str) -> list[str]:
    """Columns that the contract needs and the table has not."""
    needed = [c.name for c in columns if not c.nullable and c.name != optional]
    return [name for name in needed if name not in table]


def current_rows(changes: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """The last state of each row; a row whose last change is its deletion is left out.

    Args:
        changes: raw cells of the full load and of all changes; those of one moment in their order.
        keys: columns that name a row; without any, changes of one row cannot be told to be that.
    """
    if OPERATION not in changes:
        return changes
    ordered = changes
    if CHANGED_AT in changes:
        moments = pd.to_datetime(changes[CHANGED_AT], format="ISO8601", utc=True)
        order = moments.reset_index(drop=True).sort_values(kind="stable", na_position="first").index
        ordered = changes.iloc[order].drop(columns=CHANGED_AT)
    last = ordered.drop_duplicates(keys, keep="last") if keys else ordered
    kept = last.loc[last[OPERATION].astype("string").fillna("") != _DELETED]
    return kept.drop(columns=OPERATION).reset_index(drop=True)


def _changes(address: str, place: Path, columns: Sequence[Column]) -> pd.DataFrame:
    names = [column.name for column in columns]
    parts = [read_raw(path, names)[0] for path in storage.fetch_tables(address, place)]
    return pd.concat(parts, ignore_index=True)

"""Change records of replicated tables become the rows as they are now.

The replication writes files below `events/<schema>/<table>/`, the full load and every change after
it. In each row the column `Op` says what happened: I and U carry the row as it became, D the row
that went; `changed_at` says when: the start of the replication for the rows of the full load, the
commit in the source for changes. A row is told from others by the identifiers and the time column
of the contract: an entity may have a row for each day.

Those files expire. So that a row which nobody changes outlasts the file that brought it, the rows
of each table are written to `current/<schema>/<table>/` every few weeks, oftener where files stay
for less, with the moments of their last changes: a file like the others, only younger.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pyarrow as pa
from pandas.api.types import is_object_dtype

from ..data.cells import as_text, typed
from ..data.contract import Column, repeated
from ..data.tables import read_raw, write_table
from ..running.errors import DataRefused
from . import storage
from .chosen import KEPT_EVERY_DAYS
from .scored import LANDED_IN

OPERATION, CHANGED_AT = "Op", "changed_at"
_DELETED = "D"
_SCHEMA_AND_TABLE = 2


def replicated_tables(
    address: str, place: Path, columns: Sequence[Column], optional: Collection[str] = ()
) -> list[pd.DataFrame]:
    """Each replicated table that has the columns, with its rows as they are now.

    Args:
        address: the folder of the schemas; `current/` is beside it.
        place: local folder for copies of the files.
        columns: of the contract.
        optional: columns that may be missing although the contract needs them.

    Raises:
        DataRefused: tables are replicated, but none of them has the columns.
    """
    keys = [column.name for column in columns if column.role == "id" or column.kind == "id"]
    time = next((column for column in columns if column.role == "time"), None)
    found: list[pd.DataFrame] = []
    lacking: list[str] = []
    current = f"{address.rpartition('/')[0]}/current"
    folders = (current, address)
    tables = {t for folder in folders for t in storage.list_folders(folder, _SCHEMA_AND_TABLE)}
    for table in sorted(tables):
        # Of changes of one moment the last counts, and a deletion is only among the events.
        changes = _changes([f"{folder}/{table}" for folder in folders], place / table, columns)
        missing = missing_columns(changes, columns, optional)
        if missing:
            lacking.append(f"{table} lacks {', '.join(missing)}")
        else:
            keep_current(f"{current}/{table}", place / table, changes, keys, time)
            found.append(current_rows(changes, keys, time).astype(object))
    if lacking and not found:
        raise DataRefused(
            f"No replicated table fits the data contract: {'; '.join(lacking)}.",
            "Name the right table in `source_tables` of infra/envs, or mend data/schema.json.",
        )
    for table in lacking:
        print(f"left out: {table}", file=sys.stderr)
    return found


def missing_columns(
    table: pd.DataFrame, columns: Sequence[Column], optional: Collection[str]
) -> list[str]:
    """Columns that the contract needs and the table has not."""
    needed = [c.name for c in columns if not c.nullable and c.name not in optional]
    return [name for name in needed if name not in table]


def current_rows(
    changes: pd.DataFrame, keys: list[str], time: Column | None = None
) -> pd.DataFrame:
    """The last state of each row; a row whose last change is its deletion is left out.

    Args:
        changes: raw cells of the full load and of all changes; those of one moment in their order.
        keys: columns that name a row; without any, changes of one row cannot be told to be that.
        time: tells rows of the same keys apart. A deletion comes without it where it is no part of
            the source's own key: then every earlier row of the keys is gone.
    """
    if OPERATION not in changes:
        return changes
    return _last(changes, keys, time).drop(columns=[OPERATION, CHANGED_AT], errors="ignore")


def keep_current(
    address: str, place: Path, changes: pd.DataFrame, keys: list[str], time: Column | None
) -> None:
    """Writes the rows of a table as they are now, unless that was done not long ago.

    Args:
        address: folder of the table below `current/`.
        place: local folder.
        changes: as `current_rows` reads them; without a key and a moment there is nothing to keep.
        keys: columns that name a row.
        time: tells rows of the same keys apart.

    Raises:
        DataRefused: they cannot be written; without them rows would go with the files that expire.
    """
    name = f"{datetime.now(UTC).date().toordinal() // KEPT_EVERY_DAYS}.parquet"
    known = keys and OPERATION in changes and CHANGED_AT in changes
    if not known or name in storage.list_files(address):
        return
    folder = place / "kept"
    try:
        _write(folder / name, _last(changes, keys, time))
    except (pa.ArrowException, TypeError) as error:
        # The first of several arguments quotes a cell, the last one names the column.
        why = error.args[-1] if len(error.args) > 1 else type(error).__name__
        raise DataRefused(
            f"{address} cannot be written: {why}.",
            "Give each column of the source a type that Parquet has, before the files expire.",
        ) from error
    storage.publish_folder(folder, address)


def _write(path: Path, rows: pd.DataFrame) -> None:
    try:
        write_table(path, rows)
    except (pa.ArrowException, TypeError):
        # Files of a column disagree in its type, Parquet has one for all: cells read alike as text.
        mixed = [name for name, kind in rows.dtypes.items() if is_object_dtype(kind)]
        write_table(path, rows.astype(dict.fromkeys(mixed, "string")))


def _last(changes: pd.DataFrame, keys: list[str], time: Column | None) -> pd.DataFrame:
    ordered = changes
    if CHANGED_AT in changes:
        moments = pd.to_datetime(changes[CHANGED_AT], format="ISO8601", utc=True)
        order = moments.reset_index(drop=True).sort_values(kind="stable", na_position="first").index
        ordered = changes.iloc[order]
    ordered = ordered.reset_index(drop=True)
    deleted = ordered[OPERATION].astype("string").fillna("") == _DELETED
    gone = deleted | _replaced(ordered, deleted, keys, time) if keys else deleted
    return ordered.loc[~gone].reset_index(drop=True)


def _replaced(
    ordered: pd.DataFrame, deleted: pd.Series, keys: list[str], time: Column | None
) -> pd.Series:
    """Whether a later change is of the same row."""
    rows = as_text(ordered, keys)
    if time is None:
        return rows.duplicated(keep="last")
    moments, _ = typed(ordered, [replace(time, kind="datetime")])
    rows = rows.assign(_moment=moments[time.name])
    nameless = rows.loc[deleted & rows["_moment"].isna(), keys].drop_duplicates(keep="last")
    until = rows[keys].merge(nameless.assign(until=nameless.index), on=keys, how="left")["until"]
    return rows.duplicated(keep="last") | until.gt(rows.index.to_series())


def _changes(folders: list[str], place: Path, columns: Sequence[Column]) -> pd.DataFrame:
    names = [column.name for column in columns]
    parts: list[pd.DataFrame] = []
    for number, folder in enumerate(folders):
        for path, name in storage.fetch_landed(folder, place / str(number)):
            part, _ = read_raw(path, names, repeated(columns))
            # What was kept says where it had come in.
            parts.append(part if LANDED_IN in part else part.assign(**{LANDED_IN: name}))
    return pd.concat(parts, ignore_index=True)

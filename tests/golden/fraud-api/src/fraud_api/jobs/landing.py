"""Rows as they have landed, read by the contract.

`training/` holds tables with the target and `scoring/` tables without. `events/` holds what a
stream has delivered, also parted by date: those rows are scored, and they are training rows as soon
as the target is known, from the event itself or from a table below `labels/` by identifier.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

import pandas as pd

from ..data.cells import typed
from ..data.contract import Column, DataContract
from ..data.tables import read_raw
from ..running.errors import DataRefused
from . import storage
from .settings import JobSettings

_ROWS_AT_ONCE = 200_000
"""Rows whose cells are read at once; as objects of Python they take many times their size."""


def training_rows(settings: JobSettings, contract: DataContract) -> pd.DataFrame:
    """Every row whose target is known.

    Raises:
        DataRefused: a table below `training/` lacks columns.
    """
    tables = _tables(settings, "training", contract.columns)
    return _together(chain(tables, _labelled_events(settings, contract)), contract.columns)


def scoring_rows(settings: JobSettings, contract: DataContract) -> pd.DataFrame:
    """Every row that is to be predicted.

    Raises:
        DataRefused: a table lacks columns.
    """
    columns = tuple(c for c in contract.columns if c.name != contract.target)
    tables = _tables(settings, "scoring", columns)
    return _together(chain(tables, _events(settings, columns)), columns)


def _labelled_events(settings: JobSettings, contract: DataContract) -> Iterator[pd.DataFrame]:
    """Events whose target is known by now."""
    events = list(_events(settings, contract.columns, optional=contract.target))
    if events and contract.identifiers:
        # As objects: files of one column may differ in its type, and numbers must not be rounded.
        whole = pd.concat([table.astype(object) for table in events], ignore_index=True)
        events = [_labelled(settings, contract, whole)]
    for table in events:
        if contract.target in table:
            yield table.loc[table[contract.target].notna()]


def _events(
    settings: JobSettings, columns: tuple[Column, ...], optional: str = ""
) -> Iterable[pd.DataFrame]:
    return _tables(settings, "events", columns, optional)


def _tables(
    settings: JobSettings, folder: str, columns: tuple[Column, ...], optional: str = ""
) -> Iterator[pd.DataFrame]:
    """The raw cells of one file after the other, so that they are not all held at once."""
    place = settings.work / "landing" / folder
    for path in storage.fetch_tables(f"{settings.landing}/{folder}", place):
        yield _raw(path, columns, optional)


def _raw(path: Path, columns: tuple[Column, ...], optional: str) -> pd.DataFrame:
    raw, _ = read_raw(path, [column.name for column in columns])
    missing = [c.name for c in columns if c.name not in raw and not c.nullable]
    if set(missing) - {optional}:
        raise DataRefused(
            f"{path.name} lacks columns: {', '.join(missing)}.", "Mend the source of that file."
        )
    return raw


def _labelled(settings: JobSettings, contract: DataContract, events: pd.DataFrame) -> pd.DataFrame:
    keys = [column.name for column in contract.identifiers]
    columns = (*contract.identifiers, contract.target_column)
    labels = [table.astype(object) for table in _tables(settings, "labels", columns)]
    if not labels:
        return events
    known = pd.concat(labels, ignore_index=True)[[*keys, contract.target]]
    known = known.astype(dict.fromkeys(keys, "string")).drop_duplicates(keys, keep="last")
    plain = events.astype(dict.fromkeys(keys, "string"))
    joined = plain.merge(known, on=keys, how="left", suffixes=("", "_label"))
    late = f"{contract.target}_label"
    if late not in joined:
        return joined
    return joined.assign(**{contract.target: joined[late].combine_first(joined[contract.target])})


def _together(tables: Iterable[pd.DataFrame], columns: tuple[Column, ...]) -> pd.DataFrame:
    parts: list[pd.DataFrame] = []
    for raw in tables:
        for start in range(0, len(raw), _ROWS_AT_ONCE):
            rows = raw.iloc[start : start + _ROWS_AT_ONCE].reset_index(drop=True)
            table, problems = typed(rows, columns)
            parts.append(table.drop(index=sorted({problem.row for problem in problems})))
    if not parts:
        return pd.DataFrame({column.name: [] for column in columns})
    return pd.concat(parts, ignore_index=True).drop_duplicates(ignore_index=True)

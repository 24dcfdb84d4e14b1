"""Rows as they have landed: their cells as text, which later stages read by the data contract.

`training/` holds tables with the target and `scoring/` tables without. `events/` holds what a
stream has delivered, also parted by date: those rows are scored, and they are training rows as soon
as the target is known, from the event itself or from a table below `labels/`.

Rows that break the contract stay: training counts them and sets them aside or refuses the table,
and scoring says of each why it has no prediction.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

import pandas as pd

from ..data.cells import as_text
from ..data.contract import Column, DataContract, repeated
from ..data.tables import read_raw
from ..running.errors import DataRefused
from . import storage
from .labels import labelled
from .scored import LANDED_IN
from .settings import JobSettings

_ROWS_AT_ONCE = 200_000
"""Rows whose cells are read at once; as objects of Python they take many times their size."""


def training_rows(settings: JobSettings, contract: DataContract) -> pd.DataFrame:
    """Every row whose target is known.

    Raises:
        DataRefused: a table lacks columns, or labels do not say which rows they are of.
    """
    tables = _tables(settings, "training", contract.columns)
    rows = _together(chain(tables, _known_events(settings, contract)), contract.columns)
    return _distinct(rows, contract).drop(columns=LANDED_IN)


def scoring_rows(settings: JobSettings, contract: DataContract) -> pd.DataFrame:
    """Every row that is to be predicted, with the file it has come in as `landed_in`.

    Raises:
        DataRefused: a table lacks columns.
    """
    columns = tuple(c for c in contract.columns if c.name != contract.target)
    tables = _tables(settings, "scoring", columns)
    return _distinct(_together(chain(tables, _events(settings, columns)), columns), contract)


def _known_events(settings: JobSettings, contract: DataContract) -> Iterator[pd.DataFrame]:
    """Events whose target is known by now."""
    target = contract.target_column
    events = _together(_events(settings, contract.columns, (target.name,)), contract.columns)
    if contract.identifiers:
        needed = (*contract.key, target)
        optional = tuple(c.name for c in contract.key if c.role == "time")
        labels = _together(_tables(settings, "labels", needed, optional), needed)
        # Files come sorted by their paths, where week-9 is after week-10.
        labels = labels.sort_values(LANDED_IN, kind="stable")
        events = labelled(contract, events, labels)
    missing = events[target.name].isna() | events[target.name].isin(target.missing)
    yield events.loc[~missing]


def _events(
    settings: JobSettings, columns: tuple[Column, ...], optional: tuple[str, ...] = ()
) -> Iterable[pd.DataFrame]:
    return _tables(settings, "events", columns, optional)


def _tables(
    settings: JobSettings, folder: str, columns: tuple[Column, ...], optional: tuple[str, ...] = ()
) -> Iterator[pd.DataFrame]:
    """The raw cells of one file after the other, so that they are not all held at once."""
    place = settings.work / "landing" / folder
    for path, name in storage.fetch_landed(f"{settings.landing}/{folder}", place):
        raw, _ = read_raw(path, [column.name for column in columns], repeated(columns))
        missing = [c.name for c in columns if c.name not in raw and not c.nullable]
        if set(missing) - set(optional):
            raise DataRefused(
                f"{path.name} lacks columns: {', '.join(missing)}.", "Mend the source of that file."
            )
        yield raw.assign(**{LANDED_IN: name})


def _together(tables: Iterable[pd.DataFrame], columns: tuple[Column, ...]) -> pd.DataFrame:
    names = [*(column.name for column in columns), LANDED_IN]
    parts = [as_text(pd.DataFrame(), names)]
    for raw in tables:
        starts = range(0, len(raw), _ROWS_AT_ONCE)
        parts += [as_text(raw.iloc[start : start + _ROWS_AT_ONCE], names) for start in starts]
    return pd.concat(parts, ignore_index=True)


def _distinct(rows: pd.DataFrame, contract: DataContract) -> pd.DataFrame:
    """With an identifier equal rows are the same case twice; without one they may be two cases.

    The copy that landed last stays: a row that was scored before and is sent again is scored again.
    """
    if not contract.identifiers:
        return rows
    names = [name for name in rows if name != LANDED_IN]
    last = rows.sort_values(LANDED_IN, kind="stable").drop_duplicates(names, keep="last")
    return last.sort_index(ignore_index=True)

"""Targets that became known later are joined to the rows they belong to.

A label names its row by the identifiers and, where the contract has a column that tells the time,
by that as well: an entity that comes again has a target for each of its rows. A label without the
time counts only where its identifiers name one row alone.
"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from ..data.cells import typed
from ..data.contract import DataContract
from ..running.errors import DataRefused

_MOMENT, _LATE = "_moment", "_late"


def labelled(contract: DataContract, events: pd.DataFrame, labels: pd.DataFrame) -> pd.DataFrame:
    """The events with the targets that labels give them; of several labels of a row the last.

    Args:
        contract: with at least one identifier.
        events: cells as text, with every column of the contract.
        labels: cells as text in the order of their writing, with the key and the target; the time
            may be empty.

    Raises:
        DataRefused: identifiers of a label without the time name several rows.
    """
    ids = [column.name for column in contract.identifiers]
    known = labels.loc[labels[contract.target].notna()]
    late = known[[*ids, contract.target]].rename(columns={contract.target: _LATE})
    late[_MOMENT] = _moments(contract, known)
    rows = events[ids].assign(**{_MOMENT: _moments(contract, events)})
    timed = late.loc[late[_MOMENT].notna()].drop_duplicates([*ids, _MOMENT], keep="last")
    named = late.loc[late[_MOMENT].isna(), [*ids, _LATE]].drop_duplicates(ids, keep="last")
    _refuse_repeated(contract, events, rows, named)
    found = rows.merge(timed, on=[*ids, _MOMENT], how="left")[_LATE]
    found = found.combine_first(rows.merge(named, on=ids, how="left")[_LATE])
    return events.assign(**{contract.target: found.combine_first(events[contract.target])})


def _moments(contract: DataContract, rows: pd.DataFrame) -> pd.Series:
    """When each row was, however that is spelled; missing where no column tells it."""
    if contract.time is None:
        return pd.Series(pd.NaT, index=rows.index, dtype="datetime64[us, UTC]")
    table, _ = typed(rows, [replace(contract.time, kind="datetime")])
    return table[contract.time.name].set_axis(rows.index)


def _refuse_repeated(
    contract: DataContract, events: pd.DataFrame, rows: pd.DataFrame, named: pd.DataFrame
) -> None:
    ids = [column.name for column in contract.identifiers]
    told = rows if contract.time else events[[c.name for c in contract.columns if c.name in events]]
    if not contract.time:
        told = told.drop(columns=contract.target)
    apart = told.drop_duplicates().merge(named[ids], on=ids)
    repeated = apart.loc[apart.duplicated(ids), ids]
    if repeated.empty:
        return
    # How many rows there are, not which: logs hold no identifiers.
    count, names = len(repeated.drop_duplicates()), ", ".join(ids)
    if contract.time is None:
        raise DataRefused(
            f"labels/ names a row by {names}, and several events have it (names: {count}).",
            "Bring these rows with their target below training/, or add what tells them apart "
            "to data/schema.json: another identifier, or a column with the role time.",
        )
    raise DataRefused(
        f"labels/ names a row by {names} without {contract.time.name}, and several events have it "
        f"(names: {count}).",
        f"Add the column {contract.time.name} to the files below labels/: it says which row.",
    )

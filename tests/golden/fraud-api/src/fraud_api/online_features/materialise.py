"""Puts the latest row of each entity into the online store."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from ..data.contract import DataContract
from .store import FeatureRow, OnlineFeatures, entity_column, feature_row

_BATCH = 5_000


def materialise(store: OnlineFeatures, contract: DataContract, tables: list[pd.DataFrame]) -> int:
    """Writes the features of every entity as they are in the newest of its rows.

    Args:
        store: that requests read from.
        contract: of the tables.
        tables: typed rows; where no column tells the time, a later row is the newer one.

    Returns:
        How many entities were written.
    """
    entity = entity_column(contract)
    filled = [table for table in tables if len(table)]
    if entity is None or not filled:
        return 0
    latest = latest_rows(pd.concat(filled, ignore_index=True), contract, entity.name)
    batch: dict[str, FeatureRow] = {}
    for name, row in _rows(latest, contract, entity.name):
        batch[name] = row
        if len(batch) == _BATCH:
            store.put(batch)
            batch = {}
    if batch:
        store.put(batch)
    return len(latest)


def latest_features(contract: DataContract, tables: list[pd.DataFrame]) -> pd.DataFrame:
    """Entity and features of the newest row of each entity; of every row where none is named."""
    whole = pd.concat([table for table in tables if len(table)], ignore_index=True)
    entity = entity_column(contract)
    latest = whole if entity is None else latest_rows(whole, contract, entity.name)
    return latest[[column.name for column in (*contract.identifiers, *contract.features)]]


def latest_rows(table: pd.DataFrame, contract: DataContract, entity: str) -> pd.DataFrame:
    """One row an entity: the newest by the contract's time column, else the last."""
    named = table.loc[table[entity].notna()]
    if contract.time is not None:
        named = named.sort_values(contract.time.name, kind="stable", na_position="first")
    return named.drop_duplicates(entity, keep="last", ignore_index=True)


def _rows(
    latest: pd.DataFrame, contract: DataContract, entity: str
) -> Iterator[tuple[str, FeatureRow]]:
    names = [column.name for column in contract.features]
    for identifier, *values in latest[[entity, *names]].itertuples(index=False, name=None):
        yield str(identifier), feature_row(dict(zip(names, values, strict=True)), contract)

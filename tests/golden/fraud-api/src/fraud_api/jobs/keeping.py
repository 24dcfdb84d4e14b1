"""What a job leaves for others: rows in the record store, features in the online store."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pandas as pd

from ..data.cells import typed
from ..data.contract import DataContract
from ..data.tables import read_raw, write_table
from ..online_features.chosen import online_features
from ..online_features.materialise import latest_features, materialise
from ..online_features.store import entity_column
from ..stores.chosen import record_store
from ..stores.records import Records, Table
from . import storage
from .chosen import PROCESSED_BY
from .settings import JobSettings


def keep_rows(
    settings: JobSettings, contract: DataContract, name: str, rows: pd.DataFrame, uri: str
) -> None:
    """Replaces the rows of a table in the record store, if the plan has one.

    Args:
        settings: say where the store is.
        contract: of the rows.
        name: of the table.
        rows: all of its rows, typed.
        uri: the Parquet file that holds the same rows.
    """
    store = record_store(settings.variables)
    if store is not None:
        store.write(Records(_table(name), rows, uri, key=key_of(contract, rows)))


def keep_predictions(
    settings: JobSettings, contract: DataContract, rows: pd.DataFrame, uri: str, run: str
) -> None:
    """Adds the predictions of a run to the record store, if the plan has one."""
    store = record_store(settings.variables)
    if store is not None:
        key = key_of(contract, rows)
        store.write(Records("predictions", rows, uri, run=run, key=key))


def keep_features(settings: JobSettings, contract: DataContract, tables: list[pd.DataFrame]) -> int:
    """Keeps the latest features of each entity; how many the online store has taken.

    They go to the online store, and as a table to `FEATURES_URI`, whichever the plan has.
    """
    place = settings.variables.get("FEATURES_URI")
    if place and any(len(table) for table in tables):
        folder = settings.work / "features"
        write_table(folder / "latest.parquet", latest_features(contract, tables))
        storage.publish_folder(folder, place.rstrip("/"))
    store = online_features(settings.variables)
    return 0 if store is None else materialise(store, contract, tables)


def keep_processed(
    settings: JobSettings, contract: DataContract, purpose: str, prepared: Path
) -> None:
    """Keeps rows that were prepared outside of this image; else `process` has kept them."""
    if PROCESSED_BY != "another engine":
        return
    columns = [c for c in contract.columns if purpose == "training" or c.name != contract.target]
    # Catalogues of SQL engines know names in small letters only.
    raw, _ = read_raw(prepared, [column.name for column in columns])
    table, problems = typed(raw, columns)
    rows = table.drop(index=sorted({problem.row for problem in problems}))
    folder = settings.work / "kept" / purpose
    write_table(folder / "table.parquet", rows)
    address = f"{settings.curated}/kept/{purpose}"
    storage.publish_folder(folder, address)
    keep_rows(settings, contract, f"{purpose}_rows", rows, f"{address}/table.parquet")
    keep_features(settings, contract, [rows])


def key_of(contract: DataContract, rows: pd.DataFrame) -> str:
    """The column that names the entity of a row; empty when there is none."""
    entity = entity_column(contract)
    return "" if entity is None or entity.name not in rows else entity.name


def _table(name: str) -> Table:
    return next(table for table in get_args(Table) if table == name)

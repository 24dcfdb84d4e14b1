"""What a job leaves for others: rows in the record store, features in the online store."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pandas as pd

from ..data.cells import as_text, reasons_of, typed
from ..data.contract import Column, DataContract
from ..data.tables import read_raw, write_table
from ..ingest import PROBLEM
from ..online_features.chosen import online_features
from ..online_features.materialise import latest_features, materialise
from ..online_features.store import entity_column
from ..stores.chosen import record_store
from ..stores.records import Records, Table
from . import storage
from .chosen import PROCESSED_BY
from .settings import JobSettings

_ROWS_AT_ONCE = 200_000


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
    if PROCESSED_BY == "another engine":
        rows, _ = keep_prepared(settings, contract, purpose, prepared)
        keep_features(settings, contract, [rows])


def keep_prepared(
    settings: JobSettings, contract: DataContract, purpose: str, prepared: Path
) -> tuple[pd.DataFrame, int]:
    """Keeps the typed rows, and beside them those that break the contract, with the reasons.

    Returns:
        The rows that keep the contract, and how many do not.
    """
    columns = [c for c in contract.columns if purpose == "training" or c.name != contract.target]
    # Catalogues of SQL engines know names in small letters only.
    raw, _ = read_raw(prepared, [column.name for column in columns])
    rows, set_aside = _parted(raw, columns)
    folder = settings.work / "kept" / purpose
    write_table(folder / "table.parquet", rows)
    write_table(folder / "set_aside.parquet", set_aside)
    address = f"{settings.curated}/kept/{purpose}"
    storage.publish_folder(folder, address)
    keep_rows(settings, contract, f"{purpose}_rows", rows, f"{address}/table.parquet")
    return rows, len(set_aside)


def _parted(raw: pd.DataFrame, columns: list[Column]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Typed rows that keep the contract, and the text of those that do not."""
    kept: list[pd.DataFrame] = []
    broken: list[pd.DataFrame] = []
    for start in range(0, max(len(raw), 1), _ROWS_AT_ONCE):
        part = raw.iloc[start : start + _ROWS_AT_ONCE].reset_index(drop=True)
        table, problems = typed(part, columns)
        reasons = pd.Series(reasons_of(problems), dtype="str")
        kept.append(table.drop(index=reasons.index))
        cells = as_text(part, [column.name for column in columns]).loc[reasons.index]
        broken.append(cells.assign(**{PROBLEM: reasons}))
    return pd.concat(kept, ignore_index=True), pd.concat(broken, ignore_index=True)


def key_of(contract: DataContract, rows: pd.DataFrame) -> str:
    """The column that names the entity of a row; empty when there is none."""
    entity = entity_column(contract)
    return "" if entity is None or entity.name not in rows else entity.name


def _table(name: str) -> Table:
    return next(table for table in get_args(Table) if table == name)

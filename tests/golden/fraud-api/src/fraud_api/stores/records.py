"""What is kept for others, and the port of the stores that keep it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

import pandas as pd

Table = Literal["training_rows", "scoring_rows", "predictions"]
ColumnType = Literal["number", "integer", "boolean", "moment", "text"]
RUN_COLUMN = "run_id"


@dataclass(frozen=True)
class Records:
    """Rows of one table, and the Parquet file that holds the same rows."""

    table: Table
    rows: pd.DataFrame
    uri: str
    """Address of the file, for stores that read it themselves."""
    run: str = ""
    """They replace what this run wrote before; when empty, they replace the whole table."""
    key: str = ""
    """Column that names the entity of a row; empty when the contract has no identifier."""


class RecordStore(Protocol):
    """Keeps rows where others read them. Writing the same records again changes nothing."""

    def write(self, records: Records) -> None:
        """Replaces the rows of the run, or the table; readers see the old rows or the new ones."""


def run_id(model_version: str, source: Path) -> str:
    """Name of a scoring run, from the model and the rows: a step that is repeated has the same."""
    digest = hashlib.sha256(model_version.encode())
    digest.update(source.read_bytes())
    return digest.hexdigest()[:16]


def column_types(rows: pd.DataFrame) -> dict[str, ColumnType]:
    """What each column holds, from the types that the pipeline gives it."""
    return {str(name): _column_type(rows[name].dtype) for name in rows.columns}


def cells(rows: pd.DataFrame) -> list[tuple[object, ...]]:
    """The rows as plain values; None where a cell is missing."""
    columns = [_values(rows[name]) for name in rows.columns]
    return list(zip(*columns, strict=True))


def _column_type(dtype: object) -> ColumnType:
    if pd.api.types.is_bool_dtype(dtype):
        return "boolean"
    if pd.api.types.is_integer_dtype(dtype):
        return "integer"
    if pd.api.types.is_float_dtype(dtype):
        return "number"
    return "moment" if pd.api.types.is_datetime64_any_dtype(dtype) else "text"


def _values(column: pd.Series) -> list[object]:
    missing = column.isna().tolist()
    values = column.tolist()
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        values = column.astype(object).map(pd.Timestamp.to_pydatetime, na_action="ignore").tolist()
    return [None if gone else value for value, gone in zip(values, missing, strict=True)]

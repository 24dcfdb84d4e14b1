"""Parquet files that people bring, with cells as other formats hold them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from ..running.errors import DataRefused
from .headers import column_names

_PER_SECOND = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}


def read_parquet(path: Path) -> pd.DataFrame:
    """Every stored column, also one that was the index of a data frame.

    Raises:
        DataRefused: the file is damaged.
    """
    try:
        table = pq.ParquetFile(path).read()
    except (pa.ArrowException, OSError, ValueError) as error:
        raise DataRefused(f"{path.name} is not a Parquet file.", str(error)[:200]) from error
    names = column_names([table.column_names]) if table.column_names else []
    plain = pa.table([_plain(column) for column in table.columns], names=names)
    # Whole numbers beside missing cells stay whole: as floats, the large ones would change.
    frame: pd.DataFrame = plain.to_pandas(ignore_metadata=True, integer_object_nulls=True)
    return frame


def _plain(column: Any) -> Any:
    """Durations in seconds, UUIDs as text, and a number that is none or infinite as missing."""
    kind = column.type
    if pa.types.is_duration(kind):
        ticks = column.cast(pa.int64()).cast(pa.float64())
        return pc.divide(ticks, float(_PER_SECOND[kind.unit]))
    if pa.types.is_floating(kind):
        wide = column.cast(pa.float32()) if pa.types.is_float16(kind) else column
        return pc.if_else(pc.is_finite(wide), wide, None)
    if isinstance(kind, pa.UuidType):
        return pa.array([None if cell is None else str(cell) for cell in column.to_pylist()])
    if isinstance(kind, pa.BaseExtensionType):
        return _plain(column.cast(kind.storage_type))
    return column

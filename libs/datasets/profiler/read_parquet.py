"""Parquet: typed columns become the text that a CSV file would hold."""

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import parquet

from . import headers
from .refusal import Refused
from .source import Source
from .table import TableWriter

_ROWS = 65_536
_PER_SECOND = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}
_BYTES = (
    pa.types.is_binary,
    pa.types.is_large_binary,
    pa.types.is_binary_view,
    pa.types.is_fixed_size_binary,
)


def read(path: Path, destination: Path) -> Source:
    """Writes the table.

    Raises:
        Refused: the file is damaged or has no rows.
    """
    try:
        file = parquet.ParquetFile(path)
        schema = file.schema_arrow
        names = headers.column_names([list(schema.names)]) if schema.names else []
        if not names or not file.metadata.num_rows:
            raise Refused("datasets.no_rows", "The file has no rows.", "Send a table with rows.")
        writer = TableWriter(destination, names)
        rows = max(1, min(_ROWS, 4_000_000 // len(names)))
        for batch in file.iter_batches(batch_size=rows):
            writer.add(
                [text_of_column(name, column) for name, column in zip(names, batch.columns, strict=True)]
            )
    except (pa.ArrowException, OSError, ValueError) as error:
        raise Refused(
            "datasets.unreadable",
            f"The file is a damaged Parquet file: {str(error)[:160]}",
            "Write it again and send it anew.",
        ) from error
    duplicates = writer.close()
    nested = frozenset(name for name, kind in zip(names, schema.types, strict=True) if _is_nested(kind))
    return Source(format="parquet", rows=writer.rows, duplicates=duplicates, nested=nested)


def text_of_column(name: str, column: Any) -> Any:
    """The cells of a named column as text.

    Raises:
        Refused: cells of its type have no text.
    """
    try:
        return as_text(column)
    except pa.ArrowNotImplementedError as error:
        raise Refused(
            "datasets.unreadable",
            f"Column {name!r} is of the type {column.type}, which is not read here.",
            "Write it as text or as numbers, or leave it out.",
        ) from error


def as_text(column: Any) -> Any:
    """The cells as text, durations in seconds; a missing one, and a number that is none or infinite, is empty."""
    kind = column.type
    if isinstance(kind, pa.UuidType):
        return pa.array([None if v is None else str(v) for v in column.to_pylist()], pa.string())
    if isinstance(kind, pa.BaseExtensionType):
        return as_text(column.storage)
    if pa.types.is_duration(kind):
        ticks = column.cast(pa.int64()).cast(pa.float64())
        return pc.divide(ticks, float(_PER_SECOND[kind.unit])).cast(pa.string())
    if pa.types.is_float16(kind):
        return as_text(column.cast(pa.float32()))
    if pa.types.is_dictionary(kind):
        return as_text(column.dictionary_decode())
    if pa.types.is_boolean(kind):
        return pc.if_else(column, "true", "false")
    if pa.types.is_floating(kind):
        whole = pc.is_finite(column)
        return pc.if_else(whole, column, None).cast(pa.string())
    if _is_nested(kind):
        return pa.array([None if v is None else _json(v) for v in column.to_pylist()], pa.string())
    return column.cast(pa.string())


def _is_nested(kind: Any) -> bool:
    if isinstance(kind, pa.BaseExtensionType):
        return not isinstance(kind, pa.UuidType) and _is_nested(kind.storage_type)
    return bool(pa.types.is_nested(kind) or any(is_bytes(kind) for is_bytes in _BYTES))


def _json(value: Any) -> str:
    return json.dumps(value, default=str, ensure_ascii=False)

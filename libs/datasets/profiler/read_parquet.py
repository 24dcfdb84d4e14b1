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
            writer.add([as_text(column) for column in batch.columns])
    except (pa.ArrowException, OSError, ValueError) as error:
        raise Refused(
            "datasets.unreadable",
            f"The file is a damaged Parquet file: {str(error)[:160]}",
            "Write it again and send it anew.",
        ) from error
    duplicates = writer.close()
    nested = frozenset(name for name, kind in zip(names, schema.types, strict=True) if _is_nested(kind))
    return Source(format="parquet", rows=writer.rows, duplicates=duplicates, nested=nested)


def as_text(column: Any) -> Any:
    """The cells as text; a missing one, and a number that is none, is empty."""
    kind = column.type
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
    return bool(pa.types.is_nested(kind) or pa.types.is_binary(kind) or pa.types.is_large_binary(kind))


def _json(value: Any) -> str:
    return json.dumps(value, default=str, ensure_ascii=False)

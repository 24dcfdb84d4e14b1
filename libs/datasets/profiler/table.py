"""The neutral form of every source: a file of text columns, written once in pieces and read one column at a time."""

from array import array
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .refusal import Refused

MOST_COLUMNS = 20_000
MOST_BYTES = 1_500_000_000
"""Text of all cells; compressed sources may unpack to far more than the upload."""
_SEPARATOR = "\x1f"


class TableWriter:
    """Writes batches of text columns and counts rows that are equal."""

    def __init__(self, path: Path, names: Sequence[str]) -> None:
        if len(names) > MOST_COLUMNS:
            raise Refused(
                "datasets.too_wide",
                f"The table has {len(names):,} columns; at most {MOST_COLUMNS:,} are read.",
                "Send the columns that matter, or a table with one row a case.",
            )
        self.schema = pa.schema([(name, pa.string()) for name in names])
        self._sink = pa.OSFile(str(path), "wb")
        self._writer = pa.ipc.new_file(self._sink, self.schema)
        self._hashes = array("q")
        self._bytes = 0
        self.rows = 0

    def add(self, columns: Sequence[Any]) -> None:
        """Appends rows; each column is text, and what is null becomes the empty text."""
        # White space around a cell is never part of it, neither here nor in a generated pipeline.
        trimmed = [pc.fill_null(pc.utf8_trim_whitespace(_text(column)), "") for column in columns]
        batch = pa.RecordBatch.from_arrays(trimmed, schema=self.schema)
        if not batch.num_rows:
            return
        self._bytes += batch.nbytes
        if self._bytes > MOST_BYTES:
            raise Refused(
                "datasets.too_large",
                f"The table unpacks to more than {MOST_BYTES:,} bytes.",
                "Send a sample of the rows; the design needs no more.",
            )
        self._writer.write_batch(batch)
        self.rows += batch.num_rows
        joined = pc.binary_join_element_wise(*trimmed, _SEPARATOR)
        self._hashes.extend(map(hash, joined.to_pylist()))

    def close(self) -> int:
        """Ends the file; returns how many rows equal an earlier one."""
        self._writer.close()
        self._sink.close()
        return self.rows - len(np.unique(np.frombuffer(self._hashes, dtype="int64"))) if self.rows else 0


class Table:
    """Reads the columns that were written; the file is mapped, so only what is looked at takes memory."""

    def __init__(self, path: Path) -> None:
        self._cells = pa.ipc.open_file(pa.memory_map(str(path))).read_all()
        self.names: list[str] = self._cells.schema.names

    def column(self, place: int) -> Any:
        """All cells of one column."""
        return self._cells.column(place)

    def rows(self, places: Sequence[int]) -> Iterator[list[str]]:
        """The rows at these positions, in their order."""
        wanted = pa.array(places, pa.int64())
        columns = [self.column(place).take(wanted).to_pylist() for place in range(len(self.names))]
        return map(list, zip(*columns, strict=True))


def _text(column: Any) -> Any:
    return column if pa.types.is_string(column.type) else column.cast(pa.string())

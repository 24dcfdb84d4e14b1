"""The rows that a model learns from: all of them, or a sample of the size that the plan allows.

Whether a row is drawn is decided by a hash of its identifiers; when it has none, of all its cells
and of how many equal rows stand before it in its part of the file. So every run draws the same
rows, all rows of an entity are drawn or none, and rows that arrive later do not exchange those
before them: they only lower the share.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from ..data.contract import DataContract
from . import storage

_ROWS_AT_ONCE = 200_000
_ROWS_WEIGHED = 1_000
_HASHES = 2**64


def fetch_training_table(
    uri: str, folder: Path, contract: DataContract, most_gb: float | None
) -> Path:
    """Copies the curated table, or draws a sample of it when it is larger than allowed.

    Args:
        uri: folder of the curated training table.
        folder: local, for the copy.
        contract: names the identifiers.
        most_gb: size of the sample, as CSV would have it; None reads every row.

    Raises:
        DataRefused: there is no table.
    """
    tables = storage.open_tables(uri) if most_gb is not None else None
    rows = sum(table.metadata.num_rows for table in tables or ())
    if not tables or not rows or most_gb is None:
        return storage.fetch_table(uri, folder)
    share = most_gb * 1e9 / (rows * _bytes_a_row(tables))
    if share >= 1:
        return storage.fetch_table(uri, folder)
    keys = [column.name for column in contract.identifiers]
    sample = pa.concat_tables(_drawn(tables, keys, share), promote_options="permissive")
    print(
        f"The model learns from a sample: {sample.num_rows} of {rows} rows, {share:.2%} by hash.",
        file=sys.stderr,
    )
    folder.mkdir(parents=True, exist_ok=True)
    pq.write_table(sample, folder / "sample.parquet")
    return folder / "sample.parquet"


def _drawn(tables: list[pq.ParquetFile], keys: list[str], share: float) -> Iterator[pa.Table]:
    for table in tables:
        # SQL engines know names in small letters only.
        names = {name.casefold(): name for name in table.schema_arrow.names}
        hashed = [names[key.casefold()] for key in keys if key.casefold() in names]
        for batch in table.iter_batches(batch_size=_ROWS_AT_ONCE):
            rows = batch.to_pandas()
            hashes = pd.util.hash_pandas_object(rows[hashed] if hashed else rows, index=False)
            if not hashed:
                earlier = hashes.groupby(hashes).cumcount()
                hashes = pd.util.hash_pandas_object(
                    pd.DataFrame({"row": hashes, "earlier": earlier}), index=False
                )
            yield pa.Table.from_batches([batch]).filter(pa.array(hashes < share * _HASHES))


def _bytes_a_row(tables: list[pq.ParquetFile]) -> float:
    """Size of a row as CSV, from the first rows."""
    filled = next(table for table in tables if table.metadata.num_rows)
    rows = next(filled.iter_batches(batch_size=_ROWS_WEIGHED)).to_pandas()
    return len(rows.to_csv(index=False, header=False).encode()) / len(rows)

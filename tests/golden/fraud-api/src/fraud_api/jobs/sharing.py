"""The rows of one of several machines, and the parts of all of them as one table."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from ..running.shards import Shard

_REPORT = b"monitoring"


def share_of(table: Path, shard: Shard, target: Path) -> Path:
    """The Parquet file with the rows that are for this machine, which alone takes all of them.

    Rows are read a batch at a time, so that a machine holds no more than its share.
    """
    if shard.count == 1:
        return table
    target.parent.mkdir(parents=True, exist_ok=True)
    place = 0
    source = pq.ParquetFile(table)
    with source, pq.ParquetWriter(target, source.schema_arrow) as writer:
        for batch in source.iter_batches():
            mine = np.arange(place, place + batch.num_rows) % shard.count == shard.index
            writer.write_batch(batch.filter(pa.array(mine)))
            place += batch.num_rows
    return target


def numbers_of(shard: Shard, rows: int) -> range:
    """Where the rows of a share stand in the whole table."""
    return range(shard.index, shard.index + rows * shard.count, shard.count)


def packed(predictions: pd.DataFrame, report: dict[str, Any] | None) -> bytes:
    """A part as Parquet, with the monitoring report of the machine that has made one."""
    table = pa.Table.from_pandas(predictions, preserve_index=False)
    metadata = {**(table.schema.metadata or {}), _REPORT: json.dumps(report).encode()}
    buffer = io.BytesIO()
    pq.write_table(table.replace_schema_metadata(metadata), buffer, compression="zstd")
    return buffer.getvalue()


def joined(parts: list[bytes]) -> tuple[pd.DataFrame, dict[str, Any]]:
    """All predictions in the order of their rows, and the one report."""
    tables = [pq.read_table(io.BytesIO(part)) for part in parts]
    report = next(r for table in tables if (r := json.loads(table.schema.metadata[_REPORT])))
    frames = [table.to_pandas() for table in tables if table.num_rows]
    whole = pd.concat(frames, ignore_index=True).sort_values("row_number", ignore_index=True)
    if whole["prediction"].dtype == object:
        # Beside a part without any prediction the others have lost their type.
        whole["prediction"] = whole["prediction"].convert_dtypes()
    return whole, report

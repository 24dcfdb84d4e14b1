"""Which landed files were scored: rows of files that a published run has read are left out.

Every published run leaves the names of its files below `scored/`, and only then: a run that fails
leaves nothing, so the next one takes its rows. Whoever removes such a note has its rows scored
again. So notes are beside the curated data, not among it: that expires, also before the files do.
"""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from . import storage

LANDED_IN = "landed_in"
"""Column with the file that a row has come in, and when that was written."""
NOTHING_NEW = "Every landed row was scored before."


def new_rows(curated: str, rows: Path, target: Path) -> Path | None:
    """The Parquet file with the rows that no published run has scored; None when there are none.

    Args:
        curated: address of the curated data.
        rows: Parquet file with every landed row.
        target: where the file is written, unless all rows are new.
    """
    done = scored_files(curated)
    left = 0
    with pq.ParquetFile(rows) as source:
        if not done or LANDED_IN not in source.schema_arrow.names:
            return rows
        target.parent.mkdir(parents=True, exist_ok=True)
        with pq.ParquetWriter(target, source.schema_arrow) as writer:
            for batch in source.iter_batches():
                known = pc.is_in(batch[LANDED_IN].cast("string"), value_set=pa.array(sorted(done)))
                new = batch.filter(pc.invert(known))
                writer.write_batch(new)
                left += new.num_rows
    return target if left else None


def note_scored(curated: str, run: str, rows: Path) -> None:
    """Notes the files of the rows that a run has scored and published."""
    names: set[str] = set()
    with pq.ParquetFile(rows) as source:
        if LANDED_IN in source.schema_arrow.names:
            for batch in source.iter_batches(columns=[LANDED_IN]):
                names.update(batch[LANDED_IN].unique().to_pylist())
    write_scored(curated, run, names)


def scored_files(curated: str) -> set[str]:
    """Names of the files that published runs have read."""
    place = _place(curated)
    notes = (storage.read_bytes(f"{place}/{name}") for name in storage.list_files(place))
    return {name for note in notes if note for name in json.loads(note)}


def write_scored(curated: str, run: str, names: set[str]) -> None:
    """Leaves the note of a run."""
    note = json.dumps(sorted(names), indent=0) + "\n"
    storage.write_bytes(f"{_place(curated)}/{run}.json", note.encode())


def _place(curated: str) -> str:
    """The folder of the notes, next to the folder of the curated data; a bucket has none beside."""
    above, slash, _ = curated.rpartition("/")
    return f"{curated if above.endswith('/') else above}{slash}scored"

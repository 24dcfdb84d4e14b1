"""Raw tables become tables that keep the contract: once for training, once for scoring."""

from __future__ import annotations

import json

import pandas as pd

from ..data.cells import typed
from ..data.contract import Column, DataContract
from ..data.tables import read_raw, write_table
from ..running.errors import EXIT_OK, DataRefused
from ..running.repository import SCHEMA_FILE
from . import storage
from .settings import JobSettings


def process(settings: JobSettings) -> int:
    """Reads everything below `training/` and `scoring/`, writes one table each.

    Raises:
        DataRefused: there is no table at all, or a table lacks columns.
    """
    contract = DataContract.load(SCHEMA_FILE)
    features = tuple(c for c in contract.columns if c.name != contract.target)
    counts = {
        purpose: _curate(settings, purpose, columns)
        for purpose, columns in (("training", contract.columns), ("scoring", features))
    }
    if not any(counts.values()):
        raise DataRefused(
            f"There is no usable row below {settings.landing}.",
            "Put CSV or Parquet files below training/ or scoring/.",
        )
    print(json.dumps({"rows": counts}))
    return EXIT_OK


def _curate(settings: JobSettings, purpose: str, columns: tuple[Column, ...]) -> int:
    folder = settings.work / "landing" / purpose
    tables = storage.fetch_tables(f"{settings.landing}/{purpose}", folder)
    names = [column.name for column in columns]
    parts: list[pd.DataFrame] = []
    for path in tables:
        raw, _ = read_raw(path, names)
        missing = [c.name for c in columns if c.name not in raw and not c.nullable]
        if missing:
            raise DataRefused(
                f"{path.name} lacks columns: {', '.join(missing)}.", "Mend the source of that file."
            )
        table, problems = typed(raw, columns)
        parts.append(table.drop(index=sorted({problem.row for problem in problems})))
    if not parts:
        return 0
    curated = pd.concat(parts, ignore_index=True).drop_duplicates(ignore_index=True)
    if len(curated):
        target = settings.work / "curated" / purpose
        write_table(target / "table.parquet", curated)
        storage.publish_folder(target, f"{settings.curated}/{purpose}")
    return len(curated)

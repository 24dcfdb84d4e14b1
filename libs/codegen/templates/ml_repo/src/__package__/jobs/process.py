"""Raw tables become tables that keep the contract: once for training, once for scoring."""

from __future__ import annotations

import json

from ..data.contract import DataContract
from ..data.tables import write_table
from ..running.errors import EXIT_OK, DataRefused
from ..running.repository import SCHEMA_FILE
from . import storage
from .keeping import keep_features, keep_rows
from .landing import scoring_rows, training_rows
from .settings import JobSettings

TABLE = "table.parquet"


def process(settings: JobSettings) -> int:
    """Reads everything that has landed, writes one table for each purpose.

    Raises:
        DataRefused: there is no usable row at all, or a table lacks columns.
    """
    contract = DataContract.load(SCHEMA_FILE)
    tables = {
        "training": training_rows(settings, contract),
        "scoring": scoring_rows(settings, contract),
    }
    counts = {purpose: len(rows) for purpose, rows in tables.items()}
    if not any(counts.values()):
        raise DataRefused(
            f"There is no usable row below {settings.landing}.",
            "Put CSV, Parquet or JSON lines files below training/, scoring/ or events/.",
        )
    for purpose, rows in tables.items():
        if len(rows):
            folder = settings.work / "curated" / purpose
            write_table(folder / TABLE, rows)
            address = f"{settings.curated}/{purpose}"
            storage.publish_folder(folder, address)
            keep_rows(settings, contract, f"{purpose}_rows", rows, f"{address}/{TABLE}")
    entities = keep_features(settings, contract, list(tables.values()))
    print(json.dumps({"rows": counts, "entities": entities}))
    return EXIT_OK

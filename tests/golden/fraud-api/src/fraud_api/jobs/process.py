"""Raw tables become one for training and one for scoring; their cells stay text.

The stages that follow read them by the data contract, as they would read a file: training counts
the rows that break it, and scoring says of each why it has no prediction. Rows that keep it are
kept typed as well, for whoever reads them elsewhere.
"""

from __future__ import annotations

import json

import pandas as pd

from ..data.contract import DataContract
from ..data.tables import write_table
from ..running.errors import EXIT_OK, DataRefused
from ..running.repository import SCHEMA_FILE
from . import storage
from .keeping import keep_features, keep_prepared
from .landing import scoring_rows, training_rows
from .settings import JobSettings

TABLE = "table.parquet"


def process(settings: JobSettings) -> int:
    """Reads everything that has landed, writes one table for each purpose.

    Raises:
        DataRefused: there is no row at all, a table lacks columns, or labels name several rows.
    """
    contract = DataContract.load(SCHEMA_FILE)
    tables = {
        "training": training_rows(settings, contract),
        "scoring": scoring_rows(settings, contract),
    }
    counts = {purpose: len(rows) for purpose, rows in tables.items()}
    if not any(counts.values()):
        raise DataRefused(
            f"There is no row below {settings.landing}.",
            "Put CSV, Parquet or JSON lines files below training/, scoring/ or events/.",
        )
    kept: list[pd.DataFrame] = []
    set_aside: dict[str, int] = {}
    for purpose in [purpose for purpose, count in counts.items() if count]:
        folder = settings.work / "curated" / purpose
        write_table(folder / TABLE, tables.pop(purpose))
        storage.publish_folder(folder, f"{settings.curated}/{purpose}")
        rows, set_aside[purpose] = keep_prepared(settings, contract, purpose, folder / TABLE)
        kept.append(rows)
    entities = keep_features(settings, contract, kept)
    print(json.dumps({"rows": counts, "set_aside": set_aside, "entities": entities}))
    return EXIT_OK

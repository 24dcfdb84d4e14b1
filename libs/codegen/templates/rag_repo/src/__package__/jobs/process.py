"""Documents that have landed become passages: ingest, clean, chunk."""

from __future__ import annotations

from datetime import UTC, datetime

from .. import storage
from ..monitoring.emf import figures_line
from ..running.command import run_stages
from ..running.errors import EXIT_OK, DataRefused
from ..running.files import read_json
from ..running.stopping import Stopper
from ..settings import Settings

STAGES = ("ingest", "clean", "chunk")


def process(settings: Settings, stopper: Stopper | None = None) -> int:
    """Reads `documents/` of the landing address; writes passages and what was set aside.

    Raises:
        DataRefused: nothing has landed.
    """
    data = settings.work / "documents"
    landing = f"{settings.address('LANDING_URI')}/documents"
    if not storage.fetch_folder(landing, data):
        raise DataRefused(f"There is no file below {landing}.", "Put documents there.")
    code = run_stages(STAGES, work=settings.work, settings=settings, data=data, stopper=stopper)
    curated = settings.address("CURATED_URI")
    for stage in STAGES:
        folder = settings.work / stage
        if (folder / "result.json").is_file():
            storage.publish_folder(folder, f"{curated}/{stage}")
    if code == EXIT_OK:
        print(figures_line(read_json(settings.work / "clean" / "result.json")["metrics"], datetime.now(UTC)))
        # Alone in their folder, so that a query engine reads them as one table.
        passages = settings.work / "chunk" / "passages.parquet"
        storage.publish_file(passages, f"{curated}/passages/passages.parquet")
    return code

"""Answers the questions that have landed and publishes the answers."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from .. import storage
from ..answer_batch import answer_batch
from ..releases import fetch_release
from ..running.errors import EXIT_OK, DataRefused
from ..settings import Settings
from ..system import System

_TABLES = (".csv", ".jsonl")


def answer(settings: Settings) -> int:
    """Reads `questions/` of the landing address, writes `answers/<time>/` below the curated one.

    Raises:
        DataRefused: no release was published yet, or nothing has landed.
    """
    release = settings.work / "release"
    if not fetch_release(settings.address("MODEL_URI"), release):
        raise DataRefused("There is no release yet.", "Run the pipelines reindex and evaluate first.")
    landing = f"{settings.address('LANDING_URI')}/questions"
    files = storage.fetch_folder(landing, settings.work / "questions")
    tables = [path for path in files if path.suffix in _TABLES]
    if not tables:
        raise DataRefused(f"There is no table below {landing}.", "Put .csv or .jsonl files there.")
    system = System.of_release(release, settings)
    started = datetime.now(UTC).strftime("%Y-%m-%dT%H-%M-%SZ")
    output = settings.work / "answers"
    counts = {path.name: answer_batch(system, path, output / f"{path.stem}.jsonl") for path in tables}
    storage.publish_folder(output, f"{settings.address('CURATED_URI')}/answers/{started}")
    print(json.dumps({"release": system.version, "files": counts}))
    return EXIT_OK

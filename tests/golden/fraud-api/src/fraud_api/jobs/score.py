"""Predicts the curated rows; publishes predictions, the monitoring report and its metrics."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from ..data.contract import DataContract
from ..model.predictor import Predictor
from ..model.store import fetch_model
from ..monitor import monitor
from ..predict_batch import predict_file
from ..running.errors import EXIT_OK, DataRefused
from ..running.repository import SCHEMA_FILE
from ..running.shards import Parts, Shard
from ..stores.records import run_id
from . import storage
from .chosen import EXPLAINED, PROCESSED_BY
from .keeping import keep_processed
from .process import process
from .publishing import publish, say_idle, signed
from .scored import new_rows, note_scored
from .settings import JobSettings
from .sharing import joined, numbers_of, packed, share_of


def score(settings: JobSettings) -> int:
    """Predicts what has come in; where a stream brings it, no step before this one has read it.

    Raises:
        DataRefused: there is no usable row, or `score_curated` refuses.
    """
    if PROCESSED_BY == "a stream":
        process(settings)
    return score_curated(settings)


def score_curated(settings: JobSettings) -> int:
    """Predicts what has landed since the last published run; rows of a run that failed as well.

    Each machine predicts its share; the last of several publishes those of all.

    Raises:
        DataRefused: no model was published yet, no row can be predicted, or the parts of several
            machines do not belong together.
    """
    model = settings.work / "model"
    if not fetch_model(settings.model, model):
        raise DataRefused("No model was published yet.", "Run the pipeline `retrain` first.")
    rows = storage.fetch_table(f"{settings.curated}/scoring", settings.work / "input")
    contract = DataContract.load(SCHEMA_FILE)
    predictor = Predictor(model)
    shard = Shard.from_environment(settings.variables)
    run = run_id(predictor.version, rows)
    if shard.index == 0:
        keep_processed(settings, contract, "scoring", rows)
    parts = Parts(storage, f"{settings.curated}/predictions/_parts", shard, run)
    if shard.count > 1 and parts.is_done():
        print(f"Run {run} was published already.")
        if shard.index == 0:
            say_idle(predictor.version)
        return EXIT_OK
    new = new_rows(settings.curated, rows, settings.work / "new.parquet")
    if new is None:
        if shard.index == 0:
            say_idle(predictor.version)
        return EXIT_OK
    if shard.count == 1:
        predictions, report = _predicted(settings, predictor, new, shard, run)
        _publish(settings, contract, new, predictions, report or {})
        return EXIT_OK
    if parts.own() is None:
        parts.put(packed(*_predicted(settings, predictor, new, shard, run)))
    found = parts.whole()
    if found is None:
        print(f"Part {shard.index} of {shard.count} is there; others are at work.")
        return EXIT_OK
    parts.finish({"address": _publish(settings, contract, new, *joined(found))})
    return EXIT_OK


def _publish(
    settings: JobSettings,
    contract: DataContract,
    rows: Path,
    predictions: pd.DataFrame,
    report: dict[str, Any],
) -> str:
    """Publishes, and notes what was scored only then; the address."""
    address = publish(settings, contract, predictions, report)
    note_scored(settings.curated, address.rsplit("/", 1)[-1], rows)
    return address


def _predicted(
    settings: JobSettings, predictor: Predictor, rows: Path, shard: Shard, run: str
) -> tuple[pd.DataFrame, dict[str, Any] | None]:
    """The predictions of a share; the first machine also looks for drift in its rows."""
    started = pd.Timestamp(datetime.now(UTC))
    share = share_of(rows, shard, settings.work / "share.parquet")
    table = predict_file(predictor, share, EXPLAINED)
    numbers = numbers_of(shard, len(table))
    report = monitor(settings.work / "model", share) if shard.index == 0 else None
    return signed(table, predictor.facts, run, started, numbers), report

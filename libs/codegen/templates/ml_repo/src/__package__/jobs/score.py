"""Predicts the curated rows; publishes predictions, the monitoring report and its metrics."""

from __future__ import annotations

import os
from datetime import UTC, datetime

from ..model.store import fetch_model
from ..monitor import monitor
from ..monitoring.emf import metric_line
from ..predict_batch import predict_batch
from ..running.errors import EXIT_OK, DataRefused
from ..running.files import write_json
from . import storage
from .settings import JobSettings


def score(settings: JobSettings) -> int:
    """Writes to `predictions/<time>/` below the curated data.

    Raises:
        DataRefused: no model was published yet, or no row can be predicted.
    """
    model, output = settings.work / "model", settings.work / "output"
    if not fetch_model(settings.model, model):
        raise DataRefused("No model was published yet.", "Run the pipeline `retrain` first.")
    rows = storage.fetch_table(f"{settings.curated}/scoring", settings.work / "input")
    print(predict_batch(model, rows, output / "predictions.parquet"))
    report = monitor(model, rows)
    write_json(output / "monitoring.json", report)
    now = datetime.now(UTC)
    started = now.strftime("%Y-%m-%dT%H-%M-%SZ")
    storage.publish_folder(output, f"{settings.curated}/predictions/{started}")
    print(metric_line(report, os.environ, now))
    return EXIT_OK

"""Predicts the curated rows; publishes predictions, the monitoring report and its metrics."""

from __future__ import annotations

import os
from datetime import UTC, datetime

import pandas as pd

from ..data.contract import DataContract
from ..data.tables import read_table, write_table
from ..model.store import fetch_model
from ..monitor import monitor
from ..monitoring.emf import metric_line
from ..predict_batch import predict_batch
from ..running.errors import EXIT_OK, DataRefused
from ..running.files import read_json, write_json
from ..running.repository import SCHEMA_FILE
from ..stores.records import RUN_COLUMN, run_id
from . import storage
from .chosen import PROCESSED_BY
from .keeping import keep_predictions, keep_processed
from .process import process
from .settings import JobSettings

PREDICTIONS = "predictions.parquet"


def score(settings: JobSettings) -> int:
    """Writes to `predictions/<time>/` below the curated data, and to the record store.

    Raises:
        DataRefused: no model was published yet, or no row can be predicted.
    """
    model, output = settings.work / "model", settings.work / "output"
    if not fetch_model(settings.model, model):
        raise DataRefused("No model was published yet.", "Run the pipeline `retrain` first.")
    if PROCESSED_BY == "a stream":
        process(settings)
    rows = storage.fetch_table(f"{settings.curated}/scoring", settings.work / "input")
    contract = DataContract.load(SCHEMA_FILE)
    keep_processed(settings, contract, "scoring", rows)
    print(predict_batch(model, rows, output / PREDICTIONS))
    started = datetime.now(UTC)
    facts = read_json(model / "model.json")
    run = run_id(facts["version"], rows)
    predictions = signed(read_table(output / PREDICTIONS), facts, run, started)
    write_table(output / PREDICTIONS, predictions)
    report = monitor(model, rows)
    write_json(output / "monitoring.json", {**report, "run": run})
    address = f"{settings.curated}/predictions/{started.strftime('%Y-%m-%dT%H-%M-%SZ')}"
    storage.publish_folder(output, address)
    keep_predictions(settings, contract, predictions, f"{address}/{PREDICTIONS}", run)
    print(metric_line(report, os.environ, started))
    return EXIT_OK


def signed(table: pd.DataFrame, facts: dict[str, object], run: str, at: datetime) -> pd.DataFrame:
    """Predictions with the run, the model and the moment they come from.

    A batch of whole numbers must not make a column of whole numbers: each batch has the same types.
    """
    if facts["task"] == "regression":
        table = table.astype({"prediction": "float64"})
    return table.assign(
        row_number=range(len(table)),
        **{RUN_COLUMN: run},
        model_version=str(facts["version"]),
        predicted_at=pd.Timestamp(at).as_unit("us"),
    )

"""Predictions of a run are signed, checked as a whole, and put where readers find them."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import Any

import pandas as pd

from ..data.contract import DataContract
from ..data.tables import write_table
from ..monitoring.emf import idle_line, metric_line
from ..predict_batch import counts_of
from ..running.files import write_json
from ..stores.records import RUN_COLUMN
from . import storage
from .keeping import keep_predictions
from .scored import NOTHING_NEW
from .settings import JobSettings

PREDICTIONS = "predictions.parquet"
MONITORING = "_monitoring.json"
"""With an underscore, so that engines which read the folder as a table leave it out."""


def publish(
    settings: JobSettings, contract: DataContract, predictions: pd.DataFrame, report: dict[str, Any]
) -> str:
    """Writes to `predictions/<time>/` below the curated data, and to the record store.

    Readers see all predictions of a run or none: they are one file and one write of the store.
    Doing it again with the same predictions changes nothing.

    Args:
        settings: say where.
        contract: of the rows.
        predictions: of every row, signed.
        report: of monitoring.

    Returns:
        The address.

    Raises:
        DataRefused: no row was predicted.
    """
    print(counts_of(predictions))
    run, started = str(predictions[RUN_COLUMN].iloc[0]), predictions["predicted_at"].min()
    output = settings.work / "output"
    write_json(output / MONITORING, {**report, "run": run})
    write_table(output / PREDICTIONS, predictions)
    address = f"{settings.curated}/predictions/{started.strftime('%Y-%m-%dT%H-%M-%SZ')}"
    storage.publish_folder(output, address)
    keep_predictions(settings, contract, predictions, f"{address}/{PREDICTIONS}", run)
    # The moment of writing: an alarm would not see the beginning of a run of hours.
    print(metric_line(report, os.environ, datetime.now(UTC)))
    return address


def say_idle(model: str) -> None:
    """Says in the log, also as a metric, that a run has ended well and found no new row."""
    print(NOTHING_NEW)
    print(idle_line(model, os.environ, datetime.now(UTC)))


def signed(
    table: pd.DataFrame, facts: dict[str, Any], run: str, at: pd.Timestamp, numbers: range
) -> pd.DataFrame:
    """Predictions with the rows, the run, the model and the moment they come from.

    A batch of whole numbers must not make a column of whole numbers: each batch has the same types.
    """
    if facts["task"] == "regression":
        table = table.astype({"prediction": "float64"})
    return table.assign(
        row_number=numbers,
        **{RUN_COLUMN: run},
        model_version=str(facts["version"]),
        predicted_at=at.as_unit("us"),
    )

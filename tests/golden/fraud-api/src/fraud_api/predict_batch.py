"""Predicts a file: identifiers, prediction, probabilities, and the reason where there is none."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from .data.tables import read_raw, write_table
from .model.predictor import Prediction, Predictor
from .running.errors import DataRefused


def predict_batch(model: Path, source: Path, destination: Path) -> str:
    """Reads CSV or Parquet, writes CSV or Parquet (by the suffix of the destination).

    Args:
        model: folder of a registered model.
        source: a table with the features of the contract; other columns are ignored.
        destination: one row for each row of the source, in its order.

    Returns:
        A sentence with the counts.

    Raises:
        DataRefused: the source is no table, lacks columns, or no row keeps the contract.
    """
    predictor = Predictor(model)
    raw, _ = read_raw(source, [column.name for column in predictor.contract.columns])
    missing = [c.name for c in predictor.contract.features if c.name not in raw and not c.nullable]
    if missing:
        raise DataRefused(
            f"Columns are missing: {', '.join(missing)}.",
            "The table needs every column of the model's schema.json that may not be missing.",
        )
    answer = predictor.predict_table(raw)
    refused = sum(value is None for value in answer.predictions)
    if refused == len(raw):
        example = f" For example, {_sentence(answer, 0)}." if answer.errors else ""
        raise DataRefused(f"No row can be predicted.{example}", "Compare it with schema.json.")
    table = predictions_table(predictor, raw, answer)
    destination.parent.mkdir(parents=True, exist_ok=True)
    if destination.suffix.lower() in (".parquet", ".pq"):
        write_table(destination, table)
    else:
        table.to_csv(destination, index=False)
    return f"{len(raw) - refused} rows predicted, {refused} refused."


def predictions_table(predictor: Predictor, raw: pd.DataFrame, answer: Prediction) -> pd.DataFrame:
    """Identifiers, `prediction`, `probability_<class>` and `error` for each row."""
    columns: dict[str, object] = {
        c.name: raw[c.name].astype("string")
        for c in predictor.contract.identifiers
        if c.name in raw
    }
    columns["prediction"] = pd.Series(answer.predictions).convert_dtypes()
    for label in map(str, predictor.target.classes):
        values = [p[label] if p else None for p in answer.probabilities or []]
        columns[f"probability_{label}"] = pd.Series(values, dtype="float64")
    reasons: dict[int, list[str]] = {}
    for error in answer.errors:
        reasons.setdefault(error.row, []).append(f"{error.column} {error.message}")
    texts = ["; ".join(reasons.get(row, [])) or None for row in range(len(raw))]
    columns["error"] = pd.Series(texts, dtype="string")
    return pd.DataFrame(columns)


def _sentence(answer: Prediction, index: int) -> str:
    error = answer.errors[index]
    return f"row {error.row}, {error.column} {error.message}"

"""Predicts a file: identifiers, prediction, probabilities, and the reason where there is none."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

from .data.contract import repeated
from .data.tables import read_raw, write_table
from .model.predictor import Prediction, Predictor
from .running.errors import DataRefused


def predict_batch(model: Path, source: Path, destination: Path, explain: bool = False) -> str:
    """Reads CSV or Parquet, writes CSV or Parquet (by the suffix of the destination).

    Args:
        model: folder of a registered model.
        source: a table with the features of the contract; other columns are ignored.
        destination: one row for each row of the source, in its order.
        explain: add `explanation`, how much each column moved the score, as a JSON object. One
            more prediction for each column.

    Returns:
        A sentence with the counts.

    Raises:
        DataRefused: the source is no table, lacks columns, or no row keeps the contract.
    """
    table = predict_file(Predictor(model), source, explain)
    sentence = counts_of(table)
    destination.parent.mkdir(parents=True, exist_ok=True)
    if destination.suffix.lower() in (".parquet", ".pq"):
        write_table(destination, table)
    else:
        table.to_csv(destination, index=False)
    return sentence


def predict_file(predictor: Predictor, source: Path, explain: bool = False) -> pd.DataFrame:
    """The predictions of a file, also when no row of it can be predicted.

    Raises:
        DataRefused: the source is no table, or lacks columns.
    """
    raw, _ = read_raw(
        source,
        [column.name for column in predictor.contract.columns],
        repeated(predictor.contract.columns),
    )
    missing = [c.name for c in predictor.contract.features if c.name not in raw and not c.nullable]
    if missing:
        raise DataRefused(
            f"Columns are missing: {', '.join(missing)}.",
            "The table needs every column of the model's schema.json that may not be missing.",
        )
    answer = predictor.predict_table(raw)
    table = predictions_table(predictor, raw, answer)
    if explain:
        shares = predictor.table_contributions(raw, answer)
        texts = [None if share is None else json.dumps(share) for share in shares]
        table["explanation"] = pd.Series(texts, dtype="string")
    return table


def counts_of(table: pd.DataFrame) -> str:
    """How many rows were predicted and refused, as a sentence.

    Raises:
        DataRefused: no row was predicted.
    """
    refused = int(table["prediction"].isna().sum())
    if refused == len(table):
        reasons = table["error"].dropna()
        examples = [f" For example, row {row}, {why}." for row, why in reasons.head(1).items()]
        message = "".join(["No row can be predicted.", *examples])
        raise DataRefused(message, "Compare it with schema.json.")
    return f"{len(table) - refused} rows predicted, {refused} refused."


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
        reasons.setdefault(error.row, []).append(f"{error.column} {error.message}".strip())
    texts = ["; ".join(reasons.get(row, [])) or None for row in range(len(raw))]
    columns["error"] = pd.Series(texts, dtype="string")
    return pd.DataFrame(columns)

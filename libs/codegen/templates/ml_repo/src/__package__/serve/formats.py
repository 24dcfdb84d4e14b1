"""Tables in the body of a request, as batch transform jobs send them: JSON lines and CSV."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from ..data.contract import DataContract
from ..model.predictor import Prediction, Predictor

JSON_LINES = "application/jsonlines"
TABLE_TYPES = (JSON_LINES, "application/x-jsonlines", "application/x-ndjson", "text/csv")
MAX_LINES = 50_000


class UnreadableTable(Exception):
    """The body is no table; the message says why."""


def rows_of(body: bytes, kind: str, contract: DataContract) -> list[Any]:
    """The rows of a body.

    A CSV without a header line has the columns of the contract in their order, without the target:
    a job that splits a file by lines sends the header with the first part only.

    Raises:
        UnreadableTable: it is not UTF-8, empty, or has too many lines.
    """
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableTable("The body is not UTF-8.") from error
    rows = _csv_rows(text, contract) if kind == "text/csv" else _json_rows(text)
    if not rows:
        raise UnreadableTable("The body has no rows.")
    if len(rows) > MAX_LINES:
        raise UnreadableTable(f"The body has more than {MAX_LINES} rows.")
    return rows


def lines_of(
    prediction: Prediction,
    rows: list[Any],
    predictor: Predictor,
    shares: list[dict[str, float] | None] | None = None,
) -> bytes:
    """One JSON object a row: identifiers, prediction, probabilities, errors, model, explanation."""
    errors: dict[int, list[str]] = {}
    for error in prediction.errors:
        errors.setdefault(error.row, []).append(f"{error.column} {error.message}".strip())
    names = [column.name for column in predictor.contract.identifiers]
    lines: list[str] = []
    for index, value in enumerate(prediction.predictions):
        row = rows[index] if isinstance(rows[index], dict) else {}
        line = {name: row[name] for name in names if name in row}
        line |= {"prediction": value, "errors": errors.get(index, []), "model": predictor.version}
        if prediction.probabilities is not None:
            line["probabilities"] = prediction.probabilities[index]
        if shares is not None:
            line["explanation"] = shares[index]
        lines.append(json.dumps(line, ensure_ascii=False))
    return ("\n".join(lines) + "\n").encode()


def _json_rows(text: str) -> list[Any]:
    return [_json(line) for line in text.split("\n") if line.strip()]


def _json(line: str) -> Any:
    try:
        return json.loads(line)
    except ValueError:
        return None  # no object, which the predictor says of this row


def _csv_rows(text: str, contract: DataContract) -> list[Any]:
    lines = [cells for cells in csv.reader(io.StringIO(text)) if cells]
    known = {column.name for column in contract.columns}
    names = [column.name for column in contract.columns if column.name != contract.target]
    if lines and set(lines[0]) <= known:
        names, lines = lines[0], lines[1:]
    return [
        {name: cell or None for name, cell in zip(names, cells, strict=True)}
        if len(cells) == len(names)
        else None
        for cells in lines
    ]

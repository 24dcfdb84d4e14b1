"""Predictions over standard input and output, one JSON object a line: no socket is needed.

In: `{"id": any, "rows": [{column: value}], "explain": false}`. Out: `{"id", "predictions",
"probabilities", "errors": [{"row", "column", "message"}]}` and, when asked, `"explanations"`.
A line that is no such object is answered by an error with `row` null.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, TextIO

from .model.predictor import Predictor


def serve_stdio(model: Path, source: TextIO, sink: TextIO) -> None:
    """Answers every line until the input ends."""
    predictor = Predictor(model)
    for line in source:
        if line.strip():
            sink.write(json.dumps(answer(predictor, line), ensure_ascii=False) + "\n")
            sink.flush()


def answer(predictor: Predictor, line: str) -> dict[str, Any]:
    """The answer to one line."""
    try:
        request = json.loads(line)
    except ValueError as error:
        return _refusal(None, f"the line is not JSON: {error}")
    if not isinstance(request, dict):
        return _refusal(None, "the line is not an object")
    rows = request.get("rows")
    if not isinstance(rows, list):
        return _refusal(request.get("id"), "rows is not a list")
    prediction = predictor.predict(rows)
    result = {"id": request.get("id"), **prediction.to_json()}
    if request.get("explain"):
        result["explanations"] = predictor.contributions(rows, prediction)
    return result


def _refusal(request_id: Any, message: str) -> dict[str, Any]:
    errors = [{"row": None, "column": "", "message": message}]
    return {"id": request_id, "predictions": [], "probabilities": None, "errors": errors}

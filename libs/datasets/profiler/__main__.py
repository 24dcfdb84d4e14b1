"""Reads an uploaded file and writes what is known of it; runs inside the sandbox, on the environment of generated code.

The request is one JSON object on standard input: `{file, work, target?, task?, seed}`. The answer is `result.json` in
`work`: `{status: "ok", …}`, or `{status: "refused", code, message, advice, facts}` for what is no usable table.
"""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from . import formats, missing, read_csv, read_excel, read_jsonl, read_parquet, relations, targets
from .columns import profile_column
from .refusal import Refused
from .source import Source
from .table import Table

_READERS = {
    "csv": read_csv.read,
    "parquet": read_parquet.read,
    "jsonl": read_jsonl.read,
    "xlsx": read_excel.read,
}
_WIDE = 1_000
"""Columns from which on fewer frequent values are kept of each."""


def profile(file: Path, work: Path) -> tuple[Source, Table, list[dict[str, Any]]]:
    """Reads the file into the neutral table and describes every column."""
    neutral = work / "table.arrow"
    source = _READERS[formats.format_of(file)](file, neutral)
    table = Table(neutral)
    top = 50 if len(table.names) < _WIDE else 10
    columns = [
        profile_column(name, table.column(place), nested=name in source.nested, top=top)
        for place, name in enumerate(table.names)
    ]
    markers = _markers(columns)
    for place, column in enumerate(columns):
        # The markers are known only now; columns of words that hold one are read again.
        if markers and column["kind"] in ("category", "text", "id"):
            cells = table.column(place)
            if markers & set(cells.unique().to_pylist() if column["distinct"] < 100_000 else ()):
                columns[place] = profile_column(column["name"], cells, markers=markers, top=top)
    return source, table, columns


def _markers(columns: list[dict[str, Any]]) -> frozenset[str]:
    numeric = (column for column in columns if column["kind"] in ("number", "integer", "datetime"))
    return frozenset(
        literal
        for column in numeric
        for literal in column["missing_literals"]
        if missing.can_be_proven(literal)
    )


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """The profile, and with a target what the table says about it."""
    work = Path(request["work"])
    source, table, columns = profile(Path(request["file"]), work)
    found: dict[str, Any] = {
        "status": "ok",
        "source": {**asdict(source), "nested": sorted(source.nested)},
        "columns": columns,
        "markers": sorted(_markers(columns)),
        "targets": targets.suggestions(columns, source.rows),
    }
    found["source"].pop("original")
    target = request.get("target")
    if target is not None:
        found["target"] = _target(table, columns, target, request)
    return found


def _target(
    table: Table, columns: list[dict[str, Any]], target: str, request: dict[str, Any]
) -> dict[str, Any]:
    place = table.names.index(target)
    column, task = columns[place], request["task"]
    learned = relations.Learned(table.column(place), column, task)
    leaks = []
    for other, described in enumerate(columns):
        if other == place or described["kind"] in ("text", "id", "empty", "nested") or described["constant"]:
            continue
        score = relations.gives_away(table.column(other), described, learned)
        if relations.is_suspicious(score):
            leaks.append({"column": described["name"], "score": round(score, 4)})
    chosen = relations.sample_rows(table, columns, learned, request["seed"])
    return {
        "classes": learned.counts(),
        "rows": len(learned.rows),
        "leaks": leaks,
        "sample": [list(row) for row in table.rows(chosen)] if request["real_sample"] else [],
    }


def respond(request: dict[str, Any]) -> dict[str, Any]:
    """The answer, or the refusal."""
    try:
        return answer(request)
    except Refused as refused:
        return {
            "status": "refused",
            "code": refused.code,
            "message": refused.message,
            "advice": refused.advice,
            "facts": refused.facts,
        }


def main() -> int:
    """Answers one request."""
    request = json.load(sys.stdin)
    path = Path(request["work"]) / "result.json"
    path.write_text(json.dumps(respond(request), ensure_ascii=False, allow_nan=False), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

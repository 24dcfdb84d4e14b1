"""JSON lines: one object a line; keys are columns, a key that a line lacks is a missing cell."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa

from . import formats, headers
from .refusal import Refused
from .source import Source
from .table import MOST_COLUMNS, TableWriter

_ROWS = 20_000


def read(path: Path, destination: Path) -> Source:
    """Writes the table; the file is read twice, because a key may appear in the last line first.

    Raises:
        Refused: a line is no object, or there are none, or they are not UTF-8.
    """
    encoding = formats.encoding_of(path)
    if not encoding.startswith("utf-8"):
        raise Refused(
            "datasets.unreadable", "The lines of JSON are not written in UTF-8.", "Save the file as UTF-8."
        )
    keys: dict[str, None] = {}
    nested: set[str] = set()
    for _, row in _rows(path, encoding):
        for key, value in row.items():
            keys[key] = None
            if isinstance(value, list | dict):
                nested.add(key)
        if len(keys) > MOST_COLUMNS:
            raise Refused(
                "datasets.too_wide",
                f"The lines have more than {MOST_COLUMNS:,} different keys.",
                "Give every line the same keys, one a column.",
            )
    if not keys:
        raise Refused("datasets.no_rows", "No line holds a value.", "Send one object a line.")
    names = headers.column_names([list(keys)])
    writer = TableWriter(destination, names)
    batch: list[dict[str, Any]] = []
    for _, row in _rows(path, encoding):
        batch.append(row)
        if len(batch) * len(keys) >= _ROWS * 50 or len(batch) >= _ROWS:
            _write(writer, keys, batch)
            batch = []
    if batch:
        _write(writer, keys, batch)
    duplicates = writer.close()
    named = dict(zip(keys, names, strict=True))
    return Source(
        format="jsonl",
        encoding=encoding,
        rows=writer.rows,
        duplicates=duplicates,
        nested=frozenset(named[key] for key in nested),
    )


def as_text(value: Any) -> str:
    """One JSON value as the text of a cell; numbers keep their spelling."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _rows(path: Path, encoding: str) -> Iterator[tuple[int, dict[str, Any]]]:
    with path.open(encoding=encoding) as stream:
        for number, line in enumerate(stream, start=1):
            if line.isspace():
                continue
            try:
                row = json.loads(line, parse_float=str, parse_int=str, parse_constant=lambda _: None)
            except (ValueError, RecursionError) as error:
                raise _refused(number, "is not JSON") from error
            if not isinstance(row, dict):
                raise _refused(number, "is not an object")
            yield number, row


def _write(writer: TableWriter, keys: dict[str, None], rows: list[dict[str, Any]]) -> None:
    writer.add([pa.array([_stored(row.get(key)) for row in rows], pa.string()) for key in keys])


def _stored(value: Any) -> str:
    # A text from JSON may hold half of a surrogate pair, which no file of text can.
    return as_text(value).encode("utf-8", "replace").decode()


def _refused(line: int, what: str) -> Refused:
    return Refused(
        "datasets.unreadable",
        f"Line {line} {what}.",
        "Send one JSON object a line, without commas between the lines.",
        lines=[{"line": line}],
    )

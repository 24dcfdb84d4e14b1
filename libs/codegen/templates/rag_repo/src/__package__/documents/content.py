"""The text of a file and the rows of a table, or why there are none."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

# The size of a file has a limit, that of a cell needs none.
csv.field_size_limit(2**31 - 1)


class Unreadable(Exception):
    """A file that gives no document; the message says why."""


def text_of(path: Path) -> str:
    """The text of a file; a line ends with a line feed, whatever it ended with.

    Raises:
        Unreadable: it is binary, or in another encoding.
    """
    content = path.read_bytes()
    if b"\x00" in content[:4096] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable("the file is binary")
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(f"the file is not {encoding}") from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def csv_rows(text: str) -> Iterator[dict[str, Any]]:
    """The rows of a table, by the names of its columns.

    Raises:
        Unreadable: a quotation is not closed, or a row has more cells than there are columns: its cells may stand
            in the wrong ones, and one of them says who may read it.
    """
    rows = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        for row in rows:
            if any(row.pop(None, None) or ()):
                raise Unreadable(f"line {rows.line_num} has more cells than there are columns")
            yield named(row)
    except csv.Error as error:
        raise Unreadable(f"the row at line {rows.line_num + 1} is not CSV: {error}") from error


def json_rows(text: str) -> Iterator[dict[str, Any]]:
    """The objects of JSON lines, by the names of their keys.

    Raises:
        Unreadable: a line is no JSON object.
    """
    # Strings may hold other characters that end a line elsewhere.
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise Unreadable(f"line {number} is not JSON") from error
        if not isinstance(value, dict):
            raise Unreadable(f"line {number} is no object")
        yield named(value)


def named(facts: Mapping[Any, Any]) -> dict[str, Any]:
    """The facts by their names in small letters and without blanks around, as in `id, text, Access`."""
    return {str(name).strip().lower(): value for name, value in facts.items()}

"""Tables as one JSON object a line, the form in which events arrive."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pandas as pd

_SUFFIXES = (".json", ".jsonl", ".ndjson")


def is_json_lines(path: Path) -> bool:
    """Whether the name says so; `.gz` may follow."""
    return path.name.lower().removesuffix(".gz").endswith(_SUFFIXES)


def read_json_lines(path: Path, warnings: list[str]) -> pd.DataFrame:
    """The cells as they are; a line that is no object is a row without any value.

    Such a row breaks the contract, so it is counted and set aside like any other bad row, and does
    not cost the rows around it.
    """
    content = path.read_bytes()
    if path.name.lower().endswith(".gz"):
        content = gzip.decompress(content)
    lines = content.decode("utf-8-sig", errors="replace").split("\n")
    rows = [_object(line) for line in lines if line.strip()]
    broken = sum(row is None for row in rows)
    if broken:
        warnings.append(f"{broken} lines of {path.name} are no JSON objects.")
    return pd.DataFrame([row or {} for row in rows], dtype=object, index=range(len(rows)))


def _object(line: str) -> dict[str, Any] | None:
    try:
        # What JSON does not know and Python writes: a number that is none is a missing cell.
        value = json.loads(line, parse_constant=lambda _: None)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None

"""Reading cells by the contract: one path for files, HTTP rows and batches, so they cannot differ.

Only an empty cell is missing, and the texts that the contract names for a column. Words such as
`None`, `NA` or `null` are values like any other where it does not.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from .contract import Column, Kind

_BOOLEANS = {"true": 1.0, "false": 0.0, "yes": 1.0, "no": 0.0, "1": 1.0, "0": 0.0} | {
    "1.0": 1.0,
    "0.0": 0.0,
}
_TRUTHS = frozenset({"True", "False", "TRUE", "FALSE"})
"""How Python and Excel spell what JSON and the formats of tables call true and false."""
_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,14})\.0")
"""Whole numbers as a float column is written to text; `007.0` and `1.00` are no such."""
_MISSING = "is missing and must not be"
_MOMENT = "is not a date or time such as 2025-03-01T12:30:00Z"


@dataclass(frozen=True)
class CellProblem:
    """A cell that breaks the contract."""

    row: int
    """Position in the table, from 0."""
    column: str
    message: str
    """What is wrong, without the cell: logs and reports hold it, and no values of rows."""
    cell: str = ""
    """The beginning of its text, for whoever has sent it; empty where it is not at fault."""

    @property
    def told(self) -> str:
        """The message as the sender reads it."""
        return f"{self.cell!r} {self.message}" if self.cell else self.message


class _Unreadable(Exception):
    """The cell breaks the rules of its column; the message says which."""


def typed(frame: pd.DataFrame, columns: Iterable[Column]) -> tuple[pd.DataFrame, list[CellProblem]]:
    """Reads raw cells as the kinds of their columns.

    Numbers and booleans become float64 (NaN is missing), moments become UTC timestamps, categories
    and identifiers become text (NaN is missing).

    Args:
        frame: raw cells: text from CSV, JSON values, or typed Parquet columns.
        columns: those to read; one that the frame lacks counts as missing in every row.

    Returns:
        The typed columns, and every cell that breaks the contract (which is missing in the table).
    """
    result: dict[str, Any] = {}
    problems: list[CellProblem] = []
    for column in columns:
        cells = frame[column.name].tolist() if column.name in frame else [None] * len(frame)
        result[column.name] = _read_column(column, cells, problems)
    return pd.DataFrame(result, index=pd.RangeIndex(len(frame))), problems


def text_of(value: Any) -> str:
    """A category or identifier as text, in one spelling whatever format it came in.

    A whole number is written without a fraction (3.0, as a float column gives it, is `3`) and a
    truth value in small letters; the same words in a file of text are spelled like them.
    """
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = str(value).strip()
    if text in _TRUTHS:
        return text.lower()
    return text[:-2] if _WHOLE.fullmatch(text) else text


def as_text(frame: pd.DataFrame, names: Iterable[str]) -> pd.DataFrame:
    """Raw cells as text that `typed` reads as it reads them; a column that lacks is empty."""
    columns = {}
    for name in names:
        cells = frame[name].tolist() if name in frame else [None] * len(frame)
        values = [None if _is_missing(cell) else text_of(cell) for cell in cells]
        columns[name] = pd.array(values, dtype="str")
    return pd.DataFrame(columns, index=pd.RangeIndex(len(frame)))


def reasons_of(problems: Iterable[CellProblem]) -> dict[int, str]:
    """What breaks the contract in each of the rows that do."""
    found: dict[int, list[str]] = {}
    for problem in problems:
        found.setdefault(problem.row, []).append(f"{problem.column} {problem.message}")
    return {row: "; ".join(reasons) for row, reasons in found.items()}


def _read_column(column: Column, cells: list[Any], problems: list[CellProblem]) -> Any:
    read = _READERS[column.kind]
    if column.kind == "datetime" and column.day_first:
        read = _read_day_first
    markers = frozenset(column.missing)
    values: list[Any] = []
    same: dict[str, str] = {}
    for row, cell in enumerate(cells):
        value = None
        if _is_missing(cell) or (isinstance(cell, str) and cell.strip() in markers):
            if not column.nullable:
                problems.append(CellProblem(row, column.name, _MISSING))
        else:
            try:
                value = read(cell)
                _check_bounds(column, value)
                if column.kind == "category":
                    # One text for all rows that hold it: large tables have few of them.
                    value = same.setdefault(value, value)
            except _Unreadable as error:
                value = None
                problems.append(CellProblem(row, column.name, str(error), str(cell)[:40]))
        values.append(value)
    if column.kind == "datetime":
        return pd.DatetimeIndex(values, dtype="datetime64[us, UTC]")
    if column.kind in ("category", "id", "text"):
        # Said, not guessed from the values: an empty part of a column has the type of the others.
        return pd.array(values, dtype="str")
    return np.array(values, dtype="float64")


def _is_missing(cell: Any) -> bool:
    if isinstance(cell, str):
        return not cell or cell.isspace()
    return cell is None or cell is pd.NaT or cell is pd.NA or cell != cell


def _read_number(cell: Any) -> float:
    if isinstance(cell, bool | np.bool_) or (isinstance(cell, str) and "_" in cell):
        raise _Unreadable("is not a number")
    try:
        value = float(cell)
    except (TypeError, ValueError, OverflowError) as error:
        raise _Unreadable("is not a number") from error
    if not math.isfinite(value):
        raise _Unreadable("is not a number")
    return value


def _read_integer(cell: Any) -> float:
    value = _read_number(cell)
    if not value.is_integer():
        raise _Unreadable("is not a whole number")
    return value


def _read_boolean(cell: Any) -> float:
    value = _BOOLEANS.get(str(cell).strip().lower())
    if value is None:
        raise _Unreadable("is not true or false")
    return value


def _read_day_first(cell: Any) -> datetime:
    return _read_moment(cell, day_first=True)


def _read_moment(cell: Any, *, day_first: bool = False) -> datetime:
    moment = cell if isinstance(cell, datetime) else _parse_moment(cell, day_first)
    try:
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except OverflowError as error:
        raise _Unreadable(_MOMENT) from error


def _parse_moment(cell: Any, day_first: bool) -> datetime:
    if isinstance(cell, date):
        return datetime(cell.year, cell.month, cell.day, tzinfo=UTC)
    if not isinstance(cell, str):
        raise _Unreadable(_MOMENT)
    try:
        return datetime.fromisoformat(cell.strip())
    except ValueError:
        moment = _other_spelling(cell, day_first)
    if moment is None:
        raise _Unreadable(_MOMENT)
    return moment


@lru_cache(maxsize=100_000)
def _other_spelling(text: str, day_first: bool) -> datetime | None:
    """Moments that are not ISO 8601, such as `3/14/2025`; where both could be meant, as told."""
    parsed = pd.to_datetime(text, errors="coerce", utc=True, dayfirst=day_first)
    return None if parsed is pd.NaT else parsed.to_pydatetime(warn=False)


def _read_text(cell: Any) -> str:
    if isinstance(cell, list | dict):
        raise _Unreadable("is not a single value")
    return text_of(cell)


_READERS: dict[Kind, Callable[[Any], Any]] = {
    "number": _read_number,
    "integer": _read_integer,
    "boolean": _read_boolean,
    "datetime": _read_moment,
    "category": _read_text,
    "id": _read_text,
    "text": _read_text,
}


def _check_bounds(column: Column, value: Any) -> None:
    if column.kind not in ("number", "integer"):
        return
    if column.minimum is not None and value < column.minimum:
        raise _Unreadable(f"is below the minimum {column.minimum:g}")
    if column.maximum is not None and value > column.maximum:
        raise _Unreadable(f"is above the maximum {column.maximum:g}")

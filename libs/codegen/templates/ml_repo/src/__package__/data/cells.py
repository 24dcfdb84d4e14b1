"""Reading cells by the contract: one path for files, HTTP rows and batches, so they cannot differ.

Only an empty cell is missing. Words such as `None`, `NA` or `null` are values like any other.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from .contract import Column

_BOOLEANS = {
    "true": 1.0,
    "false": 0.0,
    "yes": 1.0,
    "no": 0.0,
    "1": 1.0,
    "0": 0.0,
    "1.0": 1.0,
    "0.0": 0.0,
}


@dataclass(frozen=True)
class CellProblem:
    """A cell that breaks the contract."""

    row: int
    """Position in the table, from 0."""
    column: str
    message: str


def typed(frame: pd.DataFrame, columns: Iterable[Column]) -> tuple[pd.DataFrame, list[CellProblem]]:
    """Reads raw cells as the kinds of their columns.

    Numbers and booleans become float64 (NaN is missing), moments become UTC timestamps, categories
    and identifiers become text (None is missing).

    Args:
        frame: raw cells: text from CSV, JSON values, or typed Parquet columns.
        columns: those to read; one that the frame lacks counts as missing in every row.

    Returns:
        The typed columns, and every cell that breaks the contract (which is missing in the table).
    """
    result: dict[str, pd.Series] = {}
    problems: list[CellProblem] = []
    for column in columns:
        raw = _raw(frame, column.name)
        missing = _is_missing(raw)
        values, bad = _READERS[column.kind](raw, missing)
        problems += _problems(column, raw, bad & ~missing, _EXPECTED[column.kind])
        if not column.nullable:
            problems += _problems(column, raw, missing, "is missing and must not be")
        if column.kind in ("number", "integer"):
            values, found = _within_bounds(column, raw, values)
            problems += found
        result[column.name] = values
    return pd.DataFrame(result, index=pd.RangeIndex(len(frame))), problems


def text_of(value: Any) -> str:
    """A category or identifier as text; 3.0, as a float column gives it, is `3`."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _raw(frame: pd.DataFrame, name: str) -> pd.Series:
    if name not in frame:
        return pd.Series([None] * len(frame), dtype=object)
    return frame[name].astype(object).reset_index(drop=True)


def _is_missing(raw: pd.Series) -> pd.Series:
    empty = raw.map(lambda value: isinstance(value, str) and not value.strip()).astype(bool)
    return raw.isna() | empty


def _read_numbers(raw: pd.Series, missing: pd.Series) -> tuple[pd.Series, pd.Series]:
    truth = raw.map(lambda value: isinstance(value, bool | np.bool_)).astype(bool)
    plain = raw.where(~(missing | truth), None)
    values = pd.to_numeric(plain, errors="coerce").astype("float64")
    values = values.where(np.isfinite(values), np.nan)
    return values, values.isna()


def _read_integers(raw: pd.Series, missing: pd.Series) -> tuple[pd.Series, pd.Series]:
    values, bad = _read_numbers(raw, missing)
    fraction = values.notna() & (values != values.round())
    return values.where(~fraction, np.nan), bad | fraction


def _read_booleans(raw: pd.Series, missing: pd.Series) -> tuple[pd.Series, pd.Series]:
    values = raw.where(~missing, "").map(lambda value: _BOOLEANS.get(str(value).strip().lower()))
    values = values.astype("float64")
    return values, values.isna()


def _read_moments(raw: pd.Series, missing: pd.Series) -> tuple[pd.Series, pd.Series]:
    number = raw.map(lambda value: isinstance(value, int | float | np.number)).astype(bool)
    text = raw.where(~(missing | number), None)
    values = pd.to_datetime(text, utc=True, errors="coerce", format="ISO8601")
    rest = values.isna() & ~missing & ~number
    if rest.any():
        values[rest] = pd.to_datetime(text[rest], utc=True, errors="coerce", format="mixed")
    values = values.astype("datetime64[us, UTC]")
    return values, values.isna()


def _read_text(raw: pd.Series, missing: pd.Series) -> tuple[pd.Series, pd.Series]:
    structured = raw.map(lambda value: isinstance(value, list | dict)).astype(bool)
    values = raw.map(text_of, na_action="ignore").astype(object)
    return values.where(~(missing | structured), None), structured


_READERS = {
    "number": _read_numbers,
    "integer": _read_integers,
    "boolean": _read_booleans,
    "datetime": _read_moments,
    "category": _read_text,
    "id": _read_text,
}
_EXPECTED = {
    "number": "is not a number",
    "integer": "is not a whole number",
    "boolean": "is not true or false",
    "datetime": "is not a date or time such as 2025-03-01T12:30:00Z",
    "category": "is not a single value",
    "id": "is not a single value",
}


def _within_bounds(
    column: Column, raw: pd.Series, values: pd.Series
) -> tuple[pd.Series, list[CellProblem]]:
    problems: list[CellProblem] = []
    outside = pd.Series(False, index=values.index)
    if column.minimum is not None:
        low = values < column.minimum
        problems += _problems(column, raw, low, f"is below the minimum {column.minimum:g}")
        outside |= low
    if column.maximum is not None:
        high = values > column.maximum
        problems += _problems(column, raw, high, f"is above the maximum {column.maximum:g}")
        outside |= high
    return values.where(~outside, np.nan), problems


def _problems(column: Column, raw: pd.Series, mask: pd.Series, what: str) -> list[CellProblem]:
    rows = np.flatnonzero(mask.to_numpy())
    return [CellProblem(int(row), column.name, _sentence(raw.iloc[row], what)) for row in rows]


def _sentence(value: Any, what: str) -> str:
    return what if "missing" in what else f"{str(value)[:40]!r} {what}"

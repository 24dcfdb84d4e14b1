"""Ways in which data changes, put into rows that have not: what the fire drill works with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..data.contract import Column, DataContract
from .baseline import PREDICTION

_SHARE = 0.4
"""Of the cells of a column that a burst takes."""
_REPEATING = 0.7
"""Share of rows with values that come again, from which on a new value is news."""


@dataclass(frozen=True)
class Injection:
    """A change of the data and the column in which it must be seen."""

    name: str
    column: str
    apply: Callable[[pd.DataFrame], pd.DataFrame]


def injections(contract: DataContract, rows: pd.DataFrame, scores: np.ndarray) -> list[Injection]:
    """The changes that this contract allows, at most one of each kind.

    Args:
        contract: names and kinds of the columns.
        rows: raw cells that the changes are made to.
        scores: what the model says about each of them.
    """
    numbers = [c for c in contract.features if c.kind in ("number", "integer")]
    categories = [
        c for c in contract.features if c.kind == "category" and repeating(rows, c) > _REPEATING
    ]
    found: list[Injection] = []
    if numbers:
        column = max(numbers, key=lambda c: _distinct(rows, c))
        found.append(Injection("shift", column.name, lambda table: _upper(table, column)))
    if categories:
        name = max(categories, key=lambda c: repeating(rows, c)).name
        found.append(Injection("new category", name, lambda t: _burst(t, name, "not seen before")))
    if contract.features:
        given = [c for c in contract.features if not _mostly_missing(rows, c)] or contract.features
        last = next((c for c in given if c.nullable), given[-1]).name
        found.append(Injection("missing burst", last, lambda t: _burst(t, last, None)))
    found.append(Injection("score shift", PREDICTION, lambda t: _highest(t, scores)))
    return found


def repeating(rows: pd.DataFrame, column: Column) -> float:
    """The share of the rows whose value of this column other rows have as well."""
    return float(rows[column.name].duplicated(keep=False).mean())


def _distinct(rows: pd.DataFrame, column: Column) -> int:
    return int(pd.to_numeric(rows[column.name], errors="coerce").nunique())


def _mostly_missing(rows: pd.DataFrame, column: Column) -> bool:
    cells = rows[column.name]
    return bool((cells.isna() | cells.isin(["", *column.missing])).mean() > 0.5)


def _upper(rows: pd.DataFrame, column: Column) -> pd.DataFrame:
    """Only values of the upper half arrive: a shift that keeps every bound of the contract."""
    numbers = pd.to_numeric(rows[column.name], errors="coerce")
    above = np.flatnonzero((numbers >= numbers.median()).to_numpy())
    taken = np.resize(above, len(rows))
    return rows.assign(**{column.name: rows[column.name].to_numpy()[taken]})


def _burst(rows: pd.DataFrame, name: str, value: str | None) -> pd.DataFrame:
    cells = rows[name].astype(object).to_numpy(copy=True)
    cells[: int(len(rows) * _SHARE)] = value
    return rows.assign(**{name: cells})


def _highest(rows: pd.DataFrame, scores: np.ndarray) -> pd.DataFrame:
    """Only the half with the highest scores arrives, as when the share of a class grows."""
    upper = np.argsort(scores, kind="stable")[len(rows) // 2 :]
    return rows.iloc[np.resize(upper, len(rows))].reset_index(drop=True)

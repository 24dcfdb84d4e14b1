"""Ways in which data changes, put into rows that have not: what the fire drill works with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..data.contract import Column, DataContract
from .baseline import PREDICTION

SHARES = (0.5, 0.9)
"""How much a change takes of the rows (of the different values, where low ones stay away), the
milder first: few rows show only a change that takes nearly all."""
_REPEATING = 0.7
"""Share of rows with values that come again, from which on a new value is news."""


@dataclass(frozen=True)
class Injection:
    """A change of the data and the column in which it must be seen."""

    name: str
    column: str
    apply: Callable[[pd.DataFrame, float], pd.DataFrame]
    """Gives the rows after the change has taken this share of them."""


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
    column = max(numbers, key=lambda c: _distinct(rows, c), default=None)
    if column and _distinct(rows, column) > 1:
        widest = column.name
        found.append(Injection("shift", widest, lambda t, share: _upper(t, widest, share)))
    if categories:
        name = max(categories, key=lambda c: repeating(rows, c)).name
        found.append(
            Injection("new category", name, lambda t, s: _burst(t, name, "not seen before", s))
        )
    if contract.features:
        given = [c for c in contract.features if not _mostly_missing(rows, c)] or contract.features
        last = next((c for c in given if c.nullable), given[-1]).name
        found.append(Injection("missing burst", last, lambda t, s: _burst(t, last, None, s)))
    if len(np.unique(scores)) > 1:
        found.append(Injection("score shift", PREDICTION, lambda t, s: _highest(t, scores, s)))
    return found


def repeating(rows: pd.DataFrame, column: Column) -> float:
    """The share of the rows whose value of this column other rows have as well."""
    return float(rows[column.name].duplicated(keep=False).mean())


def _distinct(rows: pd.DataFrame, column: Column) -> int:
    return int(pd.to_numeric(rows[column.name], errors="coerce").nunique())


def _mostly_missing(rows: pd.DataFrame, column: Column) -> bool:
    cells = rows[column.name]
    return bool((cells.isna() | cells.isin(["", *column.missing])).mean() > 0.5)


def _upper(rows: pd.DataFrame, name: str, share: float) -> pd.DataFrame:
    """Only the highest values arrive: a shift that keeps every bound of the contract."""
    numbers = pd.to_numeric(rows[name], errors="coerce").to_numpy(dtype="float64")
    present = np.flatnonzero(~np.isnan(numbers))
    taken = np.resize(present[_above(numbers[present], share)], len(rows))
    return rows.assign(**{name: rows[name].to_numpy()[taken]})


def _burst(rows: pd.DataFrame, name: str, value: str | None, share: float) -> pd.DataFrame:
    cells = rows[name].astype(object).to_numpy(copy=True)
    cells[: int(len(rows) * share)] = value
    return rows.assign(**{name: cells})


def _highest(rows: pd.DataFrame, scores: np.ndarray, share: float) -> pd.DataFrame:
    """Only the rows with the highest scores arrive, as when the share of a class grows."""
    taken = np.resize(_above(scores, share), len(rows))
    return rows.iloc[taken].reset_index(drop=True)


def _above(values: np.ndarray, share: float) -> np.ndarray:
    """Positions of the values above the lowest `share` of all different ones."""
    levels = np.unique(values)
    return np.flatnonzero(values >= levels[int(len(levels) * share)])

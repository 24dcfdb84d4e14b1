"""Which rows a model was never fitted to, told without a list of them.

A test by time holds the newest rows: it is told by a moment. A random test holds rows, or whole
entities, with a low hash: it is told by a number between 0 and 1. Two models can so be compared on
rows that neither has learned from, although they come from different runs over different tables.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pandas as pd

from .contract import DataContract

_BITS = 53
"""Of a hash that a float holds exactly."""


@dataclass(frozen=True)
class Unseen:
    """A rule that picks rows a model has not learned from; it may leave some of them out."""

    columns: tuple[str, ...]
    """What is looked at: the time, or what is hashed."""
    seed: int = 0
    below: float | None = None
    """Hashes from 0 to 1 that only the test has."""
    since: str | float | None = None
    """Moment, or number such as a year, from which on only the test has rows."""

    def rows(self, table: pd.DataFrame) -> np.ndarray:
        """A mask of the rows of a typed table with all columns of the contract."""
        if self.since is not None:
            start = pd.Timestamp(self.since) if isinstance(self.since, str) else self.since
            later: np.ndarray = (table[self.columns[0]] >= start).to_numpy(dtype=bool)
            return later
        lower: np.ndarray = draws_of(table, self.columns, self.seed) < (self.below or 0.0)
        return lower

    def to_json(self) -> dict[str, Any]:
        """As in `model.json`."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Unseen:
        """From `model.json`."""
        return cls(**{**value, "columns": tuple(value["columns"])})


def since(newest: pd.DataFrame, contract: DataContract) -> Unseen:
    """The rule of a test that holds the newest rows.

    Args:
        newest: the rows of the test.
        contract: with a column that tells the time.

    Raises:
        ValueError: it has none.
    """
    if contract.time is None:
        raise ValueError("the contract names no time column")
    first = newest[contract.time.name].min()
    start = first.isoformat() if isinstance(first, pd.Timestamp) else float(first)
    return Unseen((contract.time.name,), since=start)


def draws_of(table: pd.DataFrame, columns: Sequence[str], seed: int) -> np.ndarray:
    """A number from 0 to 1 for each row that depends on nothing but its cells and the seed."""
    key = f"{seed:016d}"[-16:]
    hashes = pd.util.hash_pandas_object(table[list(columns)], index=False, hash_key=key)
    draws: np.ndarray = (hashes.to_numpy() >> np.uint64(64 - _BITS)) / 2.0**_BITS
    return draws

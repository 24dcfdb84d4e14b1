"""Which rows a model was never fitted to, told without a list of them.

A test by time holds the newest rows: it is told by a moment. A random test holds rows, or whole
entities, with a low hash: it is told by a number between 0 and 1. Two models can so be compared on
rows that neither has learned from, although they come from different runs over different tables.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from .contract import DataContract

EVERY_CLASS = ""
_BITS = 53
"""Of a hash that a float holds exactly."""
_WITNESSES = 200
_FOUND_AGAIN = 0.8
_REPEATED = 0.01
"""Share of rows up to which names that come again are a fault of the source."""


@dataclass(frozen=True)
class Unseen:
    """A rule that picks rows a model has not learned from; it may leave some of them out."""

    columns: tuple[str, ...]
    """What is looked at: the time, or what is hashed."""
    otherwise: tuple[str, ...] = ()
    """What is hashed in rows where one of the columns is missing."""
    seed: int = 0
    below: dict[str, float] = field(default_factory=dict)
    """By class, or for every class: hashes from 0 to 1 that only the test has."""
    since: str | float | None = None
    """Moment, or number such as a year, from which on only the test has rows."""
    witnesses: tuple[float, ...] = ()
    """The lowest hashes that were learned, where nothing but its cells names a row: when they are
    not found again, rows have changed, and the rule would take learned ones for new ones."""

    def rows(self, table: pd.DataFrame, target: str) -> np.ndarray:
        """A mask of the rows of a typed table with all columns of the contract."""
        if self.since is not None:
            start = pd.Timestamp(self.since) if isinstance(self.since, str) else self.since
            later: np.ndarray = (table[self.columns[0]] >= start).to_numpy(dtype=bool)
            return later
        every = self.below.get(EVERY_CLASS)
        limits = table[target].astype(str).map(self.below).fillna(0.0) if every is None else every
        lower: np.ndarray = self.draws(table) < np.asarray(limits)
        return lower

    def holds(self, tables: Sequence[pd.DataFrame]) -> bool:
        """Whether the rows of these tables still have the hashes that they had."""
        if not self.witnesses:
            return True
        draws = np.concatenate([self.draws(table) for table in tables])
        return bool(np.isin(self.witnesses, draws).mean() >= _FOUND_AGAIN)

    def draws(self, table: pd.DataFrame) -> np.ndarray:
        """A number from 0 to 1 for each row that depends on nothing but its cells and the seed."""
        draws = _draws(table[list(self.columns)], self.seed)
        if self.otherwise:
            nameless = table[list(self.columns)].isna().any(axis=1).to_numpy(dtype=bool)
            draws[nameless] = _draws(table.loc[nameless, list(self.otherwise)], self.seed)
        return draws

    def to_json(self) -> dict[str, Any]:
        """As in `model.json`."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Unseen:
        """From `model.json`."""
        lists = ("columns", "otherwise", "witnesses")
        return cls(**{**value, **{name: tuple(value[name]) for name in lists}})


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


def hashed_by(names: tuple[str, ...], contract: DataContract, seed: int) -> Unseen:
    """The rule of a random test before its limits are known.

    Args:
        names: columns that name a row or its entity; none when only all cells together do. The
            target is never one of them: a label that is corrected moves no row.
        contract: of the rows.
        seed: of the test.
    """
    cells = tuple(c.name for c in contract.columns if c.name != contract.target)
    return Unseen(names or cells, otherwise=cells if names else (), seed=seed)


def names_of_rows(table: pd.DataFrame, contract: DataContract) -> tuple[str, ...]:
    """The identifiers, with the time where an entity comes again; none when they name no row."""
    ids = [column.name for column in contract.identifiers if column.name in table]
    time = [contract.time.name] if contract.time else []
    for names in (ids, [*ids, *time]):
        if ids and table.dropna(subset=names).duplicated(names).mean() <= _REPEATED:
            return tuple(names)
    return ()


def witnesses_of(rule: Unseen, learned: np.ndarray) -> tuple[float, ...]:
    """The lowest hashes of learned rows, where the rule needs them."""
    if rule.otherwise:
        return ()
    return tuple(float(draw) for draw in np.unique(learned)[:_WITNESSES])


def _draws(cells: pd.DataFrame, seed: int) -> np.ndarray:
    """Hashes of the cells, mixed with the seed as SplitMix64 does (Steele, Lea and Flood 2014)."""
    mixed = pd.util.hash_pandas_object(cells, index=False).to_numpy(dtype="uint64")
    mixed = mixed + np.uint64((seed + 1) * 0x9E3779B97F4A7C15 % 2**64)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed = mixed ^ (mixed >> np.uint64(31))
    draws: np.ndarray = (mixed >> np.uint64(64 - _BITS)) / 2.0**_BITS
    return draws

"""Rows of one entity: a customer, a device, a series that comes again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from .contract import DataContract

_ENOUGH = 30
"""Entities from which whole ones can be dealt out; with fewer a part would hold a handful."""


@dataclass(frozen=True)
class Entities:
    """The entity of each row."""

    name: str
    """The identifier that comes again; empty when every row stands for itself."""
    codes: np.ndarray

    def at(self, rows: np.ndarray) -> Entities:
        """Those of some rows, numbered anew from 0."""
        return Entities(self.name, np.unique(self.codes[rows], return_inverse=True)[1])


def find_entities(table: pd.DataFrame, contract: DataContract) -> Entities:
    """Of several identifiers that come again, the one with the fewest values holds the others.

    One with very few values, such as a country, is no entity: its rows stand for themselves, as do
    rows whose identifier is missing.
    """
    counts = {c.name: table[c.name].nunique() for c in contract.identifiers if c.name in table}
    present = {name: int(table[name].notna().sum()) for name in counts}
    again = [name for name, count in counts.items() if _ENOUGH <= count < present[name]]
    if not again:
        return Entities("", np.arange(len(table)))
    name = min(again, key=lambda identifier: counts[identifier])
    codes = pd.factorize(table[name])[0]
    missing = codes < 0
    codes[missing] = counts[name] + np.arange(missing.sum())
    return Entities(name, codes)

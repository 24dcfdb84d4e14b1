"""Columns become numbers: a transparent encoding, learned from training rows and stored as JSON."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pandas as pd

from .contract import Column, Kind, Role

MAX_INDICATORS = 20
"""Categories that get a column of their own; the others share one."""
MAX_SHARES = 2000
"""Categories whose frequency is stored."""
MAX_WORDS = 300
"""Words of a free text that are counted, each in a column of its own."""
_FEWEST_TEXTS = 3
_WORD = re.compile(r"[^\W\d_]{2,}")
_MARKUP = re.compile(r"<[^<>]{0,200}>|&#?\w{1,8};")
_DAY_S = 86_400.0

Matrix = np.ndarray[tuple[int, int], np.dtype[np.float64]]


@dataclass(frozen=True)
class ColumnCode:
    """How one column becomes numbers."""

    name: str
    kind: Kind
    role: Role
    values: tuple[str, ...] = ()
    """Categories with an indicator, or words that are counted; the most frequent first."""
    shares: dict[str, float] | None = None
    """Frequency of each category; only when there are more than the indicators."""

    def outputs(self) -> list[str]:
        """Names of the numbers that this column becomes."""
        if self.kind == "category":
            names = [f"{self.name}={value}" for value in self.values] + [f"{self.name}#other"]
            return [*names, f"{self.name}#share"] if self.shares is not None else names
        if self.kind == "text":
            return [*(f"{self.name}~{word}" for word in self.values), f"{self.name}#words"]
        if self.kind == "datetime":
            parts = [f"{self.name}.hour", f"{self.name}.weekday", f"{self.name}.month"]
            return parts if self.role == "time" else [f"{self.name}.days", *parts]
        return [self.name]

    def encode(self, values: pd.Series) -> Matrix:
        """The numbers, one row a value; NaN stands for missing.

        A missing category has no indicator at all; one never seen in training counts as `other`.
        """
        if self.kind == "category":
            return self._encode_category(values)
        if self.kind == "datetime":
            return self._encode_moment(values)
        if self.kind == "text":
            return self._encode_text(values)
        numbers: Matrix = values.to_numpy(dtype="float64").reshape(-1, 1)
        return numbers

    def _encode_category(self, values: pd.Series) -> Matrix:
        places = {value: place for place, value in enumerate(self.values)}
        other, cells = len(places), values.tolist()
        codes = [-1 if pd.isna(cell) else places.get(cell, other) for cell in cells]
        encoded: Matrix = (np.array(codes)[:, None] == np.arange(other + 1)).astype("float64")
        if self.shares is None:
            return encoded
        return np.column_stack([encoded, [self.shares.get(cell, 0.0) for cell in cells]])

    def _encode_text(self, values: pd.Series) -> Matrix:
        """How often each known word occurs and how many words there are, damped by logarithm."""
        places = {word: place for place, word in enumerate(self.values)}
        encoded = np.zeros((len(values), len(places) + 1))
        for row, cell in enumerate(values.tolist()):
            if pd.isna(cell):
                encoded[row] = np.nan
                continue
            words = words_of(cell)
            for word in words:
                place = places.get(word)
                if place is not None:
                    encoded[row, place] += 1
            encoded[row, -1] = len(words)
        damped: Matrix = np.log1p(encoded)
        return damped

    def _encode_moment(self, values: pd.Series) -> Matrix:
        part = values.dt
        parts = [part.hour, part.weekday, part.month]
        if self.role != "time":
            # The trend itself is left out of a column that orders the rows: tomorrow is always new.
            parts.insert(0, (values - pd.Timestamp(0, tz="UTC")).dt.total_seconds() / _DAY_S)
        return np.column_stack([p.to_numpy(dtype="float64", na_value=np.nan) for p in parts])


@dataclass(frozen=True)
class Encoder:
    """The encoding of all features."""

    codes: tuple[ColumnCode, ...]

    @classmethod
    def fit(cls, frame: pd.DataFrame, columns: Iterable[Column]) -> Encoder:
        """Learns which categories get an indicator; nothing is learned from the target.

        Args:
            frame: typed training rows.
            columns: the features of the contract.
        """
        return cls(tuple(_fitted(frame[column.name], column) for column in columns))

    @property
    def names(self) -> list[str]:
        """Names of the numbers, in their order."""
        return [name for code in self.codes for name in code.outputs()]

    def transform(self, frame: pd.DataFrame) -> Matrix:
        """The matrix of typed rows."""
        return np.column_stack([code.encode(frame[code.name]) for code in self.codes])

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values; `from_json` reads them again."""
        return {"codes": [asdict(code) for code in self.codes]}

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Encoder:
        """The encoder as it was stored."""
        codes = (ColumnCode(**{**c, "values": tuple(c["values"])}) for c in value["codes"])
        return cls(tuple(codes))


def words_of(text: str) -> list[str]:
    """Words in lower case, without HTML tags and entities."""
    return _WORD.findall(_MARKUP.sub(" ", text).lower())


def _known_words(texts: pd.Series) -> tuple[str, ...]:
    """The words that stand in the most texts; one that stands in a few only is chance."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(set(words_of(text)))
    ranked = sorted(counts, key=lambda word: (-counts[word], word))
    return tuple(word for word in ranked[:MAX_WORDS] if counts[word] >= _FEWEST_TEXTS)


def _fitted(values: pd.Series, column: Column) -> ColumnCode:
    if column.kind == "text":
        words = _known_words(values.dropna())
        return ColumnCode(column.name, column.kind, column.role, words)
    if column.kind != "category":
        return ColumnCode(column.name, column.kind, column.role)
    counts = values.dropna().value_counts()
    ranked = sorted(counts.index, key=lambda value: (-counts[value], value))
    shares = None
    if len(ranked) > MAX_INDICATORS:
        total = float(counts.sum())
        shares = {value: float(counts[value]) / total for value in ranked[:MAX_SHARES]}
    return ColumnCode(column.name, column.kind, column.role, tuple(ranked[:MAX_INDICATORS]), shares)

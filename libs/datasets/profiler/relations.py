"""What a table says about one target: its classes, columns that give it away, and rows that stand for the whole."""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from . import personal
from .kinds import NUMBER
from .table import Table

SAMPLE_ROWS = 200
_MOST_CODES = 2_000
_LEAST_SUPPORT = 5
"""Rows for each different value below which determining the target means little."""
_PER_PART = 25
"""Rows in each part into which numbers are cut."""
_GIVEN_AWAY = 0.99
_RARE = 10
_PER_CLASS = 16


class Learned:
    """The target of each usable row as numbers."""

    def __init__(self, cells: Any, column: dict[str, Any], task: str) -> None:
        missing = {"", *column["missing_literals"]}
        known = ~pc.is_in(cells, value_set=pa.array(sorted(missing), pa.string())).to_numpy(
            zero_copy_only=False
        )
        self.rows = np.flatnonzero(known)
        kept = cells.filter(pa.array(known))
        self.task = task
        self.classes: list[str] = []
        if task == "classification":
            coded = kept.combine_chunks().dictionary_encode()
            coded = coded.combine_chunks() if isinstance(coded, pa.ChunkedArray) else coded
            self.classes = coded.dictionary.to_pylist()
            self.values = coded.indices.to_numpy(zero_copy_only=False)
        else:
            self.values = kept.cast(pa.float64()).to_numpy(zero_copy_only=False)

    def counts(self) -> dict[str, int]:
        """Rows of each class, the most frequent first."""
        if not self.classes:
            return {}
        found = np.bincount(self.values, minlength=len(self.classes))
        pairs = [(name, int(count)) for name, count in zip(self.classes, found, strict=True)]
        return dict(sorted(pairs, key=lambda pair: (-pair[1], pair[0])))


def gives_away(cells: Any, column: dict[str, Any], learned: Learned) -> float:
    """How well the column alone tells the target, from 0 (not at all) to 1 (always)."""
    cells = cells.combine_chunks() if isinstance(cells, pa.ChunkedArray) else cells
    cells = cells.take(pa.array(learned.rows))
    if column["kind"] in ("number", "integer") and column["distinct"] > len(learned.rows) / _LEAST_SUPPORT:
        return _numeric(cells, learned)
    codes = cells.dictionary_encode().indices.to_numpy(zero_copy_only=False)
    different = int(codes.max()) + 1 if len(codes) else 0
    if different < 2 or different > min(_MOST_CODES, len(codes) / _LEAST_SUPPORT):
        return 0.0
    if learned.task == "regression":
        return _explained(codes, learned.values)
    width = len(learned.classes)
    table = np.bincount(codes * width + learned.values, minlength=different * width).reshape(different, width)
    right, base = table.max(axis=1).sum() / len(codes), table.sum(axis=0).max() / len(codes)
    return float((right - base) / (1 - base)) if base < 1 else 0.0


def is_suspicious(score: float) -> bool:
    """Whether the column is so good that it probably is the target in other words."""
    return score >= _GIVEN_AWAY


def _numeric(cells: Any, learned: Learned) -> float:
    readable = pc.match_substring_regex(cells, NUMBER)
    texts = pc.replace_substring_regex(pc.if_else(readable, cells, None), r"^\+", "")
    texts = pc.replace_substring_regex(texts, r"\.$", ".0")
    numbers = texts.cast(pa.float64()).to_numpy(zero_copy_only=False)
    known = ~np.isnan(numbers)
    if known.sum() < 20:
        return 0.0
    numbers, target = numbers[known], learned.values[known]
    if learned.task == "regression":
        if numbers.std() == 0 or target.std() == 0:
            return 0.0
        return float(min(np.corrcoef(numbers, target)[0, 1] ** 2, 1.0))
    order = np.argsort(numbers, kind="stable")
    # With few rows in a part, the most frequent class of the part is right by chance.
    parts = min(100, len(order) // _PER_PART)
    if parts < 2:
        return 0.0
    edges = np.linspace(0, len(order), parts + 1).astype(int)[:-1]
    right = sum(np.bincount(part).max() for part in np.split(target[order], edges[1:]) if len(part))
    base = np.bincount(target).max() / len(target)
    return float((right / len(target) - base) / (1 - base)) if base < 1 else 0.0


def _explained(codes: Any, values: Any) -> float:
    counts = np.bincount(codes)
    means = np.bincount(codes, weights=values) / np.maximum(counts, 1)
    total = float(((values - values.mean()) ** 2).sum())
    return 1 - float(((values - means[codes]) ** 2).sum()) / total if total else 0.0


def sample_rows(table: Table, columns: list[dict[str, Any]], learned: Learned, seed: int) -> list[int]:
    """Positions of at most 200 rows: each learnable class well represented, none with a mark of a person in a text."""
    usable = np.ones(len(learned.rows), dtype=bool)
    for place, column in enumerate(columns):
        if column["kind"] in ("text", "category", "id", "nested"):
            cells = table.column(place).take(pa.array(learned.rows))
            usable &= ~personal.marks(cells).to_numpy()
    rng = np.random.default_rng(seed)
    candidates = rng.permutation(np.flatnonzero(usable))
    chosen = candidates[:SAMPLE_ROWS] if learned.task == "regression" else _stratified(candidates, learned)
    return [int(row) for row in np.sort(learned.rows[chosen])]


def _stratified(candidates: Any, learned: Learned) -> Any:
    groups = [candidates[learned.values[candidates] == code] for code in range(len(learned.classes))]
    groups = [group for group in groups if len(group) >= _RARE]
    total = sum(map(len, groups))
    if not total:
        return candidates[:0]
    fair = [max(round(SAMPLE_ROWS * len(group) / total), _PER_CLASS) for group in groups]
    surplus = sum(min(len(g), n) for g, n in zip(groups, fair, strict=True)) - SAMPLE_ROWS
    # What the small classes get more than their share, the largest ones give.
    for place in sorted(range(len(groups)), key=lambda each: -fair[each]):
        given = max(0, min(surplus, fair[place] - _PER_CLASS))
        fair[place] -= given
        surplus -= given
    return np.concatenate([group[:n] for group, n in zip(groups, fair, strict=True)])[:SAMPLE_ROWS]

"""A small synthetic table from the data contract: no real person in it, yet there is something to learn."""

import csv
import io
import math
import random
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from libs.codegen.models import Blueprint, ColumnAnswer

ROWS = 180
_START = datetime(2025, 1, 6, 8, 0, tzinfo=UTC)
_MISSING_SHARE = 0.06
_NOISE = 0.35
"""Standard deviation of what the columns do not explain; the explained part has 1."""
_POSITIVE_SHARE = 0.3
_FLAG = 3
"""Width up to which whole numbers are drawn one by one."""
_MOST_TELLING = 10
"""Columns that the target follows from; more would each say too little to be found in so few rows."""
_MOST_LEVELS = 8
"""A category of more values has too few rows of each to learn from: the target follows from others first."""
_MOST_LABELS = 6
"""Of more classes the sample holds too few rows each to learn from."""

_WORDS = ("order", "delivery", "service", "product", "price", "team", "week", "question", "answer", "time")

Cell = str
Signal = float
"""How far a cell is from the typical one, in standard deviations."""


def sample_csv(bp: Blueprint) -> str:
    """The real rows of an uploaded table, else a CSV table of at most 200 rows that keeps the contract.

    The target follows from the features with some noise, so that a model that works is clearly better than
    chance. The same answers give the same text. Every value of a drawn table is drawn: nothing comes from real data.
    """
    if bp.sample:
        return bp.sample
    rng = random.Random(bp.seed)  # noqa: S311 - a reproducible sample, not a secret
    features = [c for c in bp.columns if c.role in ("feature", "time")]
    drawn = {column.name: _draw(column, rng) for column in features}
    latent = _latent(features, drawn, rng)
    cells = {name: [cell for cell, _ in column] for name, column in drawn.items()}
    for column in bp.columns:
        if column.name == bp.target:
            cells[column.name] = _target(column, bp.task, latent)
        elif column.name not in cells:
            cells[column.name] = [_identifier(column, row) for row in range(ROWS)]
        if column.nullable and column.name != bp.target:
            cells[column.name] = ["" if rng.random() < _MISSING_SHARE else c for c in cells[column.name]]
    names = [column.name for column in bp.columns]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(zip(*(cells[name] for name in names), strict=True))
    return text.getvalue()


def _draw(column: ColumnAnswer, rng: random.Random) -> list[tuple[Cell, Signal]]:
    if column.kind in ("number", "integer"):
        return _numbers(column, rng)
    if column.kind == "category":
        return _categories(column, rng)
    if column.kind == "boolean":
        return [("true", 1.2) if rng.random() < 0.4 else ("false", -0.8) for _ in range(ROWS)]
    if column.kind == "datetime":
        return _moments(column, rng)
    if column.kind == "text":
        return _texts(rng)
    return [(_identifier(column, row), 0.0) for row in range(ROWS)]


def _numbers(column: ColumnAnswer, rng: random.Random) -> list[tuple[Cell, Signal]]:
    low, high = _range(column)
    if column.kind == "integer" and high - low <= _FLAG:
        return _flags(range(math.ceil(low), math.floor(high) + 1), rng)
    skewed = low >= 0 and high >= 1000
    numbers: list[tuple[Cell, Signal]] = []
    for _ in range(ROWS):
        position = min(max(rng.gauss(0, 1), -2.4), 2.4)
        share = (position + 2.5) / 5
        # Amounts and durations are mostly small: the cube keeps the order and skews the values.
        value = low + (high - low) * (share**3 if skewed else share)
        numbers.append((_number_text(value, column, high - low), position))
    return numbers


def _flags(values: range, rng: random.Random) -> list[tuple[Cell, Signal]]:
    """Whole numbers of which few are possible, such as 0 and 1: rounding would leave little of a signal."""
    mean = sum(values) / len(values)
    spread = math.sqrt(sum((value - mean) ** 2 for value in values) / len(values)) or 1.0
    return [(str(value), (value - mean) / spread) for value in rng.choices(values, k=ROWS)]


def _range(column: ColumnAnswer) -> tuple[float, float]:
    low, high = column.minimum, column.maximum
    if low is None and high is None:
        return 0.0, 100.0
    if low is None:
        assert high is not None
        return (0.0, high) if high > 0 else (high - 100.0, high)
    return low, low + 100.0 if high is None else high


def _number_text(value: float, column: ColumnAnswer, width: float) -> str:
    if column.kind == "integer":
        low = math.ceil(column.minimum) if column.minimum is not None else None
        whole = round(value)
        return str(whole if low is None else max(whole, low))
    digits = max(0, 3 - math.floor(math.log10(width))) if width > 0 else 2
    return repr(round(value, min(max(digits, 2), 8)))


def _categories(column: ColumnAnswer, rng: random.Random) -> list[tuple[Cell, Signal]]:
    names = column.categories or ("a", "b", "c")
    weights = [1 / (place + 1.5) for place in range(len(names))]
    strength = {name: rng.gauss(0, 1) for name in names}
    chosen = rng.choices(names, weights, k=ROWS)
    return [(name, strength[name]) for name in chosen]


def _texts(rng: random.Random) -> list[tuple[Cell, Signal]]:
    """Short texts in which two words say something and the others do not."""
    texts: list[tuple[Cell, Signal]] = []
    for _ in range(ROWS):
        good = rng.random() < 0.5
        words = [*rng.choices(_WORDS, k=6), "good" if good else "poor"]
        rng.shuffle(words)
        texts.append((" ".join(words), 1.0 if good else -1.0))
    return texts


def _moments(column: ColumnAnswer, rng: random.Random) -> list[tuple[Cell, Signal]]:
    step = timedelta(days=120) / ROWS
    offsets = [(row + rng.random() * 0.9) * step for row in range(ROWS)]
    if column.role != "time":
        rng.shuffle(offsets)
    moments = [(_START + offset).replace(microsecond=0) for offset in offsets]
    return [(m.isoformat().replace("+00:00", "Z"), math.cos(m.hour / 24 * math.tau) * 0.5) for m in moments]


def _latent(
    features: list[ColumnAnswer], drawn: dict[str, list[tuple[Cell, Signal]]], rng: random.Random
) -> list[float]:
    """One number a row that the target is made from: a weighted sum of the signals, scaled, plus noise."""
    telling = sorted(features, key=lambda column: len(column.categories) > _MOST_LEVELS)[:_MOST_TELLING]
    weights = {c.name: rng.choice((-1, 1)) * (1 / (place + 1) ** 0.5) for place, c in enumerate(telling)}
    sums = [sum(weights[name] * drawn[name][row][1] for name in weights) for row in range(ROWS)]
    mean = sum(sums) / ROWS
    spread = math.sqrt(sum((value - mean) ** 2 for value in sums) / ROWS) or 1.0
    return [(value - mean) / spread + rng.gauss(0, _NOISE) for value in sums]


def _target(column: ColumnAnswer, task: str, latent: list[float]) -> list[Cell]:
    if task == "regression":
        low, high = _range(column)
        shares = [min(max((value + 3) / 6, 0.0), 1.0) for value in latent]
        return [_number_text(low + (high - low) * share, column, high - low) for share in shares]
    labels = _labels(column)
    ordered = sorted(latent)
    if len(labels) == 2:
        limits = [ordered[round(ROWS * (1 - _POSITIVE_SHARE))]]
    else:
        limits = [ordered[ROWS * part // len(labels)] for part in range(1, len(labels))]
    bounds = [-math.inf, *limits, math.inf]
    ranges = list(pairwise(bounds))
    return [next(label for label, (a, b) in zip(labels, ranges, strict=True) if a <= v < b) for v in latent]


def _labels(column: ColumnAnswer) -> tuple[str, ...]:
    if len(column.categories) >= 2:
        return column.categories[:_MOST_LABELS]
    return (
        ("false", "true")
        if column.kind == "boolean"
        else ("0", "1")
        if column.kind != "category"
        else ("no", "yes")
    )


def _identifier(column: ColumnAnswer, row: int) -> str:
    prefix = "".join(word[0] for word in column.name.split("_") if word) or "r"
    return f"{prefix}-{row + 1:06d}"

"""How good a ranking is: recall, reciprocal rank and nDCG, with intervals from resampled questions."""

from __future__ import annotations

import math
from collections.abc import Sequence, Set

import numpy as np


def recall_at(ranking: Sequence[str], expected: Set[str], k: int) -> float:
    """Share of the expected passages among the first k."""
    return len(expected & set(ranking[:k])) / len(expected)


def reciprocal_rank(ranking: Sequence[str], expected: Set[str]) -> float:
    """1 over the rank of the first expected passage; 0 when there is none."""
    return next((1 / rank for rank, name in enumerate(ranking, 1) if name in expected), 0.0)


def ndcg_at(ranking: Sequence[str], expected: Set[str], k: int) -> float:
    """Discounted gain of the first k over that of the best order."""
    gained = sum(1 / math.log2(rank + 1) for rank, name in enumerate(ranking[:k], 1) if name in expected)
    best = sum(1 / math.log2(rank + 1) for rank in range(1, min(len(expected), k) + 1))
    return gained / best


def interval(values: Sequence[float], resamples: int, confidence: float, seed: int) -> tuple[float, float]:
    """Where the mean lies when the questions are drawn again, with repetition."""
    array = np.asarray(values, dtype=float)
    rng = np.random.default_rng(seed)
    means = array[rng.integers(0, len(array), size=(resamples, len(array)))].mean(axis=1)
    tail = (1 - confidence) / 2
    low, high = np.quantile(means, [tail, 1 - tail])
    return float(low), float(high)

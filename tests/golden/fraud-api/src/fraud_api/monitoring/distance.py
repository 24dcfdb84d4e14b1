"""How far two distributions are apart, and how far chance alone takes them.

The distance is the population stability index (PSI). How large it becomes by chance depends on the
number of rows and bins, so the threshold is found by drawing samples of the same size.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from scipy.stats import gamma

MINIMUM_ROWS = 50
"""With fewer rows nothing is said."""
_DRAWS = 4_000
_BEYOND = 20
"""Draws that must lie beyond a quantile to read it off; further out a gamma tail continues it."""


def psi(reference: np.ndarray, current: np.ndarray) -> np.ndarray:
    """Population stability index of counts (last axis: bins); half a row is added to every bin."""
    expected, actual = _shares(reference), _shares(current)
    distance: np.ndarray = ((actual - expected) * np.log(actual / expected)).sum(axis=-1)
    return distance


def chance_threshold(reference: np.ndarray, rows: int, rate: float, seed: int) -> float:
    """The PSI that unchanged data exceeds with the given chance; the reference is a sample, too."""
    return _threshold(tuple(int(n) for n in reference), rows, rate, seed)


@lru_cache(maxsize=1024)
def _threshold(reference: tuple[int, ...], rows: int, rate: float, seed: int) -> float:
    rng = np.random.default_rng(seed)
    shares = _shares(np.asarray(reference))
    first = rng.multinomial(sum(reference), shares, size=_DRAWS)
    second = rng.multinomial(max(rows, 1), shares, size=_DRAWS)
    by_chance = psi(first, second)
    readable = min(1 - rate, 1 - _BEYOND / _DRAWS)
    limit = float(np.quantile(by_chance, readable))
    if readable < 1 - rate:
        mean, variance = float(by_chance.mean()), float(by_chance.var())
        tail = gamma(mean * mean / variance, scale=variance / mean)
        limit *= float(tail.isf(rate) / tail.isf(1 - readable))
    return limit


def _shares(counts: np.ndarray) -> np.ndarray:
    smooth = np.asarray(counts, dtype="float64") + 0.5
    shares: np.ndarray = smooth / smooth.sum(axis=-1, keepdims=True)
    return shares

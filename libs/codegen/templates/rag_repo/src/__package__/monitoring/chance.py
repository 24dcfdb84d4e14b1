"""How far a window may be from the baseline by chance alone.

The baseline is a sample as well as the window, so both sides are drawn: a small evaluation set gives wide limits and
not false alarms. Each limit is the value that unchanged traffic passes with the given chance.
"""

from __future__ import annotations

import numpy as np

_DRAWS = 30_000
_BLOCK = 2_000
"""Draws at a time, to stay within some megabytes."""


def distance(first: np.ndarray, second: np.ndarray) -> float:
    """Length of the difference of two mean vectors."""
    return float(np.linalg.norm(first.mean(axis=0) - second.mean(axis=0)))


def distance_limit(baseline: np.ndarray, size: int, rate: float, seed: int) -> float:
    """The distance of mean vectors that a window of unchanged questions exceeds with this chance."""
    products = baseline @ baseline.T
    squares = [((weights @ products) * weights).sum(axis=1) for weights in _weights(len(baseline), size, seed)]
    # Rounding can make a square of nearly zero negative.
    return float(np.sqrt(np.quantile(np.concatenate(squares).clip(min=0), 1 - rate)))


def fall_limit(baseline: np.ndarray, size: int, rate: float, seed: int) -> float:
    """The mean that a window of unchanged values stays below with this chance.

    The worst values are rare and may be missing from a small baseline: one of them is drawn along.

    Args:
        baseline: values between 0, the worst, and 1.
        size: of the window.
        rate: the chance.
        seed: of the draws.
    """
    known = np.append(baseline, 0.0)
    falls = np.concatenate([weights @ known for weights in _weights(len(known), size, seed)])
    return float(baseline.mean() - np.quantile(falls, 1 - rate))


def share_limit(happened: int, of: int, size: int, rate: float, seed: int) -> float:
    """The share that a window exceeds with this chance, when it happened so often in the baseline."""
    rng = np.random.default_rng(seed)
    shares = rng.beta(happened + 0.5, of - happened + 0.5, size=_DRAWS)
    return float(np.quantile(rng.binomial(size, shares) / size, 1 - rate))


def accepted_limit(share: float, size: int, rate: float, seed: int) -> float:
    """The same for a share that was set and not measured."""
    rng = np.random.default_rng(seed)
    return float(np.quantile(rng.binomial(size, share, size=_DRAWS) / size, 1 - rate))


def _weights(known: int, size: int, seed: int) -> list[np.ndarray]:
    """Differences of two samples with repetition, as weights of the known values."""
    rng = np.random.default_rng(seed)
    even = np.full(known, 1 / known)
    blocks: list[np.ndarray] = []
    for _ in range(_DRAWS // _BLOCK):
        first = rng.multinomial(known, even, size=_BLOCK) / known
        second = rng.multinomial(size, even, size=_BLOCK) / size
        blocks.append(first - second)
    return blocks

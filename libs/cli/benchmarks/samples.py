"""Durations and what is said of many of them."""

import statistics
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

DIGITS = 5


def median(values: Sequence[float]) -> float:
    """The middle one."""
    return statistics.median(values)


def p95(values: Sequence[float]) -> float:
    """The value that 95 of 100 do not exceed, interpolated between neighbours."""
    return values[0] if len(values) == 1 else statistics.quantiles(values, n=20, method="inclusive")[18]


def p99(values: Sequence[float]) -> float:
    """The value that 99 of 100 do not exceed, interpolated between neighbours."""
    return values[0] if len(values) == 1 else statistics.quantiles(values, n=100, method="inclusive")[98]


def spread(values: Sequence[float]) -> dict[str, float]:
    """Median, p95, smallest and largest."""
    return {
        "median": round(median(values), DIGITS),
        "p95": round(p95(values), DIGITS),
        "min": round(min(values), DIGITS),
        "max": round(max(values), DIGITS),
    }


def medians(rounds: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """The median of each part over all rounds in which it occurs."""
    names = dict.fromkeys(name for parts in rounds for name in parts)
    return {name: round(median([parts[name] for parts in rounds if name in parts]), DIGITS) for name in names}


class Stopwatch:
    """Adds up how long things take, by name; what overlaps under one name counts once."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self._open: defaultdict[str, int] = defaultdict(int)
        self._since: dict[str, float] = {}

    @contextmanager
    def lap(self, name: str) -> Iterator[None]:
        """Counts the block under the name."""
        if not self._open[name]:
            self._since[name] = time.perf_counter()
        self._open[name] += 1
        try:
            yield
        finally:
            self._open[name] -= 1
            if not self._open[name]:
                self.seconds[name] += time.perf_counter() - self._since[name]

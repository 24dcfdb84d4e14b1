"""The highest rate that keeps the promise: doubled until it breaks, then halved in between."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from .generator import Step

Limit = Literal["service", "generator", "range"]
_PRECISION = 0.1
"""Relative width at which the search ends."""
_MOST_STEPS = 14


@dataclass(frozen=True)
class Promise:
    """What every step is held against."""

    p95_ms: float
    error_share: float
    """Of the requests, at most."""
    send_delay_ms: float
    """Above it the generator is what is slow, and the step says nothing about the service."""

    def kept(self, step: Step) -> bool:
        """Whether the service answered as promised."""
        return step.promised_p95 <= self.p95_ms and step.error_share <= self.error_share

    def measurable(self, step: Step) -> bool:
        """Whether the generator sent in time."""
        return step.send_delay_p95 <= self.send_delay_ms


@dataclass(frozen=True)
class Found:
    """The result of a search."""

    best: Step | None
    """The fastest step that kept the promise; None when not even the first did."""
    limited_by: Limit
    """What broke above it: the service, the generator, or nothing up to the end of the range."""
    steps: tuple[Step, ...]


def highest_rate(
    run: Callable[[float], Step],
    promise: Promise,
    *,
    start: float,
    most: float,
) -> Found:
    """Searches for the highest rate that keeps the promise.

    Args:
        run: one step at a rate.
        promise: what the step must keep.
        start: the first rate.
        most: no rate above it is tried.
    """
    steps: list[Step] = []
    best: Step | None = None
    broken: float | None = None
    limit: Limit = "range"
    rate = min(start, most)
    while len(steps) < _MOST_STEPS:
        step = run(rate)
        steps.append(step)
        if not promise.kept(step):
            # Something else may have had the machine for a moment: what fails twice is broken.
            step = run(rate)
            steps.append(step)
        if promise.kept(step):
            best = step
        else:
            broken = rate
            limit = "service" if promise.measurable(step) else "generator"
        known = best.rate if best else 0.0
        if broken is None:
            if rate >= most:
                break
            rate = min(2 * rate, most)
        elif broken - known <= _PRECISION * broken or broken < 1:
            break
        else:
            rate = (known + broken) / 2
    return Found(best, limit, tuple(steps))

"""One measurement: the search for a rate, the step that counts, and what it means for the size."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from .capacity import Capacity, sizing
from .generator import Step
from .processes import started_stub
from .search import Found, Promise, highest_rate

ASSUMED_P95_MS = 1_000.0
"""Where the design states no latency."""
SEND_DELAY_MS = 20.0
_WARM_UP = (5.0, 2.0)
"""Rate and seconds of the requests that are not counted."""
_SEARCH_SHARE = 0.2
"""Of the seconds of the last step, that each step of the search takes."""
_SHARES = (1.0, 0.9, 0.75, 0.5)
"""Of the found rate, tried for the whole time: a short step may have had the machine for itself."""
_LEAST_RANGE = 50.0
"""Requests a second up to which it is searched, however small the planned peak is."""

StepAt = Callable[[float, float], Step]
"""One step: requests a second, and seconds."""


def measure(
    step_at: StepAt,
    capacity: Capacity,
    *,
    rate: float | None,
    seconds: float,
    start: float,
) -> dict[str, Any]:
    """Searches, or measures at one rate; the step that counts takes all the seconds.

    Args:
        step_at: sends for a while.
        capacity: the promise, and the planned size.
        rate: requests a second; None searches for the highest.
        seconds: of the step that counts.
        start: the first rate of the search.
    """
    target = capacity.latency_ms_p95 or ASSUMED_P95_MS
    promise = Promise(target, 1 - capacity.availability_pct / 100, SEND_DELAY_MS)
    step_at(*_WARM_UP)
    if rate is None:
        short = max(2.0, seconds * _SEARCH_SHARE)
        most = max(2 * capacity.peak_rps, _LEAST_RANGE)
        found = highest_rate(
            lambda tried: step_at(tried, short),
            promise,
            start=start,
            most=most,
        )
        final = _confirmed(found, step_at, seconds, promise)
    else:
        final = step_at(rate, seconds)
        found = Found(final if promise.kept(final) else None, "range", (final,))
    kept = promise.kept(final)
    return {
        "promise": {
            "latency_ms_p95": target,
            "stated": capacity.latency_ms_p95 is not None,
            "error_share": round(promise.error_share, 6),
        },
        "kept": kept,
        "limited_by": found.limited_by,
        "result": {**asdict(final), "error_share": final.error_share},
        "search": [asdict(step) for step in found.steps],
        "sizing": sizing(capacity, final.rate if kept else 0.0),
    }


def _confirmed(found: Found, step_at: StepAt, seconds: float, promise: Promise) -> Step:
    """The found rate for the whole time; slower ones as long as it does not hold."""
    rate = found.best.rate if found.best else found.steps[0].rate
    for share in _SHARES:
        step = step_at(share * rate, seconds)
        if promise.kept(step):
            break
    return step


def generator_limit(step_at: Callable[[str, float, float], Step], seconds: float) -> dict[str, Any]:
    """The rate up to which the generator itself sends in time, against a stub that does nothing."""
    promise = Promise(SEND_DELAY_MS, 0.0, SEND_DELAY_MS)
    with started_stub() as url:
        found = highest_rate(
            lambda rate: step_at(url, rate, seconds),
            promise,
            start=100,
            most=6_400,
        )
    return {"rps": found.best.rate if found.best else 0.0, "steps": len(found.steps)}


def machine() -> dict[str, Any]:
    """Where it was measured."""
    cpus = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return {
        "cpus": cpus,
        "system": platform.platform(terse=True),
        "architecture": platform.machine(),
        "python": platform.python_version(),
    }

"""Requests at a constant rate, whatever the service does: an open loop.

A closed loop waits for an answer before it sends again, so a slow service is asked less just when
it is slow, and its worst moments are missing from the figures (Gil Tene calls it coordinated
omission). Here each request has a time at which it is due, and its latency counts from then, also
when it could not be sent in time.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

Send = Callable[[int, float], Awaitable[bool]]
"""Sends request n, which was due at this time of the performance counter; was it answered well?"""

PATIENCE_SECONDS = 10.0
"""How long answers are waited for after the last request; what is missing then is an error."""


@dataclass(frozen=True)
class Step:
    """What was seen at one rate. Times are in milliseconds."""

    rate: float
    """Requests a second that were due."""
    seconds: float
    requests: int
    errors: int
    p50: float
    p95: float
    p99: float
    send_delay_p95: float
    """How late requests left: what the generator itself adds."""

    @property
    def promised_p95(self) -> float:
        """What the promise means: here the whole answer."""
        return self.p95

    @property
    def error_share(self) -> float:
        """Of the requests."""
        return self.errors / self.requests


async def constant_rate(
    send: Send,
    rate: float,
    seconds: float,
    patience: float = PATIENCE_SECONDS,
) -> Step:
    """Sends at the rate for so long and waits for the answers.

    Args:
        send: is called with the number of the request and the time it was due.
        rate: requests a second.
        seconds: how long requests are sent.
        patience: seconds that answers are waited for after the last request.
    """
    total = max(1, round(rate * seconds))
    latencies = [math.inf] * total
    delays = [0.0] * total
    good = [False] * total
    start = time.perf_counter() + 0.05

    async def request(number: int, due: float) -> None:
        delays[number] = time.perf_counter() - due
        answered = await send(number, due)
        latencies[number] = time.perf_counter() - due
        good[number] = answered

    tasks: list[asyncio.Task[None]] = []
    for number in range(total):
        due = start + number / rate
        ahead = due - time.perf_counter()
        # Also when late, others get a turn; otherwise no answer would ever be read.
        await asyncio.sleep(max(ahead, 0))
        tasks.append(asyncio.create_task(request(number, due)))
    _, pending = await asyncio.wait(tasks, timeout=patience)
    for task in pending:
        task.cancel()
    for result in await asyncio.gather(*tasks, return_exceptions=True):
        if isinstance(result, Exception):
            raise result
    return Step(
        rate=rate,
        seconds=seconds,
        requests=total,
        errors=total - sum(good),
        p50=percentile(latencies, 0.50, patience),
        p95=percentile(latencies, 0.95, patience),
        p99=percentile(latencies, 0.99, patience),
        send_delay_p95=percentile(delays, 0.95, patience),
    )


def percentile(seconds: list[float], share: float, patience: float) -> float:
    """In milliseconds, the smallest value that this share does not exceed.

    What was never answered counts as the patience.
    """
    ordered = sorted(seconds)
    value = ordered[max(0, math.ceil(share * len(ordered)) - 1)]
    return round(1000 * min(value, patience), 3)

"""Waiting for runs: as long as it takes, as short as it can be."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence

from libs.workflow.service import StartedDesign
from tests.support.product import Product

FINAL = ("done", "failed", "rejected", "cancelled")
NO_PROGRESS_S = 120.0
"""A machine that does many things at once may be slow; one on which nothing moves for so long has a fault."""


async def until(condition: Callable[[], Awaitable[bool]], seconds: float = NO_PROGRESS_S) -> None:
    """Returns as soon as the condition holds."""
    deadline = time.monotonic() + seconds
    while not await condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        await asyncio.sleep(0.03)


async def until_told(product: Product, run: StartedDesign, kind: str) -> None:
    """Returns when the story of the run has an event such as `node-start:planner`."""

    async def told() -> bool:
        return kind in await product.kinds(run)

    await until(told)


async def ended(product: Product, runs: Sequence[StartedDesign]) -> int:
    """How many of them have ended."""
    return sum([(await product.decision_set(run)).status in FINAL for run in runs])


async def until_all_ended(product: Product, runs: Sequence[StartedDesign]) -> None:
    """Returns when all have ended; fails when none of them has moved for long."""
    progress_at, seen = time.monotonic(), -1
    while await ended(product, runs) < len(runs):
        total = sum([await product.services.events.latest_seq(product.owner, run.run_id) for run in runs])
        if total != seen:
            progress_at, seen = time.monotonic(), total
        assert time.monotonic() - progress_at < NO_PROGRESS_S, [
            (await product.kinds(run))[-1] for run in runs
        ]
        await asyncio.sleep(0.1)

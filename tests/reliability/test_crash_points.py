"""Killing a worker at every point of every node: the next worker goes on, and nothing happens twice."""

import asyncio
import time
from collections.abc import Iterator
from typing import Any

import pytest

from libs.core.settings import Settings
from libs.projects.models import GatePolicy
from libs.workflow.graph import NODES
from tests.reliability.invariants import assert_whole, give_attempts
from tests.support.product import CHURN, Product
from tests.support.stores import STORES
from tests.support.workers import Forge

MOMENTS = ("before", "inside", "effect", "commit")
POINTS = [
    *(f"{node}.{moment}" for node in NODES for moment in MOMENTS),
    "gate.recorded",
    "gate.resume",
    "run.ended",
    "worker.after-claim",
    # Between what a node wrote and the checkpoint that holds it.
    *(f"saver.put:{n}" for n in (2, 7, 9, 12)),
    *(f"saver.writes:{n}" for n in (2, 8, 9)),
]


def _cases() -> Iterator[Any]:
    """One moment of each node over one store in every run, by turns; all over both stores in the long tests."""
    for number, point in enumerate(POINTS):
        turn = number + number // len(MOMENTS)
        for store in STORES:
            often = turn % len(MOMENTS) == 0 and store == STORES[turn // len(MOMENTS) % len(STORES)]
            marks = [pytest.mark.postgres] * (store == "postgres") + [pytest.mark.long] * (not often)
            yield pytest.param(point, store, marks=marks, id=f"{store}-{point}")


UNATTENDED = GatePolicy(input="never", final="never")
KILLED = -9


async def ended(product: Product, started: object, seconds: float) -> None:
    """Waits until the run is final; fails when it does not get there."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = await product.decision_set(started)  # type: ignore[arg-type]
        if found.status in ("done", "failed", "rejected"):
            return
        await asyncio.sleep(0.05)
    raise AssertionError(f"no progress: {(await product.kinds(started))[-5:]}")  # type: ignore[arg-type]


class TestKill:
    @pytest.mark.parametrize(("point", "database_url"), _cases(), indirect=["database_url"])
    async def test_the_run_goes_on_by_itself(
        self, forge: Forge, product: Product, settings: Settings, point: str
    ) -> None:
        started = await product.start(CHURN, policy=UNATTENDED)
        await give_attempts(product)
        doomed = forge.start(settings.model_copy(update={"crash_at": point}))
        assert await asyncio.to_thread(doomed.wait, 90) == KILLED, f"{point} was never reached"
        heir = forge.start(settings)
        await ended(product, started, 90)
        heir.kill()
        await assert_whole(product, started)

"""Workers killed, suspended and stopped at random moments: every admitted run ends, once and whole."""

import asyncio
import random
import signal
import sqlite3
import time
from contextlib import closing

import pytest
from sqlalchemy import text

from libs.core.settings import Settings
from libs.projects.models import GatePolicy
from libs.workflow.service import StartedDesign
from tests.reliability.invariants import assert_whole, give_attempts
from tests.support.product import CHURN, Product
from tests.support.stores import often_over
from tests.support.workers import Forge, WorkerProcess

UNATTENDED = GatePolicy(input="never", final="never")
NO_PROGRESS_S = 60.0


async def _final(product: Product, runs: list[StartedDesign]) -> int:
    statuses = [(await product.decision_set(run)).status for run in runs]
    return sum(status in ("done", "failed", "rejected") for status in statuses)


async def _kill_until_done(
    product: Product, settings: Settings, forge: Forge, runs: list[StartedDesign], seed: int
) -> int:
    """Two workers, one of which is killed every now and then; returns the number of kills that hit a live worker."""
    dice = random.Random(seed)
    workers: list[WorkerProcess] = [forge.start(settings), forge.start(settings)]
    kills, progress_at, seen = 0, time.monotonic(), -1
    while (final := await _final(product, runs)) < len(runs):
        total = final * 1000 + sum([len(await product.story(run)) for run in runs])
        if total != seen:
            progress_at, seen = time.monotonic(), total
        assert time.monotonic() - progress_at < NO_PROGRESS_S, f"no progress: {final} of {len(runs)} ended"
        await asyncio.sleep(dice.uniform(0.5, 2.0))
        victim = dice.randrange(len(workers))
        if workers[victim].status is None:
            workers[victim].kill()
            kills += 1
        await asyncio.to_thread(workers[victim].wait, 10)
        workers[victim] = forge.start(settings)
    for worker in workers:
        worker.kill()
    return kills


class TestKillLoop:
    """Jobs get attempts enough here: the test kills far more often than machines do."""

    async def _carried(self, product: Product, settings: Settings, forge: Forge, count: int) -> None:
        runs = [await product.start(CHURN, policy=UNATTENDED) for _ in range(count)]
        await give_attempts(product)
        kills = await _kill_until_done(product, settings, forge, runs, seed=count)
        assert kills >= count // 4
        for run in runs:
            await assert_whole(product, run)

    @often_over("postgres")
    async def test_eight_runs_survive(self, product: Product, settings: Settings, forge: Forge) -> None:
        await self._carried(product, settings, forge, 8)

    @pytest.mark.long
    async def test_forty_runs_survive(self, product: Product, settings: Settings, forge: Forge) -> None:
        await self._carried(product, settings, forge, 40)


class TestSuspended:
    @often_over("postgres")
    async def test_a_worker_that_wakes_after_its_lease_writes_nothing(
        self, product: Product, settings: Settings, forge: Forge
    ) -> None:
        run = await product.start(CHURN, policy=UNATTENDED)
        await give_attempts(product)
        sleeper = forge.start(settings)
        await _until(lambda: _has(product, run, "node-start:adaptive_questions"))
        await _suspend(product, sleeper)
        heir = forge.start(settings)
        await _until(lambda: _has(product, run, "run-complete"))
        before = await product.story(run)
        sleeper.send(signal.SIGCONT)
        await asyncio.sleep(3 * settings.lease_seconds)
        assert await product.story(run) == before
        await assert_whole(product, run)
        sleeper.kill()
        heir.kill()


class TestDrain:
    async def test_sigterm_lets_the_step_finish_and_gives_the_run_back(
        self, product: Product, settings: Settings, forge: Forge
    ) -> None:
        run = await product.start(CHURN, policy=UNATTENDED)
        await give_attempts(product)
        leaving = forge.start(settings.model_copy(update={"drain_seconds": 0.2}))
        await _until(lambda: _has(product, run, "node-start:intake_extract"))
        began = time.monotonic()
        leaving.send(signal.SIGTERM)
        assert await asyncio.to_thread(leaving.wait, 25) == 0
        assert time.monotonic() - began < 25
        heir = forge.start(settings)
        await _until(lambda: _has(product, run, "run-complete"))
        await assert_whole(product, run)
        heir.kill()


async def _suspend(product: Product, worker: WorkerProcess) -> None:
    """Suspends the worker outside a transaction.

    SQLite has one writer, and a suspended one would block all; PostgreSQL would free its rows after half a minute.
    """
    for _ in range(100):
        await asyncio.to_thread(worker.suspend)
        if await _nobody_is_in_a_transaction(product):
            return
        worker.send(signal.SIGCONT)
        await asyncio.sleep(0.02)
    raise AssertionError("the worker was in a transaction every time")


async def _nobody_is_in_a_transaction(product: Product) -> bool:
    if product.db.dialect == "sqlite":
        # Not through the product's writer, which has more patience than this test.
        return await asyncio.to_thread(_write_lock_is_free, str(product.db.url.database))
    others = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
        "AND xact_start IS NOT NULL"
    )
    async with product.db.read() as session:
        return (await session.execute(others)).scalar_one() == 0


def _write_lock_is_free(file: str) -> bool:
    with closing(sqlite3.connect(file, timeout=0.2, isolation_level=None)) as connection:
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return False
        return True


async def _has(product: Product, run: StartedDesign, kind: str) -> bool:
    return kind in await product.kinds(run)


async def _until(condition: object, seconds: float = 90.0) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if await condition():  # type: ignore[operator]
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it did not happen in time")

"""Many workers on one queue: every job runs exactly once."""

import asyncio
from collections import Counter
from contextlib import AsyncExitStack

import pytest

from libs.core.clock import SystemClock
from libs.db.engine import Database
from libs.jobs.models import Claimed
from tests.support.database import KIND, Machinery, wakeup_for


async def work_off(url: str, workers: int, jobs: int, lock_keys: int = 0) -> list[tuple[Claimed, int]]:
    """Enqueues the jobs, lets the workers compete over connections of their own, and returns what each claimed.

    The second part of each pair says how many jobs with the same lock key ran at that moment, itself included.
    """
    claims: list[tuple[Claimed, int]] = []
    running: Counter[str | None] = Counter()
    async with AsyncExitStack() as stack:
        machineries = []
        for _ in range(workers):
            db = Database(url)
            stack.push_async_callback(db.close)
            machineries.append(Machinery(db, SystemClock(), wakeup_for(db)))
        async with machineries[0].db.write() as session:
            for number in range(jobs):
                lock_key = f"run:{number % lock_keys}" if lock_keys else None
                await machineries[0].queue.enqueue(
                    session, KIND, {"n": number}, organisation_id="o", project_id="p", lock_key=lock_key
                )

        async def work(machinery: Machinery, worker_id: str) -> None:
            while len(claims) < jobs:
                claimed = await machinery.queue.claim(worker_id, [KIND])
                if claimed is None:
                    await asyncio.sleep(0.005)
                    continue
                running[claimed.job.lock_key] += 1
                claims.append((claimed, running[claimed.job.lock_key]))
                await asyncio.sleep(0)
                running[claimed.job.lock_key] -= 1
                await machinery.queue.complete(claimed.lease)

        async with asyncio.timeout(600):
            await asyncio.gather(*(work(machinery, f"w{i}") for i, machinery in enumerate(machineries)))
        async with machineries[0].db.read() as session:
            assert await machineries[0].queue.counts(session) == {"done": jobs}
    return claims


def assert_each_once(claims: list[tuple[Claimed, int]], workers: int, jobs: int) -> None:
    assert sorted(claimed.job.payload["n"] for claimed, _ in claims) == list(range(jobs))
    assert {claimed.lease.token for claimed, _ in claims} == {1}
    assert len({claimed.job.worker_id for claimed, _ in claims}) == workers


class TestManyWorkers:
    async def test_eight_workers_run_a_thousand_jobs_once_each(self, database_url: str) -> None:
        assert_each_once(await work_off(database_url, workers=8, jobs=1000), workers=8, jobs=1000)

    async def test_no_two_jobs_of_one_lock_key_run_at_the_same_time(self, database_url: str) -> None:
        claims = await work_off(database_url, workers=6, jobs=120, lock_keys=3)
        assert {together for _, together in claims} == {1}

    @pytest.mark.long
    async def test_thirty_two_workers_run_ten_thousand_jobs_once_each(self, postgres_url: str) -> None:
        assert_each_once(await work_off(postgres_url, workers=32, jobs=10_000), workers=32, jobs=10_000)

"""Cancelling jobs and reading the queue, over both stores."""

import pytest

from libs.core.clock import StoppedClock
from libs.jobs.errors import JobNotFound
from libs.jobs.models import Claimed, Job
from tests.support.database import (
    ALICE,
    BOB,
    KIND,
    LEASE_SECONDS,
    Machinery,
    advance,
)


async def claim(machinery: Machinery, worker: str = "w1") -> Claimed:
    claimed = await machinery.queue.claim(worker, [KIND, "test.other"])
    assert claimed is not None
    return claimed


async def job(machinery: Machinery, job_id: str) -> Job:
    async with machinery.db.read() as session:
        return await machinery.queue.get(session, job_id)


class TestCancel:
    async def cancel(self, machinery: Machinery, job_id: str) -> Job:
        async with machinery.db.write() as session:
            return await machinery.queue.cancel(session, job_id)

    async def test_a_waiting_job_is_cancelled_at_once(self, machinery: Machinery) -> None:
        job_id = await machinery.enqueue()
        assert (await self.cancel(machinery, job_id)).status == "cancelled"
        assert await machinery.queue.claim("w1", [KIND]) is None

    async def test_a_running_job_learns_of_it_with_its_heartbeat(self, machinery: Machinery) -> None:
        job_id = await machinery.enqueue()
        lease = (await claim(machinery)).lease
        asked = await self.cancel(machinery, job_id)
        assert (asked.status, asked.cancel_requested) == ("running", True)
        assert (await machinery.queue.heartbeat(lease)).cancel_requested
        await machinery.queue.acknowledge_cancel(lease)
        assert (await job(machinery, job_id)).status == "cancelled"

    async def test_a_job_that_finishes_first_stays_done(self, machinery: Machinery) -> None:
        job_id = await machinery.enqueue()
        lease = (await claim(machinery)).lease
        await self.cancel(machinery, job_id)
        await machinery.queue.complete(lease)
        assert (await self.cancel(machinery, job_id)).status == "done"

    @pytest.mark.parametrize("ending", ["fail", "expire"])
    async def test_a_job_that_should_stop_is_not_tried_again(
        self, machinery: Machinery, clock: StoppedClock, ending: str
    ) -> None:
        job_id = await machinery.enqueue()
        lease = (await claim(machinery)).lease
        await self.cancel(machinery, job_id)
        if ending == "fail":
            await machinery.queue.fail(lease, "No answer.", retryable=True)
        else:
            advance(clock, LEASE_SECONDS)
            await machinery.queue.sweep()
        assert (await job(machinery, job_id)).status == "cancelled"

    async def test_an_unknown_job_is_not_found(self, machinery: Machinery) -> None:
        with pytest.raises(JobNotFound):
            await self.cancel(machinery, "job_unknown")


class TestReading:
    async def test_a_job_of_another_organisation_is_not_found(self, machinery: Machinery) -> None:
        job_id = await machinery.enqueue()
        async with machinery.db.read() as session:
            assert (await machinery.queue.get(session, job_id, ALICE)).id == job_id
            with pytest.raises(JobNotFound):
                await machinery.queue.get(session, job_id, BOB)

    async def test_the_position_counts_those_who_go_first(
        self, machinery: Machinery, clock: StoppedClock
    ) -> None:
        first = await machinery.enqueue()
        advance(clock, 1)
        second = await machinery.enqueue()
        await machinery.enqueue(priority=9)
        async with machinery.db.read() as session:
            assert await machinery.queue.position(session, first) == 1
            assert await machinery.queue.position(session, second) == 2
        await claim(machinery)
        await claim(machinery)
        async with machinery.db.read() as session:
            assert await machinery.queue.position(session, first) is None
            assert await machinery.queue.position(session, second) == 0
            assert await machinery.queue.counts(session) == {"queued": 1, "running": 2}

"""The worker around the queue, in real time with short leases, over both stores."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
import structlog
from sqlalchemy import update

from libs.core.clock import SystemClock
from libs.core.errors import Invalid, LimitReached, Unavailable
from libs.db.engine import Database
from libs.events.models import NewEvent
from libs.events.wakeup import Wakeup
from libs.jobs.errors import JobCancelled
from libs.jobs.models import Job, JobKind
from libs.jobs.retry import Retry
from libs.jobs.tables import JobRow
from libs.worker.context import Handler, JobContext
from libs.worker.loop import Worker
from tests.support.database import KIND, Machinery, wakeup_for

LEASE = 0.9


@pytest.fixture
async def wakeup(database: Database) -> AsyncIterator[Wakeup]:
    wakeup = wakeup_for(database)
    yield wakeup
    await wakeup.close()


@pytest.fixture
def machinery(database: Database, wakeup: Wakeup) -> Machinery:
    kind = JobKind(KIND, retry=Retry(max_attempts=3, base_s=0.01, jitter=0), timeout_s=30)
    return Machinery(database, SystemClock(), wakeup, kinds={KIND: kind}, lease_seconds=LEASE)


@asynccontextmanager
async def working(machinery: Machinery, handler: Handler, **options: float) -> AsyncIterator[asyncio.Event]:
    stop = asyncio.Event()
    slots = int(options.pop("slots", 2))
    worker = Worker(machinery.queue, {KIND: handler}, "w1", slots, 0.05, **options)
    task = asyncio.create_task(worker.run(stop))
    try:
        yield stop
    finally:
        stop.set()
        await task


async def until(machinery: Machinery, job_id: str, reached: Callable[[Job], bool]) -> Job:
    async with asyncio.timeout(15):
        while True:
            async with machinery.db.read() as session:
                job = await machinery.queue.get(session, job_id)
            if reached(job):
                return job
            await asyncio.sleep(0.02)


async def finished(machinery: Machinery, job_id: str) -> Job:
    return await until(machinery, job_id, lambda job: job.finished_at is not None)


class TestOutcomes:
    async def test_a_handler_that_returns_ends_the_job_as_done(self, machinery: Machinery) -> None:
        seen: list[object] = []

        async def handler(context: JobContext) -> None:
            seen.append((context.job.payload, context.correlation_id))
            seen.append(structlog.contextvars.get_contextvars())

        async with working(machinery, handler):
            job_id = await machinery.enqueue(payload={"a": 1}, run_id="run_1", correlation_id="c1")
            assert (await finished(machinery, job_id)).status == "done"
        assert seen == [({"a": 1}, "c1"), {"job_id": job_id, "run_id": "run_1", "correlation_id": "c1"}]

    @pytest.mark.parametrize(
        ("error", "status", "attempts", "text"),
        [
            (Unavailable("The model is away."), "dead", 3, "The model is away. (attempt 3 of 3)"),
            (LimitReached("Too fast.", retry_after_s=1), "dead", 3, "Too fast. (attempt 3 of 3)"),
            (LimitReached("The budget is spent."), "dead", 1, "The budget is spent."),
            (Invalid("Nonsense."), "dead", 1, "Nonsense."),
            (KeyError("x"), "dead", 1, "KeyError: 'x'"),
            (JobCancelled(), "cancelled", 1, None),
        ],
    )
    async def test_an_error_is_tried_again_only_if_it_may_pass(
        self, machinery: Machinery, error: Exception, status: str, attempts: int, text: str | None
    ) -> None:
        async def handler(_context: JobContext) -> None:
            raise error

        async with working(machinery, handler):
            job = await finished(machinery, await machinery.enqueue())
        assert (job.status, job.attempts, job.error) == (status, attempts, text)

    async def test_an_attempt_that_takes_too_long_is_ended_and_tried_again(
        self, database: Database, wakeup: Wakeup
    ) -> None:
        kind = JobKind(KIND, retry=Retry(max_attempts=2, base_s=0.01), timeout_s=0.1)
        machinery = Machinery(database, SystemClock(), wakeup, kinds={KIND: kind}, lease_seconds=LEASE)

        async def handler(_context: JobContext) -> None:
            await asyncio.sleep(60)

        async with working(machinery, handler):
            job = await finished(machinery, await machinery.enqueue())
        assert (job.status, job.attempts) == ("dead", 2)
        assert job.error == "The job took longer than 0.1 seconds. (attempt 2 of 2)"

    async def test_slots_run_side_by_side_and_no_more_than_that(self, machinery: Machinery) -> None:
        running, most = 0, 0

        async def handler(_context: JobContext) -> None:
            nonlocal running, most
            running += 1
            most = max(most, running)
            await asyncio.sleep(0.1)
            running -= 1

        async with working(machinery, handler, slots=3):
            for job_id in [await machinery.enqueue() for _ in range(9)]:
                await finished(machinery, job_id)
        assert most == 3


class TestLease:
    async def test_a_job_of_many_leases_with_a_healthy_heartbeat_runs_once(
        self, machinery: Machinery
    ) -> None:
        runs = 0

        async def handler(_context: JobContext) -> None:
            nonlocal runs
            runs += 1
            await asyncio.sleep(4 * LEASE)

        async with working(machinery, handler):
            job = await finished(machinery, await machinery.enqueue())
        assert (job.status, job.attempts, runs) == ("done", 1, 1)

    async def test_losing_the_lease_ends_the_handler_which_then_can_write_nothing(
        self, machinery: Machinery
    ) -> None:
        await machinery.open_run()
        contexts: list[JobContext] = []
        ended = asyncio.Event()

        async def append(context: JobContext, key: str) -> None:
            async with machinery.db.write() as session:
                await machinery.queue.assert_held(session, context.lease)
                await machinery.events.append(session, "run_1", [NewEvent(type="node-start", key=key)])

        async def handler(context: JobContext) -> None:
            contexts.append(context)
            if len(contexts) > 1:
                await append(context, "second attempt")
                return
            try:
                await asyncio.sleep(60)
            finally:
                ended.set()
                await append(context, "first attempt")

        async with working(machinery, handler):
            job_id = await machinery.enqueue()
            await until(machinery, job_id, lambda job: job.status == "running")
            await take_away(machinery, job_id)
            async with asyncio.timeout(5):
                await ended.wait()
            job = await finished(machinery, job_id)
        assert (job.status, len(contexts)) == ("done", 2)
        events = await machinery.events.read(None, "run_1", 0, 10)
        assert len(events) == 1

    async def test_a_worker_cut_off_from_the_database_ends_its_job_before_the_lease_runs_out(
        self, machinery: Machinery
    ) -> None:
        async def gone(_lease: object) -> None:
            raise Unavailable

        ended_after: list[float] = []
        loop = asyncio.get_running_loop()

        async def handler(_context: JobContext) -> None:
            began_at = loop.time()
            try:
                await asyncio.sleep(60)
            finally:
                ended_after.append(loop.time() - began_at)

        machinery.queue.heartbeat = gone
        async with working(machinery, handler):
            job_id = await machinery.enqueue(max_attempts=1)
            job = await finished(machinery, job_id)
        assert ended_after[0] < LEASE
        assert job.status == "dead"


async def take_away(machinery: Machinery, job_id: str) -> None:
    """What a sweep would do, had the lease run out while the worker was suspended."""
    async with machinery.db.write() as session:
        await session.execute(update(JobRow).where(JobRow.id == job_id).values(status="queued"))


class TestCancel:
    async def cancel(self, machinery: Machinery, job_id: str) -> None:
        async with machinery.db.write() as session:
            await machinery.queue.cancel(session, job_id)

    async def test_a_handler_that_listens_stops_by_itself(self, machinery: Machinery) -> None:
        async def handler(context: JobContext) -> None:
            await context.cancelled.wait()
            raise JobCancelled

        async with working(machinery, handler, cancel_grace_s=10):
            job_id = await machinery.enqueue()
            await until(machinery, job_id, lambda job: job.status == "running")
            await self.cancel(machinery, job_id)
            assert (await finished(machinery, job_id)).status == "cancelled"

    async def test_a_handler_that_does_not_listen_is_ended_after_the_grace_time(
        self, machinery: Machinery
    ) -> None:
        async def handler(_context: JobContext) -> None:
            await asyncio.sleep(60)

        async with working(machinery, handler, cancel_grace_s=0.2):
            job_id = await machinery.enqueue()
            await until(machinery, job_id, lambda job: job.status == "running")
            await self.cancel(machinery, job_id)
            assert (await finished(machinery, job_id)).status == "cancelled"

    async def test_a_job_that_finishes_in_spite_of_it_is_done(self, machinery: Machinery) -> None:
        async def handler(context: JobContext) -> None:
            await context.cancelled.wait()

        async with working(machinery, handler, cancel_grace_s=10):
            job_id = await machinery.enqueue()
            await until(machinery, job_id, lambda job: job.status == "running")
            await self.cancel(machinery, job_id)
            assert (await finished(machinery, job_id)).status == "done"


class TestDrain:
    async def test_a_running_job_may_finish(self, machinery: Machinery) -> None:
        started = asyncio.Event()

        async def handler(_context: JobContext) -> None:
            started.set()
            await asyncio.sleep(0.3)

        async with working(machinery, handler, drain_seconds=10):
            job_id = await machinery.enqueue()
            await started.wait()
        assert (await finished(machinery, job_id)).status == "done"

    async def test_a_job_that_takes_longer_is_given_back_without_counting_the_attempt(
        self, machinery: Machinery
    ) -> None:
        started = asyncio.Event()

        async def handler(_context: JobContext) -> None:
            started.set()
            await asyncio.sleep(60)

        async with working(machinery, handler, drain_seconds=0.1):
            job_id = await machinery.enqueue()
            await started.wait()
        job = await until(machinery, job_id, lambda job: True)
        assert (job.status, job.attempts) == ("queued", 0)

    async def test_nothing_new_is_claimed_while_draining(self, machinery: Machinery) -> None:
        started = asyncio.Event()

        async def handler(_context: JobContext) -> None:
            started.set()
            await asyncio.sleep(0.3)

        async with working(machinery, handler, drain_seconds=10) as stop:
            await machinery.enqueue()
            await started.wait()
            stop.set()
            late = await machinery.enqueue()
        assert (await until(machinery, late, lambda job: True)).status == "queued"


class TestFaults:
    async def test_the_worker_outlives_a_database_that_goes_away(self, machinery: Machinery) -> None:
        outages = 2
        claim: Callable[..., Awaitable[object]] = machinery.queue.claim
        sweep: Callable[..., Awaitable[object]] = machinery.queue.sweep

        def failing_at_first(call: Callable[..., Awaitable[object]]) -> Callable[..., Awaitable[object]]:
            calls = 0

            async def attempt(*arguments: object) -> object:
                nonlocal calls
                calls += 1
                if calls <= outages:
                    raise Unavailable
                return await call(*arguments)

            return attempt

        machinery.queue.claim = failing_at_first(claim)
        machinery.queue.sweep = failing_at_first(sweep)

        async def handler(_context: JobContext) -> None:
            return

        async with working(machinery, handler):
            assert (await finished(machinery, await machinery.enqueue())).status == "done"

    async def test_a_new_job_is_started_without_waiting_for_the_next_look(self, machinery: Machinery) -> None:
        async def handler(_context: JobContext) -> None:
            return

        stop = asyncio.Event()
        task = asyncio.create_task(Worker(machinery.queue, {KIND: handler}, "w1", 1, 3600.0).run(stop))
        await asyncio.sleep(0.3)
        assert (await finished(machinery, await machinery.enqueue())).status == "done"
        stop.set()
        await task

"""The queue against a model of itself: any sequence of calls, by workers alive, late or dead, on a stopped clock.

After each step the database must show what the model says: one owner, one final state, no write without a valid
lease, no gap in the events, and a cancellation that wins or loses but never both.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import text

from libs.core.clock import StoppedClock
from libs.db.engine import Database
from libs.events.models import NewEvent
from libs.jobs.errors import LeaseLost
from libs.jobs.models import FINISHED, JobKind, Lease
from libs.jobs.retry import Retry
from tests.support.database import KIND, LEASE_SECONDS, MONDAY, Machinery, advance, wakeup_for

RETRY = Retry(max_attempts=3, base_s=5, cap_s=20, jitter=0.5)


@dataclass
class Expected:
    """What the model knows of a job."""

    priority: int
    run_at: datetime
    lock_key: str | None
    status: str = "queued"
    attempts: int = 0
    token: int = 0
    leased_until: datetime = MONDAY
    cancel_requested: bool = False
    finished_as: str | None = field(default=None)

    def finish(self, status: str) -> None:
        assert self.finished_as is None, "a finished job finished again"
        self.status = self.finished_as = status


class QueueMachine(RuleBasedStateMachine):
    """Calls in any order; `open_database` gives an empty, migrated database."""

    leases: Bundle[Lease] = Bundle("leases")
    jobs: Bundle[str] = Bundle("jobs")

    def __init__(self, open_database: Callable[[], Database]) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.clock = StoppedClock(MONDAY)
        self.db = open_database()
        kinds = {KIND: JobKind(KIND, retry=RETRY)}
        self.machinery = Machinery(self.db, self.clock, wakeup_for(self.db), kinds=kinds)
        self.queue = self.machinery.queue
        self.model: dict[str, Expected] = {}
        self.written = 0
        self.do(self.empty())

    async def empty(self) -> None:
        async with self.db.write() as session:
            for table in ("events", "event_streams", "jobs"):
                await session.execute(text(f"DELETE FROM {table}"))
        await self.machinery.open_run()

    def do(self, call: Any) -> Any:
        return self.runner.run(call)

    def teardown(self) -> None:
        self.do(self.db.close())
        self.runner.close()

    def held(self, lease: Lease) -> bool:
        job = self.model[lease.job_id]
        return job.status == "running" and job.token == lease.token and self.clock.now() < job.leased_until

    def if_held(self, lease: Lease, call: Any) -> Any:
        """Makes the call; it must succeed exactly if the lease is held."""
        if self.held(lease):
            return self.do(call)
        with pytest.raises(LeaseLost):
            self.do(call)
        return None

    @initialize(target=jobs, count=st.integers(1, 3))
    def start_with_some_jobs(self, count: int) -> Any:
        return multiple(*(self.enqueue(0, 0, "a" if number else None) for number in range(count)))

    @rule(
        target=jobs,
        priority=st.integers(0, 2),
        delay_s=st.sampled_from([0, 0, 10]),
        lock_key=st.sampled_from([None, "a", "b"]),
    )
    def enqueue(self, priority: int, delay_s: int, lock_key: str | None) -> str:
        run_at = self.clock.now() + timedelta(seconds=delay_s)
        options = {"priority": priority, "run_at": run_at, "lock_key": lock_key}
        job_id = str(self.do(self.machinery.enqueue(**options)))
        self.model[job_id] = Expected(priority, run_at, lock_key)
        return job_id

    @precondition(lambda self: any(job.status == "queued" for job in self.model.values()))
    @rule(target=leases, worker=st.sampled_from(["w1", "w2", "w3"]))
    def claim(self, worker: str) -> Any:
        locked = {job.lock_key for job in self.model.values() if job.status == "running"}
        due = sorted(
            (-job.priority, job.run_at, job_id)
            for job_id, job in self.model.items()
            if job.status == "queued" and job.run_at <= self.clock.now()
            if job.lock_key is None or job.lock_key not in locked
        )
        claimed = self.do(self.queue.claim(worker, [KIND]))
        if not due:
            assert claimed is None
            return multiple()
        assert claimed is not None
        assert claimed.job.id == due[0][2]
        job = self.model[claimed.job.id]
        job.status, job.attempts, job.token = "running", job.attempts + 1, job.token + 1
        job.leased_until = self.clock.now() + timedelta(seconds=LEASE_SECONDS)
        assert claimed.lease.token == job.token
        return claimed.lease

    @rule(target=leases, lease=leases)
    def forge_the_next_lease(self, lease: Lease) -> Lease:
        return Lease(job_id=lease.job_id, token=lease.token + 1)

    @rule(lease=leases)
    def heartbeat(self, lease: Lease) -> None:
        beat = self.do(self.queue.heartbeat(lease))
        job = self.model[lease.job_id]
        assert beat.held == self.held(lease)
        if beat.held:
            job.leased_until = self.clock.now() + timedelta(seconds=LEASE_SECONDS)
            assert beat.cancel_requested == job.cancel_requested

    @rule(lease=leases)
    def write(self, lease: Lease) -> None:
        key = f"write:{self.written}"

        async def append() -> None:
            async with self.db.write() as session:
                await self.queue.assert_held(session, lease)
                await self.machinery.events.append(session, "run_1", [NewEvent(type="node-start", key=key)])

        held = self.held(lease)
        self.if_held(lease, append())
        self.written += held

    @rule(target=leases)
    def claim_and_come_too_late(self) -> Any:
        lease = self.claim("w4")
        if isinstance(lease, Lease):
            self.come_too_late(lease)
        return lease

    def come_too_late(self, lease: Lease) -> None:
        advance(self.clock, LEASE_SECONDS)
        self.heartbeat(lease)
        self.write(lease)

    @rule(lease=leases)
    def complete(self, lease: Lease) -> None:
        held = self.held(lease)
        self.if_held(lease, self.queue.complete(lease))
        if held:
            self.model[lease.job_id].finish("done")

    @rule(lease=leases)
    def acknowledge_cancel(self, lease: Lease) -> None:
        if not self.model[lease.job_id].cancel_requested:
            return
        held = self.held(lease)
        self.if_held(lease, self.queue.acknowledge_cancel(lease))
        if held:
            self.model[lease.job_id].finish("cancelled")

    @rule(lease=leases, retryable=st.booleans())
    def fail(self, lease: Lease, retryable: bool) -> None:
        failed = self.if_held(lease, self.queue.fail(lease, "No answer.", retryable))
        if failed is None:
            return
        job = self.model[lease.job_id]
        if job.cancel_requested:
            job.finish("cancelled")
        elif retryable and job.attempts < RETRY.max_attempts:
            pause = (failed.run_at - self.clock.now()).total_seconds()
            shortest = min(RETRY.base_s * 2 ** (job.attempts - 1), RETRY.cap_s)
            assert shortest <= pause <= shortest * (1 + RETRY.jitter)
            job.status, job.run_at = "queued", failed.run_at
        else:
            job.finish("dead")

    @rule(lease=leases)
    def release(self, lease: Lease) -> None:
        held = self.held(lease)
        self.if_held(lease, self.queue.release(lease))
        if held:
            job = self.model[lease.job_id]
            job.status, job.attempts, job.run_at = "queued", job.attempts - 1, self.clock.now()

    @rule(job_id=jobs)
    def cancel(self, job_id: str) -> None:
        async def cancel() -> Any:
            async with self.db.write() as session:
                return await self.queue.cancel(session, job_id)

        job = self.model[job_id]
        cancelled = self.do(cancel())
        if job.status == "queued":
            job.finish("cancelled")
        elif job.status == "running":
            job.cancel_requested = True
        assert cancelled.status == job.status

    @rule(seconds=st.sampled_from([5, 10, LEASE_SECONDS, LEASE_SECONDS]))
    def time_passes(self, seconds: float) -> None:
        advance(self.clock, seconds)

    @rule()
    def sweep(self) -> None:
        dead = {job.id for job in self.do(self.queue.sweep())}
        for job_id, job in self.model.items():
            if job.status != "running" or self.clock.now() < job.leased_until:
                continue
            if job.cancel_requested:
                job.finish("cancelled")
            elif job.attempts < RETRY.max_attempts:
                job.status, job.run_at = "queued", self.clock.now()
            else:
                assert job_id in dead
                job.finish("dead")

    @invariant()
    def database_shows_what_the_model_says(self) -> None:
        async def look() -> tuple[list[Any], list[int]]:
            async with self.db.read() as session:
                jobs = [await self.queue.get(session, job_id) for job_id in self.model]
            events = await self.machinery.events.read(None, "run_1", 0, 10_000)
            return jobs, [event.seq for event in events]

        jobs, numbers = self.do(look())
        for job in jobs:
            expected = self.model[job.id]
            assert (job.status, job.attempts) == (expected.status, expected.attempts)
            assert (job.finished_at is not None) == (job.status in FINISHED)
        running = [job.lock_key for job in jobs if job.status == "running" and job.lock_key]
        assert len(running) == len(set(running))
        assert numbers == list(range(1, self.written + 1))


def opener(url: str) -> Callable[[], Database]:
    return lambda: Database(url)


def bounds(examples: int, steps: int) -> settings:
    return settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


class TestQueueAgainstItsModel:
    def test_short_sequences(self, database_url: str) -> None:
        run_state_machine_as_test(lambda: QueueMachine(opener(database_url)), settings=bounds(12, 25))

    @pytest.mark.long
    def test_long_sequences(self, database_url: str) -> None:
        run_state_machine_as_test(lambda: QueueMachine(opener(database_url)), settings=bounds(300, 50))

"""The queue's promises, over both stores."""

from datetime import timedelta

import pytest

from libs.core.clock import StoppedClock
from libs.core.errors import Forbidden
from libs.db.engine import Database
from libs.db.session import WriteSession
from libs.events.models import NewEvent
from libs.jobs.errors import JobNotDead, JobNotFound, LeaseLost
from libs.jobs.models import Claimed, Job, JobKind
from libs.jobs.retry import Retry
from tests.support.database import (
    ALICE,
    BOB,
    KIND,
    LEASE_SECONDS,
    MONDAY,
    VIEWER,
    Machinery,
    advance,
    wakeup_for,
)


async def claim(machinery: Machinery, worker: str = "w1") -> Claimed:
    claimed = await machinery.queue.claim(worker, [KIND, "test.other"])
    assert claimed is not None
    return claimed


async def job(machinery: Machinery, job_id: str) -> Job:
    async with machinery.db.read() as session:
        return await machinery.queue.get(session, job_id)


class TestEnqueue:
    async def test_a_job_does_not_exist_when_the_transaction_is_rolled_back(
        self, machinery: Machinery
    ) -> None:
        with pytest.raises(ZeroDivisionError):  # noqa: PT012
            async with machinery.db.write() as session:
                await machinery.queue.enqueue(session, KIND, {}, organisation_id="o", project_id="p")
                raise ZeroDivisionError
        assert await machinery.queue.claim("w1", [KIND]) is None

    async def test_the_payload_arrives_as_it_was_given(self, machinery: Machinery) -> None:
        payload = {"text": "häßlich ☂", "list": [1, 2.5, None, True], "nested": {"a": {}}}
        await machinery.enqueue(payload=payload, run_id="run_1", correlation_id="c1")
        claimed = await claim(machinery)
        assert (claimed.job.payload, claimed.job.run_id, claimed.job.correlation_id) == (
            payload,
            "run_1",
            "c1",
        )

    async def test_a_second_job_with_the_same_dedupe_key_is_the_first_one(self, machinery: Machinery) -> None:
        first = await machinery.enqueue(dedupe_key="advance:run_1:3")
        assert await machinery.enqueue(dedupe_key="advance:run_1:3") == first
        assert await machinery.enqueue(dedupe_key="advance:run_1:4") != first

    async def test_a_dedupe_key_stays_taken_after_the_job_is_done(self, machinery: Machinery) -> None:
        first = await machinery.enqueue(dedupe_key="k")
        await machinery.queue.complete((await claim(machinery)).lease)
        assert await machinery.enqueue(dedupe_key="k") == first
        assert await machinery.queue.claim("w1", [KIND]) is None


class TestClaim:
    async def test_nothing_is_claimed_from_an_empty_queue(self, machinery: Machinery) -> None:
        assert await machinery.queue.claim("w1", [KIND]) is None

    async def test_only_the_kinds_that_the_worker_knows_are_claimed(self, machinery: Machinery) -> None:
        await machinery.enqueue()
        assert await machinery.queue.claim("w1", ["test.unknown"]) is None

    async def test_a_claimed_job_is_not_claimed_again(self, machinery: Machinery) -> None:
        await machinery.enqueue()
        claimed = await claim(machinery)
        assert (claimed.job.status, claimed.job.attempts, claimed.job.worker_id) == ("running", 1, "w1")
        assert await machinery.queue.claim("w2", [KIND]) is None

    async def test_higher_priority_goes_first_then_the_longest_waiting(
        self, machinery: Machinery, clock: StoppedClock
    ) -> None:
        early = await machinery.enqueue()
        advance(clock, 1)
        late = await machinery.enqueue()
        urgent = await machinery.enqueue(priority=5)
        assert [(await claim(machinery)).job.id for _ in range(3)] == [urgent, early, late]

    async def test_a_delayed_job_waits_for_its_moment(
        self, machinery: Machinery, clock: StoppedClock
    ) -> None:
        await machinery.enqueue(run_at=MONDAY + timedelta(hours=1))
        assert await machinery.queue.claim("w1", [KIND]) is None
        advance(clock, 3600)
        assert await machinery.queue.claim("w1", [KIND]) is not None

    async def test_jobs_with_one_lock_key_run_one_at_a_time(self, machinery: Machinery) -> None:
        await machinery.enqueue(lock_key="run:1")
        second = await machinery.enqueue(lock_key="run:1")
        other = await machinery.enqueue(lock_key="run:2")
        running = await claim(machinery)
        assert (await claim(machinery)).job.id == other
        assert await machinery.queue.claim("w1", [KIND]) is None
        await machinery.queue.complete(running.lease)
        assert (await claim(machinery)).job.id == second

    async def test_a_kind_names_the_lock_key_of_its_jobs(
        self, database: Database, clock: StoppedClock
    ) -> None:
        kind = JobKind(KIND, lock_key=lambda payload: f"run:{payload['run']}")
        machinery = Machinery(database, clock, wakeup_for(database), kinds={KIND: kind})
        for _ in range(2):
            await machinery.enqueue(payload={"run": 1})
        await claim(machinery)
        assert await machinery.queue.claim("w1", [KIND]) is None

    async def test_the_token_grows_with_every_claim(self, machinery: Machinery) -> None:
        await machinery.enqueue()
        tokens = []
        for _ in range(3):
            claimed = await claim(machinery)
            tokens.append(claimed.lease.token)
            await machinery.queue.release(claimed.lease)
        assert tokens == [1, 2, 3]


class TestLease:
    async def test_a_renewed_job_is_never_taken_away(self, machinery: Machinery, clock: StoppedClock) -> None:
        await machinery.enqueue()
        lease = (await claim(machinery)).lease
        for _ in range(60):
            advance(clock, LEASE_SECONDS / 3)
            assert await machinery.queue.renew(lease)
            await machinery.queue.sweep()
        assert await machinery.queue.claim("w2", [KIND]) is None
        await machinery.queue.complete(lease)

    async def test_an_expired_job_goes_to_another_worker(
        self, machinery: Machinery, clock: StoppedClock
    ) -> None:
        job_id = await machinery.enqueue()
        await claim(machinery)
        advance(clock, LEASE_SECONDS)
        assert await machinery.queue.sweep() == []
        taken = await claim(machinery, "w2")
        assert (taken.job.id, taken.job.attempts, taken.job.worker_id) == (job_id, 2, "w2")

    async def test_a_late_heartbeat_never_steals_the_job_back(
        self, machinery: Machinery, clock: StoppedClock
    ) -> None:
        await machinery.enqueue()
        stale = (await claim(machinery)).lease
        advance(clock, LEASE_SECONDS)
        assert not await machinery.queue.renew(stale)
        await machinery.queue.sweep()
        assert not await machinery.queue.renew(stale)
        current = (await claim(machinery, "w2")).lease
        assert not await machinery.queue.renew(stale)
        assert await machinery.queue.renew(current)

    @pytest.mark.parametrize("taken_over", [False, True])
    async def test_a_stale_lease_can_end_nothing(
        self, machinery: Machinery, clock: StoppedClock, taken_over: bool
    ) -> None:
        job_id = await machinery.enqueue()
        stale = (await claim(machinery)).lease
        advance(clock, LEASE_SECONDS)
        await machinery.queue.sweep()
        if taken_over:
            await claim(machinery, "w2")
        before = await job(machinery, job_id)
        for attempt in (
            machinery.queue.complete(stale),
            machinery.queue.fail(stale, "late", retryable=True),
            machinery.queue.release(stale),
            machinery.queue.acknowledge_cancel(stale),
        ):
            with pytest.raises(LeaseLost):
                await attempt
        assert await job(machinery, job_id) == before

    async def test_a_stale_worker_writes_no_event(self, machinery: Machinery, clock: StoppedClock) -> None:
        await machinery.open_run()
        await machinery.enqueue()
        stale = (await claim(machinery)).lease
        advance(clock, LEASE_SECONDS)
        await machinery.queue.sweep()
        current = (await claim(machinery, "w2")).lease

        async def write(lease_key: str, lease: object) -> None:
            async with machinery.db.write() as session:
                await machinery.queue.assert_held(session, lease)
                await append(session, machinery, lease_key)

        with pytest.raises(LeaseLost):
            await write("stale", stale)
        await write("current", current)
        assert await machinery.events.latest_seq(None, "run_1") == 1

    async def test_a_write_that_began_under_the_lease_finishes_before_anyone_takes_over(
        self, machinery: Machinery, clock: StoppedClock
    ) -> None:
        job_id = await machinery.enqueue()
        lease = (await claim(machinery)).lease
        async with machinery.db.write() as session:
            await machinery.queue.assert_held(session, lease)
            advance(clock, LEASE_SECONDS)
            if machinery.db.dialect == "postgresql":
                assert await machinery.queue.sweep() == []
            async with machinery.db.read() as reading:
                assert (await machinery.queue.get(reading, job_id)).status == "running"
        await machinery.queue.sweep()
        assert (await job(machinery, job_id)).status == "queued"


async def append(session: WriteSession, machinery: Machinery, key: str) -> None:
    await machinery.events.append(session, "run_1", [NewEvent(type="node-start", key=key)])


class TestOutcome:
    async def test_a_done_job_is_done(self, machinery: Machinery) -> None:
        job_id = await machinery.enqueue()
        await machinery.queue.complete((await claim(machinery)).lease)
        done = await job(machinery, job_id)
        assert (done.status, done.finished_at, done.error) == ("done", MONDAY, None)

    async def test_a_failed_job_waits_longer_each_time_and_then_dies_with_its_reason(
        self, database: Database, clock: StoppedClock
    ) -> None:
        kind = JobKind(KIND, retry=Retry(max_attempts=3, base_s=10, cap_s=60, jitter=0))
        machinery = Machinery(database, clock, wakeup_for(database), kinds={KIND: kind})
        await machinery.enqueue()
        pauses = []
        for _ in range(2):
            failed = await machinery.queue.fail((await claim(machinery)).lease, "No answer.", retryable=True)
            pauses.append((failed.run_at - clock.now()).total_seconds())
            assert await machinery.queue.claim("w1", [KIND]) is None
            clock.at = failed.run_at
        dead = await machinery.queue.fail((await claim(machinery)).lease, "No answer.", retryable=True)
        assert pauses == [10, 20]
        assert (dead.status, dead.attempts, dead.error) == ("dead", 3, "No answer. (attempt 3 of 3)")

    async def test_an_error_that_cannot_pass_ends_the_job_at_once(self, machinery: Machinery) -> None:
        await machinery.enqueue()
        dead = await machinery.queue.fail((await claim(machinery)).lease, "Wrong.", retryable=False)
        assert (dead.status, dead.error) == ("dead", "Wrong.")

    async def test_a_released_job_is_claimable_at_once_and_the_attempt_does_not_count(
        self, machinery: Machinery
    ) -> None:
        await machinery.enqueue(max_attempts=1)
        await machinery.queue.release((await claim(machinery)).lease)
        assert (await claim(machinery)).job.attempts == 1

    async def test_the_end_of_a_job_and_what_it_wrote_come_together(self, machinery: Machinery) -> None:
        await machinery.open_run()
        job_id = await machinery.enqueue()
        lease = (await claim(machinery)).lease
        with pytest.raises(ZeroDivisionError):  # noqa: PT012
            async with machinery.db.write() as session:
                await machinery.queue.complete_in(session, lease)
                await append(session, machinery, "written")
                raise ZeroDivisionError
        assert (await job(machinery, job_id)).status == "running"
        assert await machinery.events.latest_seq(None, "run_1") == 0


class TestDeadLetters:
    async def kill(self, machinery: Machinery, clock: StoppedClock) -> list[Job]:
        dead: list[Job] = []
        for _ in range(3):
            assert dead == []
            await claim(machinery)
            advance(clock, LEASE_SECONDS)
            dead = await machinery.queue.sweep()
        return dead

    async def test_a_job_that_kills_its_worker_every_time_dies_with_reason_and_last_event(
        self, machinery: Machinery, clock: StoppedClock
    ) -> None:
        await machinery.open_run()
        await machinery.tell("first", "second")
        job_id = await machinery.enqueue(run_id="run_1")
        (dead,) = await self.kill(machinery, clock)
        assert (dead.id, dead.status, dead.attempts) == (job_id, "dead", 3)
        assert dead.error == (
            "The worker w1 stopped answering in attempt 3 of 3. Last event: node-start, number 2."
        )
        assert await machinery.queue.claim("w1", [KIND]) is None
        assert await machinery.queue.sweep() == []

    async def test_who_must_end_the_run_is_told_in_the_same_transaction(
        self, database: Database, clock: StoppedClock
    ) -> None:
        async def refuse(_session: WriteSession, _job: Job) -> None:
            raise ZeroDivisionError

        machinery = Machinery(database, clock, wakeup_for(database), on_dead=refuse)
        job_id = await machinery.enqueue()
        with pytest.raises(ZeroDivisionError):
            await machinery.queue.fail((await claim(machinery)).lease, "Wrong.", retryable=False)
        assert (await job(machinery, job_id)).status == "running"

    async def test_an_admin_retries_a_dead_job_and_the_audit_log_says_so(
        self, machinery: Machinery, clock: StoppedClock
    ) -> None:
        job_id = await machinery.enqueue()
        await self.kill(machinery, clock)
        async with machinery.db.write() as session:
            await machinery.queue.retry_dead(session, ALICE, job_id)
            assert await machinery.audit.verify(session, "org_a") == (True, "1 lines, unbroken.")
        assert (await claim(machinery)).job.attempts == 1

    async def test_nobody_else_may_retry_it(self, machinery: Machinery, clock: StoppedClock) -> None:
        job_id = await machinery.enqueue()
        await self.kill(machinery, clock)
        for principal, refusal in ((VIEWER, Forbidden), (BOB, JobNotFound)):
            with pytest.raises(refusal):
                async with machinery.db.write() as session:
                    await machinery.queue.retry_dead(session, principal, job_id)
        assert (await job(machinery, job_id)).status == "dead"

    async def test_a_living_job_is_not_retried_by_hand(self, machinery: Machinery) -> None:
        job_id = await machinery.enqueue()
        with pytest.raises(JobNotDead):
            async with machinery.db.write() as session:
                await machinery.queue.retry_dead(session, ALICE, job_id)

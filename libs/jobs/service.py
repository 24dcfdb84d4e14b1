"""The queue: work that survives its worker.

A job is claimed under a lease with a fencing token. Whoever holds the lease renews it; once it has expired
it is lost, even if nobody else has claimed the job yet, so a worker that was suspended never comes back to
life as its owner. Every write that a handler makes belongs into a transaction that begins with
`assert_held`.

Leases are measured with the clock of the process. Clocks of several hosts that disagree by less than a
lease cost at worst a repeated attempt; the token, which no clock decides, keeps the results apart.
"""

import random
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError

from libs.core.clock import Clock
from libs.core.errors import Forbidden
from libs.core.ids import new_id
from libs.core.principal import Principal
from libs.core.values import Json
from libs.db.engine import Database
from libs.db.session import AnySession, WriteSession
from libs.events.repository import EventRepository
from libs.events.wakeup import Ear, Wakeup
from libs.jobs.dead_letters import DeadLetters
from libs.jobs.errors import JobNotDead, JobNotFound, LeaseLost
from libs.jobs.models import (
    FINISHED,
    NEW_JOB,
    Claimed,
    Heartbeat,
    Holding,
    Job,
    JobKind,
    Lease,
    cancel_channel,
)
from libs.jobs.port import Audit, DeadLetterHook
from libs.jobs.repository import JobRepository
from libs.jobs.sweeper import Sweeper

LOCK_RACES = 8
"""How often a claim is repeated when others win the race for the same lock key."""


class JobQueue:
    """The queue over one database."""

    def __init__(
        self,
        db: Database,
        clock: Clock,
        wakeup: Wakeup,
        *,
        lease_seconds: float,
        kinds: Mapping[str, JobKind] | None = None,
        audit: Audit | None = None,
        on_dead: DeadLetterHook | None = None,
    ) -> None:
        """
        Args:
            db: the database.
            clock: measures leases and delays.
            wakeup: tells waiting workers of new jobs.
            lease_seconds: how long a claim holds without being renewed.
            kinds: by name, how kinds of jobs are run; an unknown kind has the defaults of `JobKind`.
            audit: where retries by hand are recorded; without one they are refused.
            on_dead: told of each dead job inside the transaction in which it dies.
        """
        self._db = db
        self._clock = clock
        self._wakeup = wakeup
        self._kinds = dict(kinds or {})
        self._audit = audit
        self._jobs = JobRepository(db.dialect)
        self._dead_letters = DeadLetters(self._jobs, EventRepository(db.dialect), on_dead)
        self._sweeper = Sweeper(db, clock, wakeup, self._jobs, self._dead_letters)
        self.lease_seconds = lease_seconds

    def kind(self, name: str) -> JobKind:
        """How jobs of this kind are run."""
        return self._kinds.get(name) or JobKind(name)

    def new_jobs(self) -> AbstractContextManager[Ear]:
        """Signals that there may be something to claim."""
        return self._wakeup.listen(NEW_JOB)

    def cancellations(self, job_id: str) -> AbstractContextManager[Ear]:
        """Signals that the job's worker should renew its lease now, to learn of a cancellation."""
        return self._wakeup.listen(cancel_channel(job_id))

    async def enqueue(
        self,
        session: WriteSession,
        kind: str,
        payload: Json,
        *,
        organisation_id: str,
        project_id: str,
        run_id: str | None = None,
        dedupe_key: str | None = None,
        lock_key: str | None = None,
        run_at: datetime | None = None,
        priority: int = 0,
        correlation_id: str | None = None,
        max_attempts: int | None = None,
    ) -> str:
        """Adds a job to the caller's transaction; it exists if and when that is committed.

        Args:
            session: the caller's transaction.
            kind: `package.verb`.
            payload: plain JSON values.
            organisation_id: owner.
            project_id: owner.
            run_id: the run that it belongs to.
            dedupe_key: unique over all jobs ever, finished ones included: a second job with the same key is
                not added. To queue the same work again later, use a new key.
            lock_key: jobs with the same key run one at a time; the kind's key when left out.
            run_at: not before this moment.
            priority: higher goes first.
            correlation_id: travels into the log lines of the job.
            max_attempts: the kind's number when left out.

        Returns:
            The id of the new job, or of the job that already has the dedupe key.
        """
        now = self._clock.now()
        declared = self.kind(kind)
        values = {
            "id": new_id("job"),
            "organisation_id": organisation_id,
            "project_id": project_id,
            "run_id": run_id,
            "kind": kind,
            "payload": payload,
            "status": "queued",
            "priority": priority,
            "run_at": run_at or now,
            "attempts": 0,
            "max_attempts": max_attempts or declared.retry.max_attempts,
            "lock_key": lock_key or declared.lock_key(payload),
            "dedupe_key": dedupe_key,
            "correlation_id": correlation_id,
            "token": 0,
            "cancel_requested": False,
            "created_at": now,
        }
        job_id = await self._jobs.add(session, values)
        await self._wakeup.notify(session, NEW_JOB)
        return job_id

    async def claim(self, worker_id: str, kinds: Sequence[str]) -> Claimed | None:
        """Takes the next due job of these kinds: highest priority, then longest waiting.

        Returns:
            The job and its lease, or None when nothing is due or all that is due waits for a lock key.
        """
        for _ in range(LOCK_RACES):
            now = self._clock.now()
            try:
                async with self._db.write() as session:
                    return await self._jobs.claim_next(session, kinds, worker_id, now, self._lease_end(now))
            except IntegrityError:
                continue
        return None

    async def heartbeat(self, lease: Lease) -> Heartbeat:
        """Renews the lease and reports whether the job should stop."""
        now = self._clock.now()
        async with self._db.write() as session:
            job = await self._jobs.change_held(session, lease, now, {"leased_until": self._lease_end(now)})
        return Heartbeat(held=job is not None, cancel_requested=job is not None and job.cancel_requested)

    async def renew(self, lease: Lease) -> bool:
        """Renews the lease; False when it is lost, which no later heartbeat can undo."""
        return (await self.heartbeat(lease)).held

    async def assert_held(self, session: WriteSession, lease: Lease) -> None:
        """Fences the caller's transaction: what it writes is committed only if the lease held meanwhile.

        PostgreSQL locks the job's row against claims and sweeps until the transaction ends; on SQLite there
        is no other writer meanwhile.

        Raises:
            LeaseLost: the job is not, or no longer, held under this lease.
        """
        if await self._jobs.find_held(session, lease, self._clock.now()) is None:
            raise LeaseLost(job_id=lease.job_id)

    def holding(self, lease: Lease) -> Holding:
        """What `assert_held` asks, for a statement that writes only if it is so: one round trip instead of two."""
        return self._jobs.holding(lease, self._clock.now())

    async def complete(self, lease: Lease) -> None:
        """Ends the job as done.

        Raises:
            LeaseLost: someone else decides over the job now.
        """
        async with self._db.write() as session:
            await self.complete_in(session, lease)

    async def complete_in(self, session: WriteSession, lease: Lease) -> None:
        """Ends the job as done together with whatever else the transaction writes.

        Raises:
            LeaseLost: someone else decides over the job now.
        """
        await self._finish_held(session, lease, {"status": "done", "error": None})

    async def acknowledge_cancel(self, lease: Lease) -> None:
        """Ends the job as cancelled, after its handler has stopped.

        Raises:
            LeaseLost: someone else decides over the job now.
        """
        async with self._db.write() as session:
            await self._finish_held(session, lease, {"status": "cancelled"})

    async def fail(self, lease: Lease, error: str, retryable: bool) -> Job:
        """Ends an attempt: the job waits for its next one, is cancelled if that was asked for, or is dead.

        Args:
            lease: the attempt.
            error: what went wrong, in words for a person.
            retryable: whether another attempt could help.

        Returns:
            The job as it is now.

        Raises:
            LeaseLost: someone else decides over the job now.
        """
        now = self._clock.now()
        async with self._db.write() as session:
            await self.assert_held(session, lease)
            job = await self.get(session, lease.job_id)
            if job.cancel_requested:
                return await self._finish_held(session, lease, {"status": "cancelled", "error": error})
            if retryable and job.attempts < job.max_attempts:
                pause = self.kind(job.kind).retry.pause_s(job.attempts, random.random())  # noqa: S311
                return await self._change_held(
                    session,
                    lease,
                    {"status": "queued", "run_at": now + timedelta(seconds=pause), "error": error},
                )
            reason = f"{error} (attempt {job.attempts} of {job.max_attempts})" if retryable else error
            return await self._dead_letters.bury(session, job, reason, now)

    async def release(self, lease: Lease) -> None:
        """Gives the job back at once; the attempt does not count.

        Raises:
            LeaseLost: someone else decides over the job now.
        """
        now = self._clock.now()
        async with self._db.write() as session:
            await self.assert_held(session, lease)
            job = await self.get(session, lease.job_id)
            values = {"status": "queued", "attempts": job.attempts - 1, "run_at": now, "leased_until": None}
            await self._change_held(session, lease, values)
            await self._wakeup.notify(session, NEW_JOB)

    async def cancel(self, session: WriteSession, job_id: str) -> Job:
        """Cancels a waiting job at once and asks a running one to stop; a finished job stays as it is.

        Returns:
            The job: `cancelled`, or `running` with `cancel_requested`, or finished some other way.

        Raises:
            JobNotFound: no such job.
        """
        now = self._clock.now()
        cancelled = {"status": "cancelled", "cancel_requested": True, "finished_at": now}
        if job := await self._jobs.change_from(session, job_id, "queued", cancelled):
            return job
        if job := await self._jobs.change_from(session, job_id, "running", {"cancel_requested": True}):
            await self._wakeup.notify(session, cancel_channel(job_id))
            return job
        job = await self.get(session, job_id)
        # Between the two looks above a worker may have given the job back.
        return job if job.status in FINISHED else await self.cancel(session, job_id)

    async def cancel_run(self, session: WriteSession, run_id: str) -> list[Job]:
        """Cancels every unfinished job of a run, as `cancel` does; returns them."""
        return [
            await self.cancel(session, job_id) for job_id in await self._jobs.unfinished_of(session, run_id)
        ]

    async def sweep(self) -> list[Job]:
        """Takes jobs away from workers that no longer renew: back into the queue, or dead after the last try.

        Returns:
            The jobs that are dead now.
        """
        return await self._sweeper.sweep()

    async def get(self, session: AnySession, job_id: str, principal: Principal | None = None) -> Job:
        """The job.

        Raises:
            JobNotFound: no such job, or none in the principal's organisation.
        """
        job = await self._jobs.find(session, job_id)
        if job is None or (principal and principal.organisation_id != job.organisation_id):
            raise JobNotFound(job_id=job_id)
        return job

    async def position(self, session: AnySession, job_id: str) -> int | None:
        """How many waiting jobs are before this one; None when it is not waiting.

        Raises:
            JobNotFound: no such job.
        """
        job = await self.get(session, job_id)
        return await self._jobs.ahead_of(session, job) if job.status == "queued" else None

    async def place_of(self, session: AnySession, run_id: str) -> int | None:
        """How many waiting jobs are before the one that the run waits for; None when it waits for none."""
        job = await self._jobs.waiting_of(session, run_id)
        return None if job is None else await self._jobs.ahead_of(session, job)

    async def counts(self, session: AnySession) -> dict[str, int]:
        """How many jobs are in each status."""
        return await self._jobs.counts(session)

    async def retry_dead(self, session: WriteSession, principal: Principal, job_id: str) -> Job:
        """Takes a job out of the dead letters for another round of attempts; recorded in the audit log.

        Raises:
            Forbidden: the principal is not an admin, or nothing could record the retry.
            JobNotFound: no such job in the principal's organisation.
            JobNotDead: the job is not in the dead letters.
        """
        if self._audit is None or not principal.may("admin"):
            raise Forbidden("Only an admin may retry a dead job.")
        before = await self.get(session, job_id, principal)
        values = {
            "status": "queued",
            "attempts": 0,
            "run_at": self._clock.now(),
            "leased_until": None,
            "finished_at": None,
        }
        job = await self._jobs.change_from(session, job_id, "dead", values)
        if job is None:
            raise JobNotDead(job_id=job_id, status=before.status)
        await self._audit.record(session, principal, "job.retry", job_id, {"error": before.error})
        await self._wakeup.notify(session, NEW_JOB)
        return job

    def _lease_end(self, now: datetime) -> datetime:
        return now + timedelta(seconds=self.lease_seconds)

    async def _change_held(self, session: WriteSession, lease: Lease, values: Json) -> Job:
        job = await self._jobs.change_held(session, lease, self._clock.now(), values)
        if job is None:
            raise LeaseLost(job_id=lease.job_id)
        return job

    async def _finish_held(self, session: WriteSession, lease: Lease, values: Json) -> Job:
        return await self._change_held(session, lease, {**values, "finished_at": self._clock.now()})

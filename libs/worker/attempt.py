"""One attempt at one job: runs the handler, keeps the lease, and settles the outcome exactly once.

The outcome is written only while the lease holds. A worker that cannot renew, because someone took the job
over or because the database is out of reach, ends its handler by itself before the lease runs out and
writes nothing.
"""

import asyncio
from enum import Enum, auto
from time import monotonic

import structlog

from libs.core import faults
from libs.core.errors import LimitReached, ProductError, Unavailable
from libs.core.logging import bound
from libs.jobs.errors import JobCancelled, LeaseLost
from libs.jobs.models import Claimed
from libs.jobs.service import JobQueue
from libs.worker.context import Handler, JobContext

STOP_SECONDS = 5.0
"""How long a handler may take to stop once it is cancelled; afterwards it is left behind, fenced off."""
PAUSE_SECONDS = 0.5
"""Pause between attempts to reach a database that does not answer."""

log = structlog.get_logger()


class Stop(Enum):
    """Why a handler is ended before it returns."""

    LEASE_LOST = auto()
    TIMEOUT = auto()
    CANCELLED = auto()
    DRAINED = auto()


class Attempt:
    """Runs one claimed job to its outcome."""

    def __init__(
        self,
        queue: JobQueue,
        handler: Handler,
        claimed: Claimed,
        *,
        claimed_at: float,
        timeout_s: float,
        cancel_grace_s: float,
    ) -> None:
        """
        Args:
            queue: where the job came from.
            handler: does the work.
            claimed: the job and the lease.
            claimed_at: monotonic time before the claim, from which the lease is reckoned.
            timeout_s: longest duration of the attempt.
            cancel_grace_s: how long the handler may go on after its cancellation was asked for.
        """
        self._queue = queue
        self._handler = handler
        self._job = claimed.job
        self._lease = claimed.lease
        self._timeout_s = timeout_s
        self._cancel_grace_s = cancel_grace_s
        self._context = JobContext(
            job=claimed.job, lease=claimed.lease, correlation_id=claimed.job.correlation_id
        )
        self._stop: Stop | None = None
        self._stopping = asyncio.Event()
        self._renewed_at = claimed_at

    async def run(self) -> None:
        """Works until the job is done, given back, failed or lost; raises nothing that the job caused."""
        job = self._job
        with bound(job_id=job.id, run_id=job.run_id, correlation_id=job.correlation_id):
            log.info("job.started", kind=job.kind, attempt=job.attempts)
            started_at = monotonic()
            outcome = await self._settle(await self._work())
            log.info("job.ended", kind=job.kind, outcome=outcome, seconds=round(monotonic() - started_at, 3))

    def drain(self) -> None:
        """Ends the handler and gives the job back."""
        self._end(Stop.DRAINED)

    async def _work(self) -> "asyncio.Future[None]":
        handling = asyncio.ensure_future(self._handler(self._context))
        keeping = asyncio.create_task(self._keep_lease())
        stopping = asyncio.create_task(self._stopping.wait())
        try:
            await asyncio.wait(
                {handling, stopping, keeping}, timeout=self._timeout_s, return_when=asyncio.FIRST_COMPLETED
            )
            if not handling.done():
                # A keeper that ended, for whatever reason, renews nothing any more.
                self._end(Stop.LEASE_LOST if keeping.done() else Stop.TIMEOUT)
                handling.cancel()
                await asyncio.wait({handling}, timeout=STOP_SECONDS)
        finally:
            handling.cancel()
            stopping.cancel()
            keeping.cancel()
            await asyncio.wait({keeping, stopping})
            if not keeping.cancelled() and (error := keeping.exception()) is not None:
                log.error("job.keeper_crashed", exc_info=error)
        return handling

    def _end(self, why: Stop) -> None:
        # The first reason stands, except that a lost lease outweighs all others: nothing may be written then.
        if self._stop is None or why is Stop.LEASE_LOST:
            self._stop = why
        self._stopping.set()

    async def _keep_lease(self) -> None:
        lease_s = self._queue.lease_seconds
        asked_at: float | None = None
        with self._queue.cancellations(self._job.id) as ear:
            while True:
                await ear.wait_fully(
                    lease_s / 3 if asked_at is None else min(lease_s / 3, self._cancel_grace_s)
                )
                beat = await self._renew(until=self._renewed_at + lease_s * 0.9)
                if beat is None:
                    self._end(Stop.LEASE_LOST)
                    return
                if beat and asked_at is None:
                    asked_at = monotonic()
                    self._context.cancelled.set()
                if asked_at is not None and monotonic() - asked_at >= self._cancel_grace_s:
                    self._end(Stop.CANCELLED)

    async def _renew(self, *, until: float) -> bool | None:
        """Whether a cancellation was asked for; None when the lease is lost or not confirmed in time."""
        while monotonic() < until:
            began_at = monotonic()
            try:
                async with asyncio.timeout(until - began_at):
                    beat = await self._queue.heartbeat(self._lease)
            except TimeoutError:
                return None
            except Unavailable as error:
                log.warning("job.lease_not_renewed", error=error.message)
                await asyncio.sleep(min(PAUSE_SECONDS, max(until - monotonic(), 0.0)))
                continue
            if not beat.held:
                return None
            self._renewed_at = began_at
            return beat.cancel_requested
        return None

    async def _settle(self, handling: "asyncio.Future[None]") -> str:
        until = self._renewed_at + self._queue.lease_seconds
        while True:
            try:
                return await self._write_outcome(handling)
            except LeaseLost:
                log.warning("job.lease_lost")
                return "lost"
            except Unavailable as error:
                log.warning("job.outcome_not_written", error=error.message)
                if monotonic() >= until:
                    return "lost"
                await asyncio.sleep(PAUSE_SECONDS)

    async def _write_outcome(self, handling: "asyncio.Future[None]") -> str:
        if self._stop is Stop.LEASE_LOST:
            raise LeaseLost(job_id=self._job.id)
        ended_itself = handling.done() and not handling.cancelled()
        if ended_itself and handling.exception() is None:
            faults.point("worker.before-complete")
            await self._queue.complete(self._lease)
            faults.point("worker.after-complete")
            return "done"
        if ended_itself and self._stop is None:
            return await self._write_error(handling)
        match self._stop:
            case Stop.DRAINED:
                await self._queue.release(self._lease)
                return "released"
            case Stop.CANCELLED:
                await self._queue.acknowledge_cancel(self._lease)
                return "cancelled"
            case Stop.TIMEOUT:
                return await self._fail(
                    f"The job took longer than {self._timeout_s:g} seconds.", retryable=True
                )
            case _:
                return await self._fail("The handler ended itself without a result.", retryable=False)

    async def _write_error(self, handling: "asyncio.Future[None]") -> str:
        match handling.exception():
            case LeaseLost() as error:
                raise error
            case JobCancelled():
                await self._queue.acknowledge_cancel(self._lease)
                return "cancelled"
            case ProductError() as error:
                return await self._fail(error.message, retryable=_may_pass(error))
            case error:
                log.error("job.crashed", exc_info=error)
                return await self._fail(f"{type(error).__name__}: {error}", retryable=False)

    async def _fail(self, error: str, *, retryable: bool) -> str:
        job = await self._queue.fail(self._lease, error, retryable)
        return "will be tried again" if job.status == "queued" else job.status


def _may_pass(error: ProductError) -> bool:
    return isinstance(error, Unavailable) or (
        isinstance(error, LimitReached) and "retry_after_s" in error.facts
    )

"""The worker: claims jobs into its slots, runs them, sweeps expired leases, and drains when told to stop."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from time import monotonic

import structlog

from libs.core import faults
from libs.core.errors import Unavailable
from libs.events.wakeup import Ear
from libs.jobs.models import Claimed
from libs.jobs.service import JobQueue
from libs.worker.attempt import Attempt
from libs.worker.context import Handler

SWEEP_SECONDS = 2.0
"""Longest pause between sweeps; a third of the lease when that is shorter."""
UNAVAILABLE_PAUSE_SECONDS = 1.0

log = structlog.get_logger()


class Worker:
    """Works on jobs until it is told to stop."""

    def __init__(
        self,
        queue: JobQueue,
        handlers: Mapping[str, Handler],
        worker_id: str,
        slots: int,
        poll_s: float,
        *,
        drain_seconds: float = 20.0,
        cancel_grace_s: float = 5.0,
    ) -> None:
        """
        Args:
            queue: where jobs come from.
            handlers: by kind; only these kinds are claimed.
            worker_id: says in the job who holds it; unique per process.
            slots: how many jobs run at once.
            poll_s: how often to look for jobs when no signal comes.
            drain_seconds: how long running jobs may go on after the stop before they are given back.
            cancel_grace_s: how long a handler may go on after its cancellation was asked for.
        """
        self._queue = queue
        self._handlers = dict(handlers)
        self._worker_id = worker_id
        self._slots = slots
        self._poll_s = poll_s
        self._drain_seconds = drain_seconds
        self._cancel_grace_s = cancel_grace_s
        self._running: dict[asyncio.Task[None], Attempt] = {}

    async def run(self, stop: asyncio.Event) -> None:
        """Works until the event is set, then drains; cancelling this gives all jobs back at once."""
        sweeping = asyncio.create_task(self._sweep_forever())
        stopping = asyncio.create_task(stop.wait())
        log.info("worker.started", worker_id=self._worker_id, slots=self._slots, kinds=sorted(self._handlers))
        try:
            with self._queue.new_jobs() as ear:
                while not stop.is_set():
                    await self._fill_a_slot(ear, stopping)
            if self._running:
                log.info("worker.draining", jobs=len(self._running), seconds=self._drain_seconds)
                await asyncio.wait(self._running, timeout=self._drain_seconds)
        finally:
            sweeping.cancel()
            stopping.cancel()
            for attempt in tuple(self._running.values()):
                attempt.drain()
            await asyncio.gather(sweeping, stopping, *self._running, return_exceptions=True)
            log.info("worker.stopped", worker_id=self._worker_id)

    async def _fill_a_slot(self, ear: Ear, stopping: "asyncio.Task[bool]") -> None:
        if len(self._running) >= self._slots:
            await asyncio.wait({*self._running, stopping}, return_when=asyncio.FIRST_COMPLETED)
            return
        claimed_at = monotonic()
        try:
            claimed = await self._queue.claim(self._worker_id, tuple(self._handlers))
        except Unavailable as error:
            log.warning("worker.cannot_claim", error=error.message, advice=error.advice)
            await asyncio.wait({stopping}, timeout=UNAVAILABLE_PAUSE_SECONDS)
            return
        if claimed is not None:
            faults.point("worker.after-claim")
            self._start(claimed, claimed_at)
            return
        waiting = asyncio.create_task(ear.wait(self._poll_s))
        await asyncio.wait({waiting, stopping}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        with suppress(asyncio.CancelledError):
            await waiting

    def _start(self, claimed: Claimed, claimed_at: float) -> None:
        attempt = Attempt(
            self._queue,
            self._handlers[claimed.job.kind],
            claimed,
            claimed_at=claimed_at,
            timeout_s=self._queue.kind(claimed.job.kind).timeout_s,
            cancel_grace_s=self._cancel_grace_s,
        )
        task = asyncio.create_task(attempt.run(), name=claimed.job.id)
        self._running[task] = attempt
        task.add_done_callback(self._ended)

    def _ended(self, task: "asyncio.Task[None]") -> None:
        del self._running[task]
        if not task.cancelled() and (error := task.exception()) is not None:
            # The job stays leased and the sweeper brings it back; the worker goes on with others.
            log.error("worker.attempt_failed", job_id=task.get_name(), exc_info=error)

    async def _sweep_forever(self) -> None:
        pause_s = min(SWEEP_SECONDS, self._queue.lease_seconds / 3)
        while True:
            try:
                for job in await self._queue.sweep():
                    log.error("job.dead", job_id=job.id, kind=job.kind, error=job.error)
            except Unavailable as error:
                log.warning("worker.cannot_sweep", error=error.message)
            await asyncio.sleep(pause_s)

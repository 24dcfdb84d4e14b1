"""Takes jobs away from workers that no longer renew their leases."""

from libs.core.clock import Clock
from libs.core.values import Json
from libs.db.engine import Database
from libs.db.session import WriteSession
from libs.events.wakeup import Wakeup
from libs.jobs.dead_letters import DeadLetters
from libs.jobs.errors import LeaseLost
from libs.jobs.models import NEW_JOB, Job
from libs.jobs.repository import JobRepository


class Sweeper:
    """Each job in a transaction of its own, so that one that cannot be swept holds up no other."""

    def __init__(
        self, db: Database, clock: Clock, wakeup: Wakeup, jobs: JobRepository, dead_letters: DeadLetters
    ) -> None:
        self._db = db
        self._clock = clock
        self._wakeup = wakeup
        self._jobs = jobs
        self._dead_letters = dead_letters

    async def sweep(self) -> list[Job]:
        """Puts jobs with expired leases back into the queue, or ends them after their last attempt."""
        now = self._clock.now()
        async with self._db.read() as reading:
            expired = await self._jobs.expired(reading, now)
        dead: list[Job] = []
        for job_id, token in expired:
            async with self._db.write() as session:
                job = await self._jobs.lock_expired(session, job_id, token, now)
                if job is not None and (swept := await self._sweep_one(session, job)).status == "dead":
                    dead.append(swept)
        return dead

    async def _sweep_one(self, session: WriteSession, job: Job) -> Job:
        now = self._clock.now()
        error = (
            f"The worker {job.worker_id} stopped answering in attempt {job.attempts} of {job.max_attempts}."
        )
        if job.cancel_requested:
            values: Json = {"status": "cancelled", "error": error, "finished_at": now}
        elif job.attempts < job.max_attempts:
            values = {"status": "queued", "error": error, "run_at": now}
        else:
            return await self._dead_letters.bury(session, job, error, now)
        swept = await self._jobs.change_from(session, job.id, "running", values)
        if swept is None:
            raise LeaseLost(job_id=job.id)
        await self._wakeup.notify(session, NEW_JOB)
        return swept

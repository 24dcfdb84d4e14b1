"""Where jobs end that nobody could finish: with the reason and the last thing their run did."""

from datetime import datetime

from libs.db.session import WriteSession
from libs.events.repository import EventRepository
from libs.jobs.errors import LeaseLost
from libs.jobs.models import Job
from libs.jobs.port import DeadLetterHook
from libs.jobs.repository import JobRepository


class DeadLetters:
    """Turns running jobs into dead ones."""

    def __init__(self, jobs: JobRepository, events: EventRepository, on_dead: DeadLetterHook | None) -> None:
        self._jobs = jobs
        self._events = events
        self._on_dead = on_dead

    async def bury(self, session: WriteSession, job: Job, reason: str, now: datetime) -> Job:
        """Ends a running job for good and tells those who must end its run, in the same transaction.

        Raises:
            LeaseLost: the job is not running any more.
        """
        error = await self._with_last_event(session, job, reason)
        values = {"status": "dead", "error": error, "finished_at": now}
        dead = await self._jobs.change_from(session, job.id, "running", values)
        if dead is None:
            raise LeaseLost(job_id=job.id)
        if self._on_dead is not None:
            await self._on_dead(session, dead)
        return dead

    async def _with_last_event(self, session: WriteSession, job: Job, reason: str) -> str:
        last = await self._events.last(session, job.run_id) if job.run_id else None
        if last is None:
            return reason
        where = f" of {last.node}" if last.node else ""
        return f"{reason} Last event: {last.type}{where}, number {last.seq}."

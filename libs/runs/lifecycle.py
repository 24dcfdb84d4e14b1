"""How runs begin and end: admission in one transaction, one terminal event, whatever happens between."""

from collections.abc import Sequence
from typing import Any

from libs.core.clock import Clock
from libs.core.ids import new_id
from libs.core.principal import Principal
from libs.core.values import Json
from libs.db.session import AnySession, WriteSession
from libs.events.models import NewEvent
from libs.events.service import EventLog
from libs.jobs.models import Job
from libs.jobs.service import JobQueue
from libs.projects import repository as projects
from libs.projects.models import DecisionSet
from libs.runs import repository
from libs.runs.approvals import ADVANCE
from libs.runs.errors import RunIsFinal, RunNotFound
from libs.runs.models import AgentRun, Run, RunStatus


class RunService:
    """Admits, ends and shows runs. Callers own the transaction."""

    def __init__(self, queue: JobQueue, events: EventLog, clock: Clock) -> None:
        self._queue = queue
        self._events = events
        self._clock = clock

    async def admit_design(
        self,
        session: WriteSession,
        principal: Principal,
        decision_set: DecisionSet,
        run_input: Json,
        correlation_id: str,
    ) -> tuple[Run, str]:
        """Decision set, run, event stream and first job come into being together, before anyone is told.

        Returns:
            The run and the id of its job.
        """
        run = Run(
            id=decision_set.run_id,
            organisation_id=decision_set.organisation_id,
            project_id=decision_set.project_id,
            decision_set_id=decision_set.id,
            kind="design",
            status="queued",
            thread_id=decision_set.thread_id,
            input=run_input,
            problem=None,
            actor=principal.actor,
            correlation_id=correlation_id,
            created_at=self._clock.now(),
            finished_at=None,
        )
        await projects.insert_decision_set(session, decision_set)
        await repository.insert_run(session, run)
        await self._events.open(
            session,
            run.id,
            organisation_id=run.organisation_id,
            project_id=run.project_id,
            decision_set_id=run.decision_set_id,
        )
        job_id = await self._enqueue(session, run, reason=run.id)
        return run, job_id

    async def get(self, session: AnySession, principal: Principal, run_id: str) -> Run:
        """The run, or RunNotFound (also for another organisation's)."""
        run = await repository.find_run(session, principal.organisation_id, run_id)
        if run is None:
            raise RunNotFound(f"There is no run {run_id!r} here.", run_id=run_id)
        return run

    async def list(
        self,
        session: AnySession,
        principal: Principal,
        *,
        status: str | None = None,
        after: str | None = None,
        limit: int = 50,
    ) -> Sequence[Run]:
        """Runs, newest first, behind the id `after`."""
        return await repository.list_runs(
            session, principal.organisation_id, status=status, after=after, limit=limit
        )

    async def agent_runs(self, session: AnySession, principal: Principal, run_id: str) -> Sequence[AgentRun]:
        """Finished visits of the run's nodes, oldest first."""
        await self.get(session, principal, run_id)
        return await repository.list_agent_runs(session, run_id)

    async def end(
        self,
        session: WriteSession,
        run: Run,
        status: RunStatus,
        *,
        outcome: str,
        problem: dict[str, Any] | None = None,
    ) -> None:
        """Ends a run once: status, cancelled gates, `run-error` where something failed, and `run-complete`."""
        current = await repository.find_run(session, None, run.id)
        if current is None or current.is_final:
            return
        now = self._clock.now()
        await repository.set_run_status(session, run.id, status, problem=problem, finished_at=now)
        await repository.cancel_waiting(session, run.id)
        await projects.patch_decision_set(session, run.decision_set_id, {"status": status}, now)
        closing = [
            NewEvent(
                type="run-complete",
                key="run-complete",
                data={"status": status, "outcome": outcome, "problem": problem},
            )
        ]
        if status == "failed" and problem is not None:
            closing.insert(0, NewEvent(type="run-error", key="run-error", data=problem))
        await self._events.append(session, run.id, closing)

    async def cancel(self, session: WriteSession, principal: Principal, run_id: str) -> Run:
        """Stops a run; what it has made so far is kept.

        Raises:
            RunIsFinal: the run has ended already.
        """
        run = await self.get(session, principal, run_id)
        if run.is_final:
            raise RunIsFinal(f"The run has ended already: {run.status}.", status=run.status)
        await self._queue.cancel_run(session, run_id)
        await self.end(session, run, "cancelled", outcome=f"stopped by {principal.actor}")
        return await self.get(session, principal, run_id)

    async def on_dead_job(self, session: WriteSession, job: Job) -> None:
        """Ends the run of a job that used up its attempts, in the transaction in which the job dies."""
        if job.kind != ADVANCE or job.run_id is None:
            return
        run = await repository.find_run(session, None, job.run_id)
        if run is None:
            return
        problem = {
            "code": "runs.job_dead",
            "message": job.error or "The run's job used up its attempts.",
            "kept": "Everything up to the last finished step is kept.",
            "advice": "Look at the events, mend the cause, and start the design again from this decision set.",
            "run_id": run.id,
        }
        await self.end(session, run, "failed", outcome="failed", problem=problem)

    async def _enqueue(self, session: WriteSession, run: Run, *, reason: str) -> str:
        return await self._queue.enqueue(
            session,
            ADVANCE,
            {"run_id": run.id},
            organisation_id=run.organisation_id,
            project_id=run.project_id,
            run_id=run.id,
            dedupe_key=f"{ADVANCE}:{reason}",
            lock_key=f"run:{run.id}",
            correlation_id=run.correlation_id,
        )


def new_correlation_id() -> str:
    """Ties together the log lines of a request, its jobs and their nodes."""
    return new_id("req")

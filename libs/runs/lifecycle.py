"""How runs begin, end and go on: admission in one transaction, and one terminal event whatever happens between."""

from collections.abc import Mapping, Sequence
from typing import Any

from libs.accounts.audit import AuditLog
from libs.accounts.rights import require
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
from libs.runs.errors import RunIsFinal, RunNotFound, RunNotRetryable
from libs.runs.models import AgentRun, Run, RunStatus


class RunService:
    """Admits, ends, retries and shows runs. Callers own the transaction."""

    def __init__(self, queue: JobQueue, events: EventLog, clock: Clock, audit: AuditLog) -> None:
        self._queue = queue
        self._events = events
        self._clock = clock
        self._audit = audit

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
        run = await self._admit(session, principal, decision_set, run_input, correlation_id)
        return run, await self._enqueue(session, run, reason=run.id)

    async def admit_finished(
        self,
        session: WriteSession,
        principal: Principal,
        decision_set: DecisionSet,
        run_input: Json,
        correlation_id: str,
        *,
        story: Sequence[NewEvent],
        outcome: str,
    ) -> Run:
        """A run that has nothing to do comes into being with its decision set, its story told, and is done.

        Args:
            story: what there is to tell, without `run-complete`.
            outcome: in a word, how it ended.
        """
        run = await self._admit(session, principal, decision_set, run_input, correlation_id)
        await self._events.append(session, run.id, story)
        await self.end(session, run, "done", outcome=outcome)
        return await self.get(session, principal, run.id)

    async def _admit(
        self,
        session: WriteSession,
        principal: Principal,
        decision_set: DecisionSet,
        run_input: Json,
        correlation_id: str,
    ) -> Run:
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
        return run

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
        """Ends a run once, and once more after each retry.

        Its status, its waiting gates (cancelled), `run-error` where something failed, and `run-complete`.
        """
        current = await repository.lock_run(session, run.id)
        if current is None or current.is_final:
            return
        now = self._clock.now()
        await repository.set_run_status(session, run.id, status, problem=problem, finished_at=now)
        await repository.cancel_waiting(session, run.id)
        await projects.patch_decision_set(session, run.decision_set_id, {"status": status}, now)
        retries = await self._retries(session, run.id)
        which = f".{retries}" if retries else ""
        closing = [
            NewEvent(
                type="run-complete",
                key=f"run-complete{which}",
                data={"status": status, "outcome": outcome, "problem": problem},
            )
        ]
        if status == "failed" and problem is not None:
            closing.insert(0, NewEvent(type="run-error", key=f"run-error{which}", data=problem))
        await self._events.append(session, run.id, closing)

    async def cancel(self, session: WriteSession, principal: Principal, run_id: str) -> Run:
        """Stops a run; what it has made so far is kept.

        Raises:
            RunNotFound: there is no such run.
            RunIsFinal: the run has ended already.
            Forbidden: the principal may not edit.
        """
        require(principal, "editor")
        run = await self.get(session, principal, run_id)
        if run.is_final:
            raise RunIsFinal(f"The run has ended already: {run.status}.", status=run.status)
        await self._queue.cancel_run(session, run_id)
        await self.end(session, run, "cancelled", outcome=f"stopped by {principal.actor}")
        await self._audit.record(session, principal, "run.cancel", run_id, {"was": run.status})
        return await self.get(session, principal, run_id)

    async def retry(self, session: WriteSession, principal: Principal, run_id: str) -> Run:
        """Lets a run that failed or was stopped go on at the step where it broke off.

        Its checkpoint, what its nodes made and what was decided at its gates are kept, so finished nodes are not
        worked again; a gate that waited is asked again. The new job has all attempts before it.

        Raises:
            RunNotFound: there is no such run.
            RunNotRetryable: it goes on by itself, waits for a person, or ended as somebody decided.
            Forbidden: the principal may not edit.
        """
        require(principal, "editor")
        before = await self.get(session, principal, run_id)
        if not await repository.reopen_run(session, run_id):
            current = await self.get(session, principal, run_id)
            raise RunNotRetryable(
                f"The run cannot be retried: it is {current.status}.",
                advice=f"Nothing was changed. {_INSTEAD[current.status]}",
                status=current.status,
            )
        retry = await self._retries(session, run_id) + 1
        # The first attempt was not a retry.
        about = {"by": principal.actor, "attempt": retry + 1}
        retried = NewEvent(type="run-retried", key=f"run-retried.{retry}", data=about)
        now = self._clock.now()
        await projects.patch_decision_set(session, before.decision_set_id, {"status": "queued"}, now)
        await self._events.reopen(session, run_id, retried)
        await self._audit.record(
            session, principal, "run.retry", run_id, {"attempt": retry + 1, "was": before.status}
        )
        await self._enqueue(session, before, reason=f"{run_id}.retry.{retry}")
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
            "advice": "Look at the events, mend the cause and retry the run: it goes on at the step that failed.",
            "run_id": run.id,
        }
        await self.end(session, run, "failed", outcome="failed", problem=problem)

    async def _retries(self, session: AnySession, run_id: str) -> int:
        return len(await self._events.keys(session, run_id, "run-retried"))

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


_INSTEAD: Mapping[RunStatus, str] = {
    "queued": "It is about to go on by itself.",
    "running": "It is still at work; follow its events, or stop it first.",
    "waiting": "Decide at its gate, and it goes on.",
    "done": "It has nothing left to do; send a message to its decision set for the next version.",
    "rejected": "Send a message to its decision set to start the next version.",
    "blocked": "Send a message to its decision set to start the next version.",
}
"""What to do about a run that did not break off."""


def new_correlation_id() -> str:
    """Ties together the log lines of a request, its jobs and their nodes."""
    return new_id("req")

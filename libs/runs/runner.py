"""Carries a run from where it is to its next gate or its end, whoever worked on it before.

What to pass to the graph is read from the checkpoint and from our own decision row, never remembered: no checkpoint
means the input; a pending interrupt with a decision means that decision, addressed to the interrupt's id; anything
else means nothing at all. Passing the same decision again is harmless, because there is only ever one.
"""

import asyncio
from collections.abc import Sequence
from typing import Any, Protocol

from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph.state import CompiledStateGraph
from langgraph.types import Command, Interrupt, StateSnapshot

from libs.core import faults
from libs.core.clock import Clock
from libs.core.logging import bound
from libs.core.values import Json
from libs.db.engine import Database
from libs.db.session import WriteSession
from libs.events.service import EventLog
from libs.jobs.models import Job, Lease
from libs.jobs.service import JobQueue
from libs.projects import repository as projects
from libs.projects.content import ContentStore
from libs.projects.models import GatePolicy
from libs.runs import repository
from libs.runs.announcement import PATIENCE_S
from libs.runs.approvals import ApprovalService
from libs.runs.gates import policy_principal
from libs.runs.lifecycle import RunService
from libs.runs.models import Approval, GateDecision, GateRequest, Run, RunStatus
from libs.runs.recorder import Recorder
from libs.runs.savers import FencedPostgresSaver, SaverFactory

Graph = CompiledStateGraph[Any, Any, Any, Any]
RECURSION_LIMIT = 200


class Workflow(Protocol):
    """A graph and what it needs, as the runner sees it."""

    def compiled(self, saver: BaseCheckpointSaver[str]) -> Graph:
        """The graph with this saver."""
        ...

    async def first_input(self, run: Run) -> Json:
        """The state that a run begins with."""
        ...

    def context(self, run: Run, recorder: Recorder, attempt: int) -> Any:
        """The run-time context of the nodes."""
        ...

    async def gate_request(self, run: Run, value: Json) -> GateRequest:
        """The request behind an interrupt's value."""
        ...

    def ending(self, state: Json) -> tuple[RunStatus, str, Json | None]:
        """Status, outcome and problem of a finished run, from its final state."""
        ...


class Runner:
    """The handler of `runs.advance` and `runs.gate_deadline`."""

    def __init__(
        self,
        db: Database,
        queue: JobQueue,
        events: EventLog,
        content: ContentStore,
        savers: SaverFactory,
        approvals: ApprovalService,
        runs: RunService,
        clock: Clock,
        workflow: Workflow,
    ) -> None:
        self._db = db
        self._queue = queue
        self._events = events
        self._content = content
        self._savers = savers
        self._approvals = approvals
        self._runs = runs
        self._clock = clock
        self._workflow = workflow

    async def advance(self, job: Job, lease: Lease, cancelled: asyncio.Event) -> None:
        """Works on a run until it waits at a gate, ends, or is stopped.

        Raises:
            LeaseLost: another worker has the run; nothing was written since.
            Unavailable: something it needs does not answer; the job is worth another attempt.
        """
        recorder = Recorder(
            self._db,
            self._queue,
            self._events,
            self._content,
            self._clock,
            lease,
            # After a crash the story must name the node in flight, should that node be the one that kills workers.
            patience_s=PATIENCE_S if job.attempts == 1 else 0,
        )
        run = await self._begin(job, lease, recorder)
        if run is None:
            return
        config: RunnableConfig = {
            "configurable": {"thread_id": run.thread_id},
            "recursion_limit": RECURSION_LIMIT,
        }
        with bound(run_id=run.id, correlation_id=run.correlation_id):
            async with self._savers.open(lease) as saver:
                graph = self._workflow.compiled(saver)
                context = self._workflow.context(run, recorder, job.attempts)
                while not cancelled.is_set():
                    snapshot = await graph.aget_state(config)
                    if snapshot.metadata is not None and not recorder.has_finished:
                        # No row names what the first input holds before the first node has finished, so a run that
                        # broke off there and goes on days later may find its objects swept. This stores them again.
                        await self._workflow.first_input(run)
                    if not await self._step(graph, config, context, run, lease, snapshot):
                        break
                if isinstance(saver, FencedPostgresSaver):
                    await saver.forget_history(run.thread_id)

    async def on_deadline(self, job: Job) -> None:
        """Carries out the deadline of a gate; harmless when the gate was decided meanwhile."""
        gate_id = job.payload["gate_id"]
        async with self._db.write() as session:
            approval = await repository.lock_approval(session, None, gate_id)
            if approval is None or approval.status != "waiting":
                return
            policy = await self._gate_policy(session, approval)
            deadline = policy.input_deadline if approval.kind == "input" else policy.final_deadline
            if deadline is not None:
                await self._approvals.on_deadline(session, gate_id, deadline, job.payload["attempt"])

    async def _begin(self, job: Job, lease: Lease, recorder: Recorder) -> Run | None:
        async with self._db.write() as session:
            await self._queue.assert_held(session, lease)
            run = await repository.find_run(session, None, job.payload["run_id"])
            if run is None or run.is_final:
                return None
            await repository.set_run_status(session, run.id, "running")
            await projects.patch_decision_set(
                session, run.decision_set_id, {"status": "running"}, self._clock.now()
            )
            await recorder.look_back(session, run.id)
        return run

    async def _step(
        self,
        graph: Graph,
        config: RunnableConfig,
        context: Any,
        run: Run,
        lease: Lease,
        snapshot: StateSnapshot,
    ) -> bool:
        """One pass through the graph; returns whether there may be more to do."""
        if snapshot.metadata is None:
            await self._stream(graph, await self._workflow.first_input(run), config, context)
            return True
        # `next` alone would not do: it leaves out tasks whose writes are stored but not yet in a checkpoint.
        if not snapshot.tasks:
            await self._end(run, lease, dict(snapshot.values))
            return False
        pending = _pending(snapshot)
        if not pending:
            await self._stream(graph, None, config, context)
            return True
        answers = {}
        for interrupt in pending:
            decision = await self._decision(run, lease, interrupt)
            if decision is not None:
                answers[interrupt.id] = decision
        if not answers:
            return False
        faults.point("gate.resume")
        await self._stream(graph, Command(resume=answers), config, context)
        return True

    async def _stream(self, graph: Graph, given: Any, config: RunnableConfig, context: Any) -> None:
        stream = graph.astream(given, config, context=context, stream_mode="updates", durability="sync")
        async for _ in stream:
            pass

    async def _decision(self, run: Run, lease: Lease, interrupt: Interrupt) -> Json | None:
        """The decision on an interrupt, after recording its request and asking the gate policy."""
        request = await self._workflow.gate_request(run, interrupt.value)
        async with self._db.write() as session:
            await self._queue.assert_held(session, lease)
            project = await projects.find_project(session, run.organisation_id, run.project_id)
            policy = project.gate_policy if project else GatePolicy()
            approval = await self._approvals.record(session, run, interrupt.id, request, policy)
            if approval.status == "waiting" and passes(policy, request):
                decision = GateDecision(
                    gate_id=approval.id,
                    digest=approval.digest,
                    decision="approve",
                    comment=f"Policy `{policy.input if request.kind == 'input' else policy.final}`.",
                )
                # This job goes on by itself; one more would give a run that kills its workers more attempts.
                approval = await self._approvals.decide(
                    session,
                    policy_principal(run.organisation_id),
                    run.decision_set_id,
                    decision,
                    enqueue=False,
                )
        faults.point("gate.recorded")
        if approval.status == "decided" and approval.decision is not None:
            return approval.decision.to_json() | {"actor": approval.decided_by}
        return None

    async def _end(self, run: Run, lease: Lease, state: Json) -> None:
        status, outcome, problem = self._workflow.ending(state)
        if problem is not None:
            problem = {**problem, "run_id": run.id}
        async with self._db.write() as session:
            await self._queue.assert_held(session, lease)
            await self._runs.end(session, run, status, outcome=outcome, problem=problem)
        faults.point("run.ended")

    async def _gate_policy(self, session: WriteSession, approval: Approval) -> GatePolicy:
        project = await projects.find_project(session, approval.organisation_id, approval.project_id)
        return project.gate_policy if project else GatePolicy()


def passes(policy: GatePolicy, request: GateRequest) -> bool:
    """Whether the project's policy lets this request through without a person."""
    when = policy.input if request.kind == "input" else policy.final
    if "approve" not in request.decisions or when == "always":
        return False
    if when == "never":
        return True
    trips = list(request.trips)
    monthly = request.shown.get("monthly_usd")
    limit = policy.cost_trip_usd_month
    if request.kind == "final" and limit is not None and isinstance(monthly, int | float) and monthly > limit:
        trips.append("cost")
    return not trips


def _pending(snapshot: StateSnapshot) -> Sequence[Interrupt]:
    return [interrupt for task in snapshot.tasks for interrupt in task.interrupts]

"""A workflow of three nodes and one gate, driven by the real runner, queue, events and savers."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypedDict

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph import END, START, StateGraph
from langgraph.runtime import Runtime
from langgraph.types import interrupt

from libs.accounts.audit import AuditLog
from libs.core.clock import Clock, SystemClock
from libs.core.ids import new_id
from libs.core.principal import Principal, local_owner
from libs.core.values import Json
from libs.db.engine import Database
from libs.events.service import EventLog
from libs.events.wakeup import LocalWakeup
from libs.jobs.models import Claimed
from libs.jobs.service import JobQueue
from libs.projects import repository as projects
from libs.projects.content import ContentStore
from libs.projects.models import DecisionSet, GatePolicy
from libs.projects.service import ProjectService
from libs.runs.approvals import ADVANCE, GATE_DEADLINE, ApprovalService
from libs.runs.lifecycle import RunService
from libs.runs.models import GateDecision, GateRequest, Run, RunStatus
from libs.runs.recorder import Recorder, Visit
from libs.runs.runner import Graph, Runner
from libs.runs.savers import SaverFactory
from libs.storage.adapters.memory import MemoryStore


class TinyState(TypedDict, total=False):
    text: Json
    gate_request: Json
    decision: Json
    result: Json


@dataclass
class TinyContext:
    run: Run
    recorder: Recorder
    calls: list[str]
    hold: Callable[[str], Awaitable[None]]


class TinyWorkflow:
    """`prepare` → gate → `work`; counts how often each node worked."""

    def __init__(self, content: ContentStore) -> None:
        self._content = content
        self.calls: list[str] = []
        self.hold: Callable[[str], Awaitable[None]] = _go_on

    def compiled(self, saver: BaseCheckpointSaver[str]) -> Graph:
        graph: StateGraph[Any, Any, Any, Any] = StateGraph(TinyState, context_schema=TinyContext)
        graph.add_node("prepare", _prepare)
        graph.add_node("hitl_gate_final", _gate)
        graph.add_node("work", _work)
        graph.add_edge(START, "prepare")
        graph.add_edge("prepare", "hitl_gate_final")
        graph.add_edge("hitl_gate_final", "work")
        graph.add_edge("work", END)
        return graph.compile(checkpointer=saver)

    async def first_input(self, run: Run) -> Json:
        ref = await self._content.put_json(run.organisation_id, "text", run.input)
        return {"text": ref.to_json()}

    def context(self, run: Run, recorder: Recorder, attempt: int) -> Any:
        return TinyContext(run, recorder, self.calls, self.hold)

    async def gate_request(self, run: Run, value: Json) -> GateRequest:
        loaded = await self._content.get_json(run.organisation_id, value["request"]["sha256"])
        return GateRequest.model_validate(loaded)

    def ending(self, state: Json) -> tuple[RunStatus, str, Json | None]:
        return ("done" if state["decision"]["decision"] == "approve" else "rejected"), "ended", None


async def _go_on(_node: str) -> None:
    return None


async def _visited(
    runtime: Runtime[TinyContext], node: str, work: Callable[[Visit], Awaitable[Json]]
) -> Json:
    context = runtime.context
    assert runtime.execution_info is not None
    visit = Visit(context.run, node, runtime.execution_info.task_id, context.recorder)
    known = await context.recorder.start(visit, announce=not node.startswith("hitl_"))
    if known is not None:
        return known
    try:
        context.calls.append(node)
        await context.hold(node)
        update = await work(visit)
        await context.recorder.finish(visit, update, 0.0)
        return update
    finally:
        await context.recorder.leave(visit)


async def _prepare(state: TinyState, runtime: Runtime[TinyContext]) -> Json:
    async def work(visit: Visit) -> Json:
        request = GateRequest(
            kind="final",
            title="Approve",
            message="all good",
            decisions=("approve", "reject"),
            trips=("always",),
            shown={"text": state["text"], "monthly_usd": 10.0},
        )
        ref = await visit.keep_json("request.json", "gate_request", request)
        return {"gate_request": ref.to_json()}

    return await _visited(runtime, "prepare", work)


async def _gate(state: TinyState, runtime: Runtime[TinyContext]) -> Json:
    decision = interrupt({"request": state["gate_request"]})

    async def work(_visit: Visit) -> Json:
        return {"decision": decision}

    return await _visited(runtime, "hitl_gate_final", work)


async def _work(state: TinyState, runtime: Runtime[TinyContext]) -> Json:
    async def work(visit: Visit) -> Json:
        ref = await visit.keep("result.txt", "result", b"made by the node", "text/plain")
        visit.change_decision_set(payload_sha256=ref.sha256)
        return {"result": ref.to_json()}

    return await _visited(runtime, "work", work)


class TinyProduct:
    """The services around the tiny workflow, over one database."""

    def __init__(self, db: Database, clock: Clock | None = None, lease_seconds: float = 30.0) -> None:
        self.db = db
        self.clock = clock or SystemClock()
        self.blobs = MemoryStore()
        self.content = ContentStore(self.blobs)
        wakeup = LocalWakeup()
        self.audit = AuditLog(db, self.clock)
        self.events = EventLog(db, self.clock, wakeup)
        self.queue = JobQueue(
            db,
            self.clock,
            wakeup,
            lease_seconds=lease_seconds,
            audit=self.audit,
            on_dead=lambda session, job: self.runs.on_dead_job(session, job),
        )
        self.runs = RunService(self.queue, self.events, self.clock, self.audit)
        self.projects = ProjectService(self.clock, self.audit)
        self.approvals = ApprovalService(
            self.queue, self.events, self.audit, self.content, self.clock, lambda _request, decision: decision
        )
        self.savers = SaverFactory(db.url.render_as_string(hide_password=False))
        self.workflow = TinyWorkflow(self.content)
        self.runner = Runner(
            db,
            self.queue,
            self.events,
            self.content,
            self.savers,
            self.approvals,
            self.runs,
            self.clock,
            self.workflow,
        )
        self.owner = local_owner()

    async def start(self, policy: GatePolicy | None = None) -> Run:
        """Admits a run in a project of its own."""
        async with self.db.write() as session:
            project = await self.projects.create(session, self.owner, new_id("p"), policy or GatePolicy())
            now = self.clock.now()
            decision_set_id = new_id("ds")
            decision_set = DecisionSet(
                id=decision_set_id,
                organisation_id=self.owner.organisation_id,
                project_id=project.id,
                parent_id=None,
                version=await projects.next_version(session, project.id, decision_set_id),
                thread_id=new_id("thread"),
                run_id=new_id("run"),
                status="queued",
                title="tiny",
                constraints=[],
                plan_sha256=None,
                payload_sha256=None,
                summary={},
                created_by=self.owner.actor,
                created_at=now,
                updated_at=now,
                lock_version=1,
            )
            run, _ = await self.runs.admit_design(session, self.owner, decision_set, {"brief": "x"}, "req_1")
        return run

    async def claim(self, worker: str = "w1") -> Claimed:
        claimed = await self.queue.claim(worker, [ADVANCE, GATE_DEADLINE])
        assert claimed is not None
        return claimed

    async def work(self, claimed: Claimed | None = None) -> None:
        """Carries out one job."""
        claimed = claimed or await self.claim()
        if claimed.job.kind == ADVANCE:
            await self.runner.advance(claimed.job, claimed.lease, asyncio.Event())
        else:
            await self.runner.on_deadline(claimed.job)
        await self.queue.complete(claimed.lease)

    async def gate(self, run: Run) -> Any:
        async with self.db.read() as session:
            return await self.approvals.waiting(session, self.owner, run.decision_set_id)

    async def decide(self, run: Run, decision: GateDecision, principal: Principal | None = None) -> Any:
        principal = principal or self.owner
        async with self.db.read() as session:
            await self.approvals.verify_shown(session, principal, decision)
        async with self.db.write() as session:
            return await self.approvals.decide(session, principal, run.decision_set_id, decision)

    async def story(self, run: Run) -> list[Any]:
        return await self.events.read(self.owner, run.id, after=0, limit=500)

    async def close(self) -> None:
        await self.savers.close()

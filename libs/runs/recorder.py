"""What a node leaves behind, written once however often the node is repeated.

A visit is one execution of a node at one step of the graph; its id is the task id of the checkpoint, so every attempt
at the same step has the same one. Everything a visit produced (events, cards, artifact rows, changes of the decision
set, the state update itself) is one transaction that holds the lease. A repeated visit that had finished returns the
recorded update instead of working again.

What had finished is read once a job: while the lease is held nobody else adds to it, and a worker that lost the lease
writes nothing whatever it believes.
"""

import time
from collections.abc import Sequence
from functools import partial
from typing import Any

from libs.core import faults
from libs.core.clock import Clock
from libs.core.ids import new_id
from libs.core.values import Json
from libs.db.engine import Database
from libs.db.session import AnySession, WriteSession
from libs.events.models import EventType, NewEvent, ReasonCard
from libs.events.service import EventLog
from libs.jobs.errors import LeaseLost
from libs.jobs.models import Lease
from libs.jobs.service import JobQueue
from libs.llm.port import ModelUsage
from libs.projects import repository as projects
from libs.projects.content import ContentStore
from libs.projects.models import Artifact, Ref
from libs.runs import repository
from libs.runs.announcement import PATIENCE_S, Announcement
from libs.runs.models import AgentRun, Run


class Visit:
    """Collects what one node produces; nothing is visible outside before the visit is finished, except `tell`."""

    def __init__(self, run: Run, node: str, key: str, recorder: "Recorder") -> None:
        self.run = run
        self.node = node
        self.key = key
        self._recorder = recorder
        self.events: list[NewEvent] = []
        self.cards = 0
        self.artifacts: list[tuple[str, Ref, str]] = []
        self.changes: dict[str, Any] = {}
        self.cost_estimate: dict[str, Any] | None = None
        self.usages: list[ModelUsage] = []
        self.announcement: Announcement | None = None

    def event(self, event_type: EventType, data: Json, *, name: str = "", node: str | None = None) -> None:
        """Adds an event to those that appear when the node completes."""
        key = f"{self.key}.{event_type}.{name or len(self.events)}"
        self.events.append(NewEvent(type=event_type, key=key, node=node or self.node, data=data))

    def card(self, card: ReasonCard) -> None:
        """Adds a reason card; every node leaves at least one."""
        self.cards += 1
        self.event("reason-card", card.to_json(), name=f"{self.cards}")

    def card_id(self) -> str:
        """Id for the next card: the same for every attempt at this visit."""
        return f"{self.run.id}.{self.key}.{self.cards + 1}"

    async def tell(self, event_type: EventType, data: Json, *, name: str) -> None:
        """Appends an event at once, for progress inside a long node; the name makes it unique in the visit."""
        event = NewEvent(type=event_type, key=f"{self.key}.{event_type}.{name}", node=self.node, data=data)
        await self._recorder.append(self, [event])

    async def keep(
        self, name: str, kind: str, data: bytes, content_type: str = "application/octet-stream"
    ) -> Ref:
        """Stores bytes now; the artifact row that makes them reachable comes with the finished visit."""
        ref = await self._recorder.content.put(self.run.organisation_id, kind, data, content_type)
        self.artifacts.append((name, ref, content_type))
        return ref

    def record(self, name: str, ref: Json, content_type: str) -> None:
        """Names an object that was stored before the run had a node to record it."""
        self.artifacts.append((name, Ref.model_validate(ref), content_type))

    async def keep_json(self, name: str, kind: str, value: Any) -> Ref:
        """Stores the canonical JSON of a value as an artifact."""
        ref = await self._recorder.content.put_json(self.run.organisation_id, kind, value)
        self.artifacts.append((name, ref, "application/json"))
        return ref

    async def load(self, ref: Json | Ref) -> bytes:
        """The bytes behind a reference of the state."""
        sha256 = ref.sha256 if isinstance(ref, Ref) else ref["sha256"]
        return await self._recorder.content.get(self.run.organisation_id, sha256)

    async def load_json(self, ref: Json | Ref) -> Any:
        """The value behind a reference of the state."""
        sha256 = ref.sha256 if isinstance(ref, Ref) else ref["sha256"]
        return await self._recorder.content.get_json(self.run.organisation_id, sha256)

    def change_decision_set(self, **values: Any) -> None:
        """Columns of the decision set that change when the visit finishes."""
        self.changes.update(values)


class Recorder:
    """Writes visits under the lease of the job that executes them."""

    def __init__(
        self,
        db: Database,
        queue: JobQueue,
        events: EventLog,
        content: ContentStore,
        clock: Clock,
        lease: Lease,
        *,
        patience_s: float = PATIENCE_S,
    ) -> None:
        """
        Args:
            patience_s: how long a node may take until its `node-start` goes out by itself; 0 for at once.
        """
        self._db = db
        self._queue = queue
        self._events = events
        self._clock = clock
        self._lease = lease
        self._patience_s = patience_s
        self._finished: dict[str, dict[str, Any]] = {}
        self._told: set[str] = set()
        self.content = content

    async def look_back(self, session: AnySession, run_id: str) -> None:
        """Reads what earlier jobs of the run left; called once the lease is held, before the first visit."""
        self._finished = await repository.visit_updates(session, run_id)
        self._told = await self._events.keys(session, run_id, "node-start")

    @property
    def has_finished(self) -> bool:
        """Whether any visit of the run has finished, in this job or in an earlier one."""
        return bool(self._finished)

    async def start(self, visit: Visit, *, announce: bool = True) -> dict[str, Any] | None:
        """Announces the node, unless somebody did; returns the recorded state update if this visit had finished before.

        Raises:
            LeaseLost: another worker has the run.
        """
        if visit.key in self._finished:
            return self._finished[visit.key]
        key = f"{visit.key}.node-start"
        if announce and key not in self._told:
            started = NewEvent(type="node-start", key=key, node=visit.node, at=self._clock.now())
            if self._patience_s:
                append = partial(self._append, visit.run.id)
                visit.announcement = Announcement(started, append, self._patience_s)
            else:
                await self._append(visit.run.id, [started])
        return None

    async def append(self, visit: Visit, events: Sequence[NewEvent]) -> None:
        """Appends events of the visit at once, under the lease.

        Raises:
            LeaseLost: another worker has the run.
        """
        await self._append(visit.run.id, [*await _first(visit), *events])

    async def finish(self, visit: Visit, update: dict[str, Any], began: float) -> None:
        """Writes all that the visit produced, its agent run and `node-complete`, in one transaction.

        Args:
            began: `time.monotonic()` when the node began.

        Raises:
            LeaseLost: another worker has the run; nothing was written.
        """
        seconds = round(time.monotonic() - began, 4)
        now = self._clock.now()
        usage = _total(visit.usages)
        started = await _first(visit)
        faults.point(f"{visit.node}.effect")
        completed = NewEvent(
            type="node-complete",
            key=f"{visit.key}.node-complete",
            node=visit.node,
            data={"seconds": seconds, "cards": visit.cards},
        )
        agent_run = AgentRun(
            run_id=visit.run.id,
            visit=visit.key,
            node=visit.node,
            provider=usage.provider,
            model=usage.model,
            input_tokens=usage.input_tokens,
            output_tokens=usage.output_tokens,
            cost_usd=usage.cost_usd,
            seconds=seconds,
            finished_at=now,
        )
        async with self._db.write() as session:
            holding = self._queue.holding(self._lease)
            if not await repository.insert_agent_run(session, visit.run, agent_run, update, holding):
                raise LeaseLost(job_id=self._lease.job_id)
            await self._record_products(session, visit)
            # Nobody else has these keys: they come with the first visit that finishes under this one.
            await self._events.append_fresh(session, visit.run.id, [*started, *visit.events, completed])
        self._finished[visit.key] = update
        faults.point(f"{visit.node}.commit")

    async def fail(self, visit: Visit, error: BaseException, attempt: int) -> None:
        """Appends `node-error`; another attempt, of this job or of the run's next, may still complete the node."""
        message = getattr(error, "message", "") or f"{type(error).__name__}: {error}"
        failed = NewEvent(
            type="node-error",
            key=f"{visit.key}.node-error.{self._lease.job_id}.{attempt}",
            node=visit.node,
            data={"message": message, "code": getattr(error, "code", "core.error"), "attempt": attempt},
        )
        await self.append(visit, [failed])

    async def leave(self, visit: Visit) -> None:
        """Ends what the visit has under way; called however it ended."""
        if visit.announcement is not None:
            await visit.announcement.close()

    async def _append(self, run_id: str, events: Sequence[NewEvent]) -> None:
        async with self._db.write() as session:
            await self._queue.assert_held(session, self._lease)
            await self._events.append(session, run_id, events)

    async def _record_products(self, session: WriteSession, visit: Visit) -> None:
        now = self._clock.now()
        run = visit.run
        rows = [
            (
                visit.key,
                Artifact(
                    id=new_id("art"),
                    organisation_id=run.organisation_id,
                    project_id=run.project_id,
                    decision_set_id=run.decision_set_id,
                    run_id=run.id,
                    name=name,
                    kind=ref.kind,
                    sha256=ref.sha256,
                    bytes=ref.bytes,
                    content_type=content_type,
                    created_at=now,
                ),
            )
            for name, ref, content_type in visit.artifacts
        ]
        await projects.insert_artifacts(session, rows)
        if visit.changes:
            await projects.patch_decision_set(session, run.decision_set_id, visit.changes, now)
        if visit.cost_estimate is not None:
            await projects.insert_cost_estimate(session, run, visit.key, visit.cost_estimate, now)


async def _first(visit: Visit) -> list[NewEvent]:
    return await visit.announcement.take() if visit.announcement else []


def _total(usages: Sequence[ModelUsage]) -> ModelUsage:
    if not usages:
        return ModelUsage(provider="engine", model="built-in", cost_usd=0.0)
    known = [usage.cost_usd for usage in usages if usage.cost_usd is not None]
    return ModelUsage(
        provider=usages[-1].provider,
        model=usages[-1].model,
        input_tokens=sum(usage.input_tokens for usage in usages),
        output_tokens=sum(usage.output_tokens for usage in usages),
        cost_usd=sum(known) if len(known) == len(usages) else None,
    )

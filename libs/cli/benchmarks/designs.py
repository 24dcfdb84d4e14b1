"""Designs from admission to gate and to the end, in a product of their own with the worker that `serve` has."""

import asyncio
import shutil
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from libs.bootstrap import Services, build
from libs.cli.benchmarks.briefs import AS_OF
from libs.cli.benchmarks.models import MeasurementFailed
from libs.core.principal import local_owner
from libs.core.settings import Settings
from libs.events.models import Event
from libs.migrations.migrate import migrate
from libs.projects.models import GatePolicy
from libs.runs.lifecycle import new_correlation_id
from libs.runs.models import GateDecision
from libs.worker.service import run_worker
from libs.workflow.service import DesignOptions, StartDesign, StartedDesign

LONGEST_SECONDS = 600.0
"""A design that takes longer is not measured any more."""
NO_INPUT_GATE = GatePolicy(input="never", final="always")


class Homes:
    """Fresh homes with the newest schema, so that no design profits from what an earlier one stored."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made = 0
        self._empty = folder / "migrated.sqlite"

    async def settings(self, base: Settings) -> Settings:
        """The settings over a new home."""
        if not self._empty.exists():
            await asyncio.to_thread(migrate, f"sqlite:///{self._empty}")
        self._made += 1
        home = self._folder / f"home-{self._made}"
        home.mkdir()
        shutil.copyfile(self._empty, home / "product.sqlite")
        return base.model_copy(update={"home": home, "database_url": ""})


@asynccontextmanager
async def working(settings: Settings) -> AsyncIterator[Services]:
    """The services with a worker beside them, as in `serve`."""
    services = await build(settings)
    stop = asyncio.Event()
    worker = asyncio.create_task(run_worker(services, stop))
    try:
        yield services
    finally:
        stop.set()
        await worker
        await services.close()


class Design:
    """One design and what it told."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._started: StartedDesign | None = None
        self._seen = 0

    @property
    def started(self) -> StartedDesign:
        """The ids of the design.

        Raises:
            MeasurementFailed: it was not started.
        """
        if self._started is None:
            raise MeasurementFailed("The design was not started.")
        return self._started

    async def start(self, brief: str) -> None:
        """Admits the design; its input gate lets it through."""
        request = StartDesign(
            messages=(brief,), options=DesignOptions(as_of=AS_OF, gate_policy=NO_INPUT_GATE)
        )
        async with self._services.db.write() as session:
            self._started = await self._services.designs.start(
                session, local_owner(), request, new_correlation_id()
            )

    async def approve(self) -> None:
        """Approves the gate that waits, as a person does who saw what it shows."""
        services, owner, where = self._services, local_owner(), self.started.decision_set_id
        async with services.db.read() as session:
            gate = await services.approvals.waiting(session, owner, where)
            decision = GateDecision(gate_id=gate.id, digest=gate.digest, decision="approve")
            await services.approvals.verify_shown(session, owner, decision)
        async with services.db.write() as session:
            await services.approvals.decide(session, owner, where, decision)

    async def until_gate(self) -> list[Event]:
        """The events up to the final gate."""
        events = await self._until("gate-waiting", "final")
        if "approve" not in events[-1].data["gate"]["decisions"]:
            raise MeasurementFailed(f"The gate blocks: {events[-1].data['gate']['shown']}")
        return events

    async def until_complete(self) -> list[Event]:
        """The events from the approval to the end of the run."""
        events = await self._until("run-complete")
        if events[-1].data["status"] != "done":
            raise MeasurementFailed(
                f"The run ended as {events[-1].data['status']}: {events[-1].data['problem']}"
            )
        return events

    async def artifact_json(self, name: str) -> list[dict[str, object]]:
        """A stored list of the design, such as `checks.json`."""
        services, owner = self._services, local_owner()
        async with services.db.read() as session:
            found = await services.projects.latest_artifact(
                session, owner, self.started.decision_set_id, name
            )
        loaded: list[dict[str, object]] = await services.content.get_json(owner.organisation_id, found.sha256)
        return loaded

    async def _until(self, event_type: str, gate: str = "") -> list[Event]:
        events: list[Event] = []
        until = time.monotonic() + LONGEST_SECONDS
        feed = self._services.events.follow(local_owner(), self.started.run_id, self._seen, heartbeat_s=1.0)
        async for event in feed:
            if event is None:
                if time.monotonic() > until:
                    raise MeasurementFailed(f"No {event_type} within {LONGEST_SECONDS:g} s.")
                continue
            events.append(event)
            self._seen = event.seq
            waits = event.data["gate"] if event.type == "gate-waiting" else {}
            if event.type == event_type and waits.get("kind", "") == gate:
                return events
            if waits.get("kind") == "final":
                raise MeasurementFailed(f"The run went back to its final gate: {waits.get('outcome')}")
        raise MeasurementFailed(f"The run ended before {event_type}: {events[-1].data if events else ''}")

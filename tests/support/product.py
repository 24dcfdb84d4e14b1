"""The whole product over one database, with recorded checks, driven step by step from a test."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from libs.bootstrap import Services, build
from libs.core.clock import Clock
from libs.core.principal import Principal, local_owner
from libs.core.settings import Settings
from libs.db.engine import Database
from libs.events.models import Event
from libs.projects.models import DecisionSet, DecisionSetFilter, GatePolicy
from libs.runs.lifecycle import new_correlation_id
from libs.runs.models import GateDecision
from libs.workflow.deps import Checks
from libs.workflow.service import DesignOptions, StartDesign, StartedDesign

FRAUD = (
    "Design an MLOps system for real-time fraud detection with sub-100ms latency, PCI DSS compliance, "
    "and auto-scaling for 10,000 requests/second."
)
CHURN = (
    "We have 250,000 customers in eu-central-1 and want a churn score for each of them every night, written to a "
    "table before 6 am. GDPR applies, the data is sensitive, the budget is 900 dollars a month, two people run it, "
    "99% availability is enough, and the model is retrained every week on 20 GB of history."
)


def settings_for(database_url: str, home: Path, **changes: Any) -> Settings:
    """Settings of a product with recorded checks below a temporary folder."""
    values: dict[str, Any] = {
        "home": home,
        "database_url": database_url,
        "checks": "twin",
        "sandbox": "recorded",
        "lease_seconds": 120.0,
        "poll_seconds": 0.05,
    }
    return Settings(**(values | changes))


class Product:
    """Services, and the moves that a test makes with them."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self.owner: Principal = local_owner()

    @property
    def db(self) -> Database:
        return self.services.db

    async def start(
        self,
        *messages: str,
        parent: str | None = None,
        fork_of: str | None = None,
        policy: GatePolicy | None = None,
        principal: Principal | None = None,
        constraints: dict[str, Any] | None = None,
        **options: Any,
    ) -> StartedDesign:
        request = StartDesign(
            messages=messages,
            decision_set_id=parent,
            constraints=constraints or {},
            fork_of=fork_of,
            options=DesignOptions.model_validate({"gate_policy": policy, "as_of": "2026-11-21", **options}),
        )
        async with self.db.write() as session:
            return await self.services.designs.start(
                session, principal or self.owner, request, new_correlation_id()
            )

    async def work(self) -> None:
        """Carries out jobs in this task until none is due."""
        kinds = tuple(self.services.handlers)
        while (claimed := await self.services.queue.claim("test", kinds)) is not None:
            attempt = _Attempt(claimed.job, claimed.lease)
            await self.services.handlers[claimed.job.kind](attempt)
            await self.services.queue.complete(claimed.lease)

    async def gate(self, started: StartedDesign) -> dict[str, Any] | None:
        async with self.db.read() as session:
            return await self.services.approvals.view(session, self.owner, started.decision_set_id)

    async def waiting(self, started: StartedDesign) -> dict[str, Any]:
        gate = await self.gate(started)
        assert gate is not None, await self.kinds(started)
        return gate

    async def decide(
        self, started: StartedDesign, decision: str, *, principal: Principal | None = None, **details: Any
    ) -> None:
        gate = await self.waiting(started)
        given = GateDecision.model_validate(
            {"gate_id": gate["id"], "digest": gate["digest"], "decision": decision, **details}
        )
        who = principal or self.owner
        async with self.db.read() as session:
            await self.services.approvals.verify_shown(session, who, given)
        async with self.db.write() as session:
            await self.services.approvals.decide(session, who, started.decision_set_id, given)

    async def decision_set(self, started: StartedDesign) -> DecisionSet:
        async with self.db.read() as session:
            return await self.services.projects.decision_set(session, self.owner, started.decision_set_id)

    async def listed(self, **wanted: Any) -> list[DecisionSet]:
        """Designs as a list shows them, newest first."""
        async with self.db.read() as session:
            found = await self.services.projects.decision_sets(
                session, self.owner, DecisionSetFilter(**wanted)
            )
        return [each.decision_set for each in found]

    async def story(self, started: StartedDesign) -> list[Event]:
        return await self.services.events.read(self.owner, started.run_id, after=0, limit=5000)

    async def kinds(self, started: StartedDesign) -> list[str]:
        story = await self.story(started)
        return [f"{event.type}:{event.node}" if event.node else event.type for event in story]

    async def cards(self, started: StartedDesign, node: str) -> list[dict[str, Any]]:
        story = await self.story(started)
        return [event.data for event in story if event.type == "reason-card" and event.node == node]

    async def artifact(self, started: StartedDesign, name: str) -> bytes:
        async with self.db.read() as session:
            found = await self.services.projects.latest_artifact(
                session, self.owner, started.decision_set_id, name
            )
        return await self.services.content.get(self.owner.organisation_id, found.sha256)

    async def through(self, *messages: str, **options: Any) -> StartedDesign:
        """A design with defaults accepted and the architecture approved."""
        started = await self.start(*messages, **options)
        await self.work()
        while (gate := await self.gate(started)) is not None:
            assert "approve" in gate["decisions"], gate["message"]
            await self.decide(started, "approve")
            await self.work()
        return started


class _Attempt:
    def __init__(self, job: Any, lease: Any) -> None:
        self.job = job
        self.lease = lease
        self.cancelled = asyncio.Event()


@asynccontextmanager
async def product_over(
    settings: Settings, clock: Clock | None = None, checks: Checks | None = None
) -> AsyncIterator[Product]:
    """The product for the length of the block."""
    services = await build(settings, clock, checks)
    try:
        yield Product(services)
    finally:
        await services.close()

"""A design whose run is written step by step through the services, without the workflow."""

import io
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Literal

from libs.bootstrap import Services
from libs.core.ids import new_id
from libs.core.principal import Principal, local_owner
from libs.events.models import NewEvent, ReasonCard
from libs.projects import repository as projects
from libs.projects.models import Artifact, GatePolicy
from libs.runs.models import Approval, GateRequest, Run
from libs.workflow.service import DesignOptions, StartDesign, StartedDesign

BRIEF = "Score two million customers for churn every night in eu-central-1 for at most 800 dollars a month."
FILES = {"README.md": b"# Churn\n", "infra/main.tf": b"terraform {}\n", "model.bin": b"\xff\xfe\x00"}


class Stage:
    """Plays the part of the worker."""

    def __init__(self, services: Services, principal: Principal | None = None) -> None:
        self.services = services
        self.principal = principal or local_owner()

    async def start(self, message: str = BRIEF, policy: GatePolicy | None = None) -> StartedDesign:
        request = StartDesign(messages=(message,), options=DesignOptions(gate_policy=policy))
        async with self.services.db.write() as session:
            return await self.services.designs.start(session, self.principal, request, "req_test")

    async def run(self, design: StartedDesign) -> Run:
        async with self.services.db.read() as session:
            return await self.services.runs.get(session, self.principal, design.run_id)

    async def tell(self, design: StartedDesign, *events: NewEvent) -> None:
        async with self.services.db.write() as session:
            await self.services.events.append(session, design.run_id, events)

    async def tell_steps(self, design: StartedDesign, count: int, first: int = 1) -> None:
        await self.tell(
            design,
            *(
                NewEvent(type="node-start", key=f"step.{n}", node="planner", data={"n": n})
                for n in range(first, first + count)
            ),
        )

    async def end(self, design: StartedDesign, status: Literal["done", "failed"] = "done") -> None:
        run = await self.run(design)
        async with self.services.db.write() as session:
            await self.services.runs.end(session, run, status, outcome=status)

    async def gate(
        self,
        design: StartedDesign,
        *,
        title: str = "Approve",
        shown: Mapping[str, Any] | None = None,
        decisions: tuple[Any, ...] = ("approve", "respond", "edit", "reject"),
        policy: GatePolicy | None = None,
    ) -> Approval:
        request = GateRequest(
            kind="final",
            title=title,
            message="About $700 a month.",
            decisions=decisions,
            shown=dict(shown or {}),
        )
        run = await self.run(design)
        async with self.services.db.write() as session:
            return await self.services.approvals.record(
                session, run, new_id("interrupt"), request, policy or GatePolicy()
            )

    async def artifact(
        self, design: StartedDesign, name: str, content: bytes, content_type: str = "application/octet-stream"
    ) -> Artifact:
        ref = await self.services.content.put(self.principal.organisation_id, "test", content, content_type)
        run = await self.run(design)
        artifact = Artifact(
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
            created_at=datetime.now(UTC),
        )
        async with self.services.db.write() as session:
            await projects.insert_artifacts(session, [(new_id("visit"), artifact)])
        return artifact

    async def patch(self, design: StartedDesign, **values: Any) -> None:
        async with self.services.db.write() as session:
            await projects.patch_decision_set(session, design.decision_set_id, values, datetime.now(UTC))


def packed(files: Mapping[str, bytes] = FILES) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for path, content in files.items():
            archive.writestr(zipfile.ZipInfo(path, (1980, 1, 1, 0, 0, 0)), content)
    return buffer.getvalue()


def card(number: int) -> NewEvent:
    value = ReasonCard(
        decision_id=f"card-{number}",
        agent="Architect",
        node="planner",
        trigger="a test",
        at=datetime(2026, 1, 1, tzinfo=UTC),
        title=f"Card {number}",
        choice="this",
        justification="because",
        confidence=1.0,
    )
    return NewEvent(type="reason-card", key=f"card.{number}", node="planner", data=value.to_json())

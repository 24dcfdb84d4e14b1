"""Two people decide one gate at the same moment in opposite ways: one wins, the other learns who and when."""

import asyncio

import httpx
import pytest
from sqlalchemy import func, select

from libs.accounts.tables import AuditRow
from libs.core.settings import Settings
from libs.jobs.tables import JobRow
from libs.projects.models import GatePolicy
from libs.runs.models import Approval
from libs.runs.tables import ApprovalRow
from libs.workflow.service import StartedDesign
from tests.api.stage import Stage
from tests.reliability.conftest import Server
from tests.reliability.invariants import assert_whole
from tests.reliability.waiting import until_all_ended, until_told
from tests.support.product import CHURN, Product
from tests.support.servers import free_port
from tests.support.workers import Forge


def bodies(gate_id: str, digest: str) -> tuple[dict[str, str], dict[str, str]]:
    """The two decisions."""
    shown = {"gate_id": gate_id, "digest": digest}
    return (
        {**shown, "decision": "approve", "comment": "Yes."},
        {**shown, "decision": "reject", "comment": "No."},
    )


class Rivals:
    """Two clients of two servers over the same database."""

    def __init__(self, first: httpx.AsyncClient, second: httpx.AsyncClient) -> None:
        self._clients = (first, second)

    async def decide(self, design: StartedDesign, gate_id: str, digest: str) -> str:
        """Sends both decisions at once, checks both answers, and returns the one that stands."""
        path = f"/api/decision-sets/{design.decision_set_id}/approve"
        answers = await asyncio.gather(
            *(
                client.post(path, json=body)
                for client, body in zip(self._clients, bodies(gate_id, digest), strict=True)
            )
        )
        won = [answer for answer in answers if answer.status_code == 202]
        lost = [answer for answer in answers if answer.status_code == 409]
        assert (len(won), len(lost)) == (1, 1), [answer.text for answer in answers]
        problem, winner = lost[0].json(), won[0].json()
        assert problem["code"] == "runs.gate_already_decided"
        assert winner["decided_by"] in lost[0].text
        assert winner["decided_at"][:19] in lost[0].text
        return str(winner["decision"])


class TestOppositeDecisions:
    async def _raced(self, product: Product, server: Server, other: Server, times: int) -> None:
        stage = Stage(product.services)
        designs: list[tuple[StartedDesign, Approval]] = []
        for _ in range(times):
            design = await stage.start()
            designs.append((design, await stage.gate(design)))
        async with (
            httpx.AsyncClient(base_url=server.base, timeout=60) as first,
            httpx.AsyncClient(base_url=other.base, timeout=60) as second,
        ):
            rivals = Rivals(first, second)
            stands = [await rivals.decide(design, gate.id, gate.digest) for design, gate in designs]
        async with product.db.read() as session:
            decided = dict(
                (await session.execute(select(ApprovalRow.id, ApprovalRow.decision))).tuples().all()
            )
            audited = dict(
                (
                    await session.execute(
                        select(AuditRow.subject, func.count())
                        .where(AuditRow.action == "gate.decide")
                        .group_by(AuditRow.subject)
                    )
                )
                .tuples()
                .all()
            )
            jobs = dict(
                (await session.execute(select(JobRow.run_id, func.count()).group_by(JobRow.run_id)))
                .tuples()
                .all()
            )
        for (design, gate), stood in zip(designs, stands, strict=True):
            decision = decided[gate.id]
            assert decision is not None
            assert decision["decision"] == stood
            assert audited[gate.id] == 1
            # The job that started the design, and the one that carries the decision on.
            assert jobs[design.run_id] == 2
            assert (await product.kinds(design)).count("gate-decided:hitl_gate_final") == 1

    async def _with_two_servers(
        self, product: Product, forge: Forge, settings: Settings, server: Server, times: int
    ) -> None:
        other = Server(forge, settings.model_copy(update={"port": free_port()}))
        await asyncio.gather(server.start(), other.start())
        try:
            await self._raced(product, server, other, times)
        finally:
            await other.kill()

    async def test_exactly_one_of_two_stands(
        self, product: Product, forge: Forge, settings: Settings, server: Server
    ) -> None:
        await self._with_two_servers(product, forge, settings, server, 25)

    @pytest.mark.long
    async def test_three_hundred_times(
        self, product: Product, forge: Forge, settings: Settings, server: Server
    ) -> None:
        await self._with_two_servers(product, forge, settings, server, 300)

    async def test_what_follows_happens_once(
        self, product: Product, forge: Forge, settings: Settings, server: Server, client: httpx.AsyncClient
    ) -> None:
        await server.start()
        workers = [forge.start(settings) for _ in range(2)]
        policy = GatePolicy(input="never", final="always")
        designs = [await product.start(CHURN, policy=policy) for _ in range(4)]
        for design in designs:
            await until_told(product, design, "gate-waiting:hitl_gate_final")
        stands = {}
        async with httpx.AsyncClient(base_url=server.base, timeout=60) as second:
            rivals = Rivals(client, second)
            for design in designs:
                gate = await product.waiting(design)
                stands[design.run_id] = await rivals.decide(design, gate["id"], gate["digest"])
        await until_all_ended(product, designs)
        for worker in workers:
            worker.kill()
        for design in designs:
            approved = stands[design.run_id] == "approve"
            await assert_whole(product, design, status="done" if approved else "rejected")
            assert (await product.kinds(design)).count("node-start:codegen") == int(approved)

"""Starting a design while the server dies or many ask at once: what was accepted exists, whole and once."""

import asyncio
import random

import httpx
import pytest
from sqlalchemy import select

from libs.core.settings import Settings
from libs.jobs.tables import JobRow
from libs.projects.models import GatePolicy
from libs.projects.tables import DecisionSetRow
from libs.runs.tables import RunRow
from libs.workflow.service import StartedDesign
from tests.reliability.conftest import Server
from tests.reliability.invariants import assert_whole
from tests.reliability.waiting import until_all_ended
from tests.support.product import CHURN, Product
from tests.support.stores import often_over
from tests.support.workers import Forge

LIMIT_MS = 50
PARALLEL = 20


async def project_of(product: Product) -> str:
    """A project whose gates let everything pass."""
    async with product.db.write() as session:
        policy = GatePolicy(input="never", final="never")
        return (await product.services.projects.create(session, product.owner, "Unattended", policy)).id


class TestKilledAroundItsAnswer:
    async def _accepted(
        self, product: Product, server: Server, settings: Settings, times: int
    ) -> list[StartedDesign]:
        dice = random.Random(times)
        accepted: list[StartedDesign] = []
        body = {"message": CHURN, "project_id": await project_of(product)}

        async def ask() -> None:
            async with httpx.AsyncClient(base_url=server.base, timeout=60) as client:
                answer = await client.post("/api/chat/async", json=body)
                assert answer.status_code == 202, answer.text
                accepted.append(StartedDesign.model_validate(answer.json()))

        for number in range(times):
            await server.start()
            asking = asyncio.create_task(ask())
            if number % 3 == 0:
                await asyncio.wait({asking})
            await asyncio.sleep(dice.uniform(0, LIMIT_MS) / 1000)
            await server.kill()
            await asyncio.wait({asking})
            if (error := asking.exception()) is not None:
                assert isinstance(error, httpx.TransportError), error
        assert len(accepted) >= times // 3
        return accepted

    async def _nothing_is_half(self, product: Product, accepted: list[StartedDesign]) -> None:
        async with product.db.read() as session:
            runs = set((await session.execute(select(RunRow.id))).scalars())
            jobs = set((await session.execute(select(JobRow.run_id))).scalars())
            designs = set((await session.execute(select(DecisionSetRow.run_id))).scalars())
        assert runs == jobs == designs
        assert {started.run_id for started in accepted} <= runs

    async def _carried(
        self, product: Product, server: Server, settings: Settings, forge: Forge, times: int
    ) -> None:
        accepted = await self._accepted(product, server, settings, times)
        await self._nothing_is_half(product, accepted)
        worker = forge.start(settings)
        await until_all_ended(product, accepted)
        worker.kill()
        for started in accepted:
            await assert_whole(product, started)

    @often_over("sqlite")
    async def test_every_answer_has_a_run_that_ends(
        self, product: Product, server: Server, settings: Settings, forge: Forge
    ) -> None:
        await self._carried(product, server, settings, forge, 15)

    @pytest.mark.long
    async def test_three_hundred_times(
        self, product: Product, server: Server, settings: Settings, forge: Forge
    ) -> None:
        await self._carried(product, server, settings, forge, 300)


class TestTheSameKeyManyTimes:
    async def test_parallel_requests_make_one_run_and_get_one_answer(
        self, product: Product, server: Server, client: httpx.AsyncClient
    ) -> None:
        await server.start()
        headers = {"Idempotency-Key": "the-same"}
        answers = await asyncio.gather(
            *(
                client.post("/api/chat/async", json={"message": CHURN}, headers=headers)
                for _ in range(PARALLEL)
            )
        )
        assert {answer.status_code for answer in answers} == {202}
        assert all(answer.json() == answers[0].json() for answer in answers)
        assert sum("idempotency-replayed" in answer.headers for answer in answers) == PARALLEL - 1
        async with product.db.read() as session:
            assert len((await session.execute(select(RunRow.id))).scalars().all()) == 1
            assert len((await session.execute(select(JobRow.id))).scalars().all()) == 1

        other = await client.post("/api/chat/async", json={"message": f"{CHURN} Now."}, headers=headers)
        assert other.status_code == 422
        assert other.json()["code"] == "runs.idempotency_key_reused"

    async def test_an_answer_that_was_lost_is_given_again_by_the_next_server(
        self, product: Product, server: Server, client: httpx.AsyncClient
    ) -> None:
        await server.start()
        headers = {"Idempotency-Key": "lost"}
        first = await client.post("/api/chat/async", json={"message": CHURN}, headers=headers)
        await server.restart()
        async with httpx.AsyncClient(base_url=server.base, timeout=60) as fresh:
            again = await fresh.post("/api/chat/async", json={"message": CHURN}, headers=headers)
        assert (again.status_code, again.json()) == (202, first.json())

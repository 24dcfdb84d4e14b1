"""A new version is rolled out under live runs: workers drain, servers change, and a waiting gate stays decidable."""

import asyncio

import httpx

from libs.core.settings import Settings
from libs.projects.models import GatePolicy
from tests.reliability.conftest import Server
from tests.reliability.invariants import assert_whole
from tests.reliability.waiting import until_all_ended, until_told
from tests.support.product import CHURN, Product
from tests.support.stores import often_over
from tests.support.visitors import FINAL, Visitor
from tests.support.workers import Forge

RUNS = 9
UNATTENDED = GatePolicy(input="never", final="never")
ATTENDED = GatePolicy(input="never", final="always")


class TestRollingRestart:
    @often_over("postgres")
    async def test_live_runs_and_a_waiting_gate_survive(
        self, product: Product, settings: Settings, forge: Forge, server: Server, client: httpx.AsyncClient
    ) -> None:
        await server.start()
        workers = [forge.start(settings) for _ in range(2)]
        waiting = await product.start(CHURN, policy=ATTENDED)
        await until_told(product, waiting, "gate-waiting:hitl_gate_final")
        shown = await product.waiting(waiting)
        live = [await product.start(CHURN, policy=UNATTENDED) for _ in range(RUNS)]
        viewer = Visitor(client, live[-1].model_dump())
        watching = asyncio.create_task(viewer.until(FINAL))
        await until_told(product, live[0], "node-start:intake_extract")

        for number, leaving in enumerate(workers):
            leaving.send(15)
            assert await asyncio.to_thread(leaving.wait, 60) == 0
            workers[number] = forge.start(settings)
        await server.restart()

        await until_all_ended(product, live)
        await watching
        assert viewer.seen == await viewer.stored()
        assert await product.waiting(waiting) == shown
        await product.decide(waiting, "approve")
        await until_all_ended(product, [waiting])
        for run in (waiting, *live):
            await assert_whole(product, run)
        for worker in workers:
            worker.kill()

"""Streams that are cut all the time: every viewer ends up with exactly the story that the database has."""

import asyncio
import random

import httpx

from libs.core.settings import Settings
from libs.projects.models import GatePolicy
from tests.reliability.conftest import Server
from tests.support.product import CHURN, Product
from tests.support.visitors import FINAL, Visitor, posted
from tests.support.workers import Forge

CUTS = 100
VIEWERS = 2


class TestCutStreams:
    async def test_a_hundred_cuts_and_a_restarted_server_lose_and_double_nothing(
        self, product: Product, forge: Forge, settings: Settings, server: Server, client: httpx.AsyncClient
    ) -> None:
        async with product.db.write() as session:
            policy = GatePolicy(input="never", final="never")
            project = await product.services.projects.create(session, product.owner, "Unattended", policy)
        await server.start()
        worker = forge.start(settings)
        dice = random.Random(13)
        cuts = failures = 0
        while cuts < CUTS:
            design = await posted(client, CHURN, project_id=project.id)
            viewers = [Visitor(client, design, patience=lambda: dice.randint(1, 2)) for _ in range(VIEWERS)]
            watching = [asyncio.create_task(viewer.until(FINAL)) for viewer in viewers]
            if not cuts:
                while not viewers[0].seen:
                    await asyncio.sleep(0.02)
                await server.restart()
            await asyncio.gather(*watching)
            story = [
                event.model_dump(mode="json")
                for event in await product.services.events.read(
                    product.owner, design["run_id"], after=0, limit=1000
                )
            ]
            for viewer in viewers:
                assert viewer.seen == story
            cuts += sum(viewer.cuts for viewer in viewers)
            failures += sum(viewer.failures for viewer in viewers)
        assert failures, "nobody noticed the restart"
        worker.kill()

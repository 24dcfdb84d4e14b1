"""The main job over HTTP, every part a process of its own, while the client loses its connection, a worker is killed
and the server is restarted in between."""

import asyncio
import hashlib
import io
import signal
import zipfile
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import httpx
import pytest

from tests.support.command import Background
from tests.support.installation import Installation
from tests.support.product import FRAUD
from tests.support.stores import often_over
from tests.support.visitors import FINAL, Visitor, posted


@pytest.fixture
def installation(
    database_url: str, tmp_path: Path, background: Callable[[Background], Background]
) -> Installation:
    """A server without a worker of its own; nothing is started yet."""
    return Installation(tmp_path, background, database_url, embedded_worker="false")


@pytest.fixture
async def client(installation: Installation) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=installation.base, timeout=60) as opened:
        yield opened


class TestTheMainJob:
    @often_over("postgres")
    async def test_it_ends_with_the_zip_whatever_dies_on_the_way(
        self, installation: Installation, client: httpx.AsyncClient
    ) -> None:
        server = await asyncio.to_thread(installation.serve)
        doomed = await asyncio.to_thread(installation.work)
        visitor = Visitor(client, await posted(client, FRAUD), patience=lambda: 4)

        await visitor.until("node-complete")
        await asyncio.to_thread(doomed.kill)
        await asyncio.to_thread(installation.work)
        await visitor.until("gate-waiting")
        await visitor.decide("respond", answers={"regions": ["eu-west-1"]})

        await asyncio.to_thread(server.kill)
        server = await asyncio.to_thread(installation.serve)
        ended = await visitor.approve_to_the_end()
        assert ended["data"]["status"] == "done", ended["data"]

        assert visitor.cuts > 5
        assert [event["seq"] for event in visitor.seen] == list(range(1, len(visitor.seen) + 1))
        assert visitor.seen == await visitor.stored()
        assert (await visitor.get("plan"))["requirements"]["region"] == "eu-west-1"
        back = await client.get(
            f"/api/streams/{visitor.design_id}", headers={"Last-Event-ID": str(visitor.seen[-1]["seq"])}
        )
        assert back.status_code == 204

        artifacts = (await visitor.get("artifacts"))["items"]
        repository = next(a for a in reversed(artifacts) if a["name"] == "repository.zip")
        packed = (await client.get(repository["download"])).content
        assert hashlib.sha256(packed).hexdigest() == repository["sha256"]
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            assert archive.testzip() is None
            assert {"README.md", "pipeline.json", "reports/MANIFEST.sha256"} <= set(archive.namelist())
        # The server's library ends a drained process with the signal that asked for it.
        assert await asyncio.to_thread(server.stop) in (0, -signal.SIGTERM), server.said

    @often_over("sqlite")
    async def test_a_rejection_over_http_ends_the_run_and_nothing_is_generated(
        self, installation: Installation, client: httpx.AsyncClient
    ) -> None:
        await asyncio.to_thread(installation.serve)
        worker = await asyncio.to_thread(installation.work)
        visitor = Visitor(client, await posted(client, FRAUD))
        await visitor.until("gate-waiting")
        await visitor.decide("reject", comment="Not this year.")
        assert (await visitor.until(FINAL))["data"]["status"] == "rejected"
        assert "codegen" not in {event["node"] for event in visitor.seen}
        assert await asyncio.to_thread(worker.stop) == 0, worker.said

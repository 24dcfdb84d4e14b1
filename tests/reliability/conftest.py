"""Real worker and server processes over each store."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest

from libs.core.settings import Settings
from tests.support.product import Product, product_over, settings_for
from tests.support.servers import free_port, wait_until_it_answers
from tests.support.workers import Forge, WorkerProcess


@pytest.fixture(scope="session")
def forge() -> Iterator[Forge]:
    opened = Forge()
    yield opened
    opened.close()


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Of the workers, the servers and the test: a short lease, recorded checks, a port of this test."""
    return settings_for(
        database_url, tmp_path, lease_seconds=2.0, port=free_port(), drain_seconds=5.0, heartbeat_seconds=2.0
    )


@pytest.fixture
async def product(settings: Settings) -> AsyncIterator[Product]:
    async with product_over(settings) as opened:
        yield opened


class Server:
    """A server of the API under one address, which can be killed and started again."""

    def __init__(self, forge: Forge, settings: Settings) -> None:
        self._forge = forge
        self._settings = settings
        self.base = f"http://127.0.0.1:{settings.port}"
        self.process: WorkerProcess

    async def start(self) -> None:
        """Returns when it answers."""
        self.process = await asyncio.to_thread(self._forge.start, self._settings, "api")
        await asyncio.to_thread(wait_until_it_answers, self.base, lambda: self.process.status is not None)

    async def kill(self) -> None:
        """Ends it as a power cut would."""
        self.process.kill()
        await asyncio.to_thread(self.process.wait, 30)

    async def restart(self) -> None:
        """Kills it and starts it again under the same address."""
        await self.kill()
        await self.start()


@pytest.fixture
async def server(forge: Forge, settings: Settings) -> AsyncIterator[Server]:
    """Not started yet."""
    opened = Server(forge, settings)
    yield opened
    if hasattr(opened, "process"):
        await opened.kill()


@pytest.fixture
async def client(server: Server) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=server.base, timeout=60) as opened:
        yield opened

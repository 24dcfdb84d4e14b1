"""The API over a real SQLite database and a folder store, and a design whose run is written by hand."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
import uvicorn
from fastapi import FastAPI

from api.main import create_app
from libs.bootstrap import Services, build
from libs.core import logging
from libs.core.settings import Settings
from tests.api.stage import Stage

BASE = "http://127.0.0.1:8000"


@pytest.fixture(scope="session", autouse=True)
def _quiet_logs() -> None:
    logging.configure("error", "json")


@pytest.fixture
def settings(tmp_path: Path, sqlite_url: str) -> Settings:
    return Settings(
        home=tmp_path,
        # What is built on this machine is nothing to these tests.
        page_dir=tmp_path / "no-page",
        database_url=sqlite_url,
        sandbox="recorded",
        checks="twin",
        heartbeat_seconds=0.3,
        stream_seconds=20,
        drain_seconds=2,
    )


@pytest.fixture
async def services(settings: Settings) -> AsyncIterator[Services]:
    built = await build(settings)
    yield built
    await built.close()


@pytest.fixture
def app(settings: Settings, services: Services) -> FastAPI:
    return create_app(settings, services)


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(app) as client:
        yield client


@pytest.fixture
def stage(services: Services) -> Stage:
    return Stage(services)


@pytest.fixture
async def served(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the application behind a real server; streams need one."""
    async with serving(app) as client:
        yield client


@asynccontextmanager
async def client_of(app: FastAPI, **options: object) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=BASE, **options) as client:  # type: ignore[arg-type]
        yield client


@asynccontextmanager
async def serving(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning", timeout_graceful_shutdown=2)
    server = uvicorn.Server(config)
    running = asyncio.create_task(server.serve())
    while not server.started:
        assert not running.done(), "the server did not start"
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=10) as client:
            yield client
    finally:
        server.should_exit = True
        await running

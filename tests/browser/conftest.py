"""Debian's Chromium, pages in it, and the product that it visits."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, async_playwright

from libs.core.settings import PRODUCT_ROOT
from tests.browser.gallery import Gallery, furnish
from tests.browser.theatre import Theatre, theatre_of
from tests.browser.visit import Opener, Visit
from tests.conftest import unavailable
from tests.support.command import Background
from tests.support.installation import Installation

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser belongs to one event loop, so all of these tests share it."""
    for item in items:
        waits = isinstance(item, pytest.Function) and asyncio.iscoroutinefunction(item.function)
        if waits and item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Debian's browser."""
    found = shutil.which("chromium")
    if found is None:
        unavailable("chromium is not installed")
    if not (PRODUCT_ROOT / "frontend" / "out" / "index.html").is_file():
        unavailable("the web app is not built: scripts/web build")
    return found


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(chromium_path: str) -> AsyncIterator[Browser]:
    """One browser for all tests; each has profiles of its own in it."""
    async with async_playwright() as playwright:
        # Everything runs on this machine, so there is nothing that its own sandbox would protect.
        opened = await playwright.chromium.launch(executable_path=chromium_path, args=["--no-sandbox"])
        yield opened
        await opened.close()


@pytest_asyncio.fixture(loop_scope="session")
async def visit(browser: Browser) -> AsyncIterator[Opener]:
    """Opens a page in a profile of its own; at the end no page may have erred or asked elsewhere."""
    contexts: list[BrowserContext] = []
    visits: list[Visit] = []

    async def opened(
        base: str, path: str = "/", context: BrowserContext | None = None, **options: Any
    ) -> Visit:
        if context is None:
            context = await browser.new_context(**{"viewport": {"width": 1440, "height": 900}, **options})
            contexts.append(context)
        made = Visit(await context.new_page(), base)
        visits.append(made)
        if path:
            await made.goto(path)
        return made

    yield opened
    for context in contexts:
        await context.close()
    for made in visits:
        made.assert_harmless()


@pytest.fixture
def installation(
    database_url: str, tmp_path: Path, background: Callable[[Background], Background]
) -> Installation:
    """A server without a worker of its own over each store in turn; nothing is started yet."""
    return Installation(tmp_path, background, database_url, embedded_worker="false")


@asynccontextmanager
async def served(folder: Path, **settings: str) -> AsyncIterator[Installation]:
    """A server that several tests share; it is ended with the block."""
    running: list[Background] = []

    def register(process: Background) -> Background:
        running.append(process)
        return process

    installation = Installation(folder, register, **settings)
    await asyncio.to_thread(installation.serve)
    try:
        yield installation
    finally:
        for process in running:
            process.ensure_ended()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def gallery(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Gallery]:
    """A server with one design in each state that a person meets; tests look and change nothing."""
    async with served(tmp_path_factory.mktemp("gallery")) as installation:
        yield await furnish(installation)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def workshop(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Installation]:
    """A server with a worker; tests work on designs of their own."""
    async with served(tmp_path_factory.mktemp("workshop")) as installation:
        yield installation


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def theatre(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Theatre]:
    """A server whose runs are told by the tests."""
    async with (
        served(
            tmp_path_factory.mktemp("theatre"), embedded_worker="false", sandbox="bubblewrap"
        ) as installation,
        theatre_of(installation) as opened,
    ):
        yield opened

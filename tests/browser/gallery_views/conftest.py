"""Pages that walk from view to view, so that none has to be opened anew for each test."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest_asyncio
from playwright.async_api import Browser

from tests.browser.gallery import Gallery
from tests.browser.gallery_views.views import Shown
from tests.browser.visit import Visit


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def shown(gallery: Gallery) -> Shown:
    """The gallery, and a link to one design of it."""
    async with httpx.AsyncClient(base_url=gallery.base) as client:
        answer = await client.post(
            f"/api/decision-sets/{gallery.done}/shares",
            json={"expires_in_days": 30, "note": "For the auditors"},
        )
        assert answer.is_success, answer.text
        return Shown(gallery, answer.json()["path"])


async def walking(browser: Browser, base: str, **options: Any) -> AsyncIterator[Visit]:
    """One page in a profile of its own; at the end it may not have erred or asked elsewhere."""
    context = await browser.new_context(**options)
    walked = Visit(await context.new_page(), base)
    yield walked
    await context.close()
    walked.assert_harmless()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def desktop(browser: Browser, gallery: Gallery) -> AsyncIterator[Visit]:
    """A page as wide as that of a laptop, which tests of this folder share."""
    async for walked in walking(browser, gallery.base, viewport={"width": 1440, "height": 900}):
        yield walked


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def phone(browser: Browser, gallery: Gallery) -> AsyncIterator[Visit]:
    """A page of a small phone, which tests of this folder share."""
    async for walked in walking(
        browser,
        gallery.base,
        viewport={"width": 360, "height": 740},
        device_scale_factor=2,
        has_touch=True,
        is_mobile=True,
    ):
        yield walked

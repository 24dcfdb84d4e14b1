"""What the pages show of a run, and waiting until it is there."""

import asyncio
from collections.abc import Awaitable, Callable

from tests.browser.visit import PATIENCE_MS, Visit


async def transcript(visit: Visit) -> str:
    """Everything that stands in the conversation."""
    return await visit.page.get_by_role("log").inner_text()


async def assert_the_same(one: Visit, other: Visit) -> None:
    """Both pages come to show the same conversation, to the letter."""

    async def same() -> bool:
        return bool(shown := await transcript(one)) and shown == await transcript(other)

    try:
        await until(same)
    except TimeoutError:
        assert await transcript(one) == await transcript(other)
        raise


async def until(holds: Callable[[], Awaitable[object]], seconds: float = PATIENCE_MS / 1000) -> None:
    """Returns as soon as the condition holds; fails when it does not come to hold."""
    async with asyncio.timeout(seconds):
        while not await holds():
            await asyncio.sleep(0.1)

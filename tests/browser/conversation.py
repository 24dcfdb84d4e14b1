"""What the pages show of a run, and waiting until it is there."""

import asyncio
import difflib
from collections.abc import Awaitable, Callable

from tests.browser.visit import PATIENCE_MS, Visit

TEXTS = """(log) => {
  const texts = [];
  const walker = document.createTreeWalker(log, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) texts.push(walker.currentNode.data);
  return texts.join('\\n');
}"""


async def transcript(visit: Visit) -> str:
    """Everything that stands in the conversation, a line for each text, drawn or out of sight."""
    shown: str = await visit.page.get_by_role("log").evaluate(TEXTS)
    return shown


async def assert_the_same(one: Visit, other: Visit) -> None:
    """Both pages come to show the same conversation, to the letter."""

    async def same() -> bool:
        return bool(shown := await transcript(one)) and shown == await transcript(other)

    try:
        await until(same)
    except TimeoutError:
        shown = [(await transcript(visit)).splitlines() for visit in (one, other)]
        raise AssertionError("\n".join(difflib.unified_diff(*shown, "one", "other", lineterm=""))) from None


async def until(holds: Callable[[], Awaitable[object]], seconds: float = PATIENCE_MS / 1000) -> None:
    """Returns as soon as the condition holds; fails when it does not come to hold."""
    async with asyncio.timeout(seconds):
        while not await holds():
            await asyncio.sleep(0.1)

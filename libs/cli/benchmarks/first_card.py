"""How soon after the click that sends a brief its page shows the first reason."""

from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from libs.cli.benchmarks import browser, samples
from libs.cli.benchmarks.briefs import BRIEFS
from libs.cli.benchmarks.first_load import NOT_BUILT, is_built
from libs.cli.benchmarks.models import Conditions, Result, measured, skipped
from libs.cli.benchmarks.web_designs import until_a_gate_waits, web_app

if TYPE_CHECKING:
    from playwright.async_api import Page

TARGET_MS = 1000.0

SEND = """async () => {
  const began = performance.now();
  [...document.querySelectorAll("button")].find((button) => button.textContent.includes("Design it")).click();
  let paged = 0;
  while (!document.querySelector("[role=log] article")) {
    if (!paged && location.pathname.startsWith("/runs")) paged = performance.now() - began;
    if (performance.now() - began > 60000) throw new Error("no reason is shown");
    await new Promise(requestAnimationFrame);
  }
  // The frame in which it stands has to be drawn as well.
  await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
  return { page: paged, card: performance.now() - began };
}"""
"""Sends what was typed, by the page's own clock: until the run's page, and until the frame with the first card."""


async def measure(conditions: Conditions) -> Sequence[Result]:
    """p95 from the click to the first reason card, each time from a landing page that was just opened."""
    reason = browser.missing() or (None if is_built(conditions.settings.page_dir) else NOT_BUILT)
    if reason:
        return [skipped("first_card", "ms", reason)]
    async with web_app(conditions, "first-card") as (server, client), browser.watched_page() as page:
        found = []
        # The first one warms the server and the page's cache, as everybody's first one does; it is told apart.
        for _ in range(conditions.runs + 1):
            found.append(await _sent(page, server.url))
            design_id = parse_qs(urlsplit(page.url).query)["id"][0]
            # The next one finds a quiet server.
            await until_a_gate_waits(client, design_id)
    first, *later = found
    cards = [each["card"] for each in later]
    return [
        measured(
            "first_card",
            "ms",
            samples.p95(cards),
            runs=len(later),
            at_most=TARGET_MS,
            breakdown={
                "card_ms": samples.spread(cards),
                "page_ms": samples.spread([each["page"] for each in later]),
                "first_of_the_server_ms": round(first["card"], 1),
            },
        )
    ]


async def _sent(page: "Page", url: str) -> dict[str, float]:
    await page.goto(url)
    await page.get_by_label("What should the system do?").fill(BRIEFS["online_api"])
    await page.locator("button:has-text('Design it'):enabled").wait_for()
    taken: dict[str, float] = await page.evaluate(SEND)
    return taken

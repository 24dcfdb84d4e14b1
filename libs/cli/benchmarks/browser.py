"""The Chromium of this machine, and what a page says about its own smoothness."""

import importlib.util
import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from libs.cli.benchmarks.models import MeasurementFailed

if TYPE_CHECKING:
    from playwright.async_api import Page

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NO_CHROMIUM = (
    "there is no Chromium; install it with the packages of the system, such as `apt install chromium`"
)
NO_PLAYWRIGHT = "playwright is not installed; install it by `pip install playwright`"
VIEWPORT = (1440, 900)

WATCH = """
window.longTasks = [];
new PerformanceObserver((list) => {
  for (const task of list.getEntries()) window.longTasks.push({ start: task.startTime, ms: task.duration });
}).observe({ type: "longtask", buffered: true });
"""
"""Keeps what blocks the page for more than 50 ms; runs before anything of the page."""


def chromium() -> str | None:
    """Where Chromium is, if it is there."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def flags() -> list[str]:
    """What Chromium needs on this machine: as root it does not start with its sandbox."""
    return ["--no-sandbox"] if os.geteuid() == 0 else []


def missing() -> str | None:
    """Why pages cannot be driven here; None when they can."""
    if importlib.util.find_spec("playwright") is None:
        return NO_PLAYWRIGHT
    return None if chromium() else NO_CHROMIUM


@asynccontextmanager
async def watched_page() -> AsyncIterator["Page"]:
    """A page in a fresh Chromium that keeps its long tasks.

    Raises:
        MeasurementFailed: something that `missing` names is missing.
    """
    if reason := missing():
        raise MeasurementFailed(reason)
    from playwright.async_api import async_playwright

    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=flags())
        try:
            width, height = VIEWPORT
            page = await browser.new_page(viewport={"width": width, "height": height})
            await page.add_init_script(WATCH)
            yield page
        finally:
            await browser.close()


async def long_tasks(page: "Page", *, after: float = 0.0) -> list[float]:
    """Milliseconds of each task of more than 50 ms that began `after` so many milliseconds of the page's clock."""
    tasks: list[dict[str, float]] = await page.evaluate("window.longTasks")
    return [task["ms"] for task in tasks if task["start"] >= after]

"""One page in the browser, opened as a person would open it, and what it must never do."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import BrowserContext, ConsoleMessage, Page, Request, expect

from tests.conftest import ROOT

SHOTS = ROOT / ".cache" / "browser"
"""Screenshots of the last run of the tests."""
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
PATIENCE_MS = 60_000.0
"""Longest wait for what a run brings about; nothing is measured with it."""
expect.set_options(timeout=PATIENCE_MS)


class Visit:
    """A page with the record of its errors and of every address that it asked for."""

    def __init__(self, page: Page, base: str) -> None:
        self.page = page
        self.base = base
        self.errors: list[str] = []
        """What the console called an error, and exceptions that nobody caught."""
        self.foreign: list[str] = []
        """Requests that would have left this machine's server."""
        self.requests: list[str] = []
        page.set_default_timeout(PATIENCE_MS)
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", self._asked)

    def _heard(self, message: ConsoleMessage) -> None:
        # A refused answer is an answer: the page shows it, and the tests look at what it shows.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.errors.append(message.text)

    def _asked(self, request: Request) -> None:
        self.requests.append(f"{request.method} {request.url}")
        address = urlsplit(request.url)
        if address.scheme in {"data", "blob"} or f"{address.scheme}://{address.netloc}" == self.base:
            return
        self.foreign.append(request.url)

    @property
    def context(self) -> BrowserContext:
        return self.page.context

    async def goto(self, path: str) -> None:
        await self.page.goto(f"{self.base}{path}")

    async def open_run(self, design_id: str, tab: str = "") -> None:
        """Opens a design, and waits until it is there."""
        await self.goto(f"/runs/?id={design_id}" + (f"&tab={tab}" if tab else ""))
        # On a phone a tab in the address opens the pane of the design, and the heading stands in the other one.
        await expect(self.page.locator("h1")).to_be_attached()

    async def start(self, brief: str) -> str:
        """Types a brief on the landing page and sends it; returns the design's id."""
        await self.page.get_by_label("What should the system do?").fill(brief)
        await self.page.get_by_role("button", name="Design it").click()
        await self.page.wait_for_url("**/runs/?id=*")
        return urlsplit(self.page.url).query.split("id=")[1].split("&")[0]

    async def shot(self, name: str, *, whole: bool = False) -> Path:
        """Keeps a picture of what is seen."""
        SHOTS.mkdir(parents=True, exist_ok=True)
        file = SHOTS / f"{name}.png"
        await self.page.screenshot(path=file, full_page=whole, animations="disabled")
        return file

    async def violations(self) -> list[str]:
        """What axe finds wrong on the page as it is now, each with the place."""
        # The content policy forbids added scripts, as it should; the test speaks to the page past it.
        await self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found: dict[str, Any] = await self.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        return [
            f"{violation['id']}: {node['html'][:160]} ({node['failureSummary'][:300]})"
            for violation in found["violations"]
            for node in violation["nodes"]
        ]

    async def is_wider_than_the_window(self) -> bool:
        """Whether the page as a whole has to be scrolled sideways."""
        wide: bool = await self.page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        )
        return wide

    def assert_harmless(self) -> None:
        """Fails for an error of the page, and for a request to anywhere else."""
        assert not self.errors, self.errors
        assert not self.foreign, self.foreign


Opener = Callable[..., Awaitable[Visit]]
"""Opens a page; given the server's address, a path, and options of a new profile or an open one."""

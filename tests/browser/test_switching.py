"""Going from run to run: nothing of another run is ever seen, and nothing piles up."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import CDPSession, expect

from libs.events.models import NewEvent
from libs.workflow.service import StartedDesign
from tests.api.stage import card
from tests.browser.theatre import Theatre
from tests.browser.visit import Opener, Visit
from tests.browser.wire import Wire, wired

STATES = ("queued", "running", "waiting", "failed", "done")
MARK = "belongs to"
SETTLED = 20
"""Switches after which everything that the page keeps on purpose is there."""
GROWTH = 1.3

SEEN = """() => {
    const text = (selector) => [...document.querySelectorAll(selector)].map((each) => each.textContent).join(" ");
    return {
        address: new URL(location.href).searchParams.get("id"),
        title: text("main h1"),
        brief: text("section[aria-label=Brief]"),
        log: text("[role=log]"),
        rest: text("main"),
        current: document.querySelector("aside [aria-current=page]")?.getAttribute("href") ?? "",
    };
}"""


@dataclass(frozen=True)
class Run:
    """One of the five, and the words that are its own."""

    design: StartedDesign
    state: str

    @property
    def id(self) -> str:
        return self.design.decision_set_id

    @property
    def mark(self) -> str:
        return f"{MARK} {self.state}"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def runs(theatre: Theatre) -> list[Run]:
    """A run in each state; its brief, its cards and its gate name it."""
    return [await _run(theatre, state) for state in STATES]


@pytest_asyncio.fixture(loop_scope="session")
async def wire(theatre: Theatre) -> AsyncIterator[Wire]:
    """Counts the streams of the page."""
    async with wired(theatre.installation.port) as wire:
        yield wire


class TestSwitching:
    @pytest.mark.parametrize("switches", [25, pytest.param(200, marks=pytest.mark.long)])
    async def test_a_random_walk_shows_each_run_as_itself_and_leaks_nothing(
        self,
        theatre: Theatre,
        runs: list[Run],
        wire: Wire,
        visit: Opener,
        record_property: Callable[[str, object], None],
        switches: int,
    ) -> None:
        rng = random.Random(switches)
        walker = await visit(wire.base)
        await walker.open_run(runs[0].id)
        metrics = await Metrics.of(walker)
        here = runs[0]
        settled: dict[str, float] = {}
        told = 0
        for number in range(1, switches + 1):
            here = rng.choice([run for run in runs if run is not here])
            await walker.page.locator(f"aside a[href*='{here.id}']").first.click()
            if here.state == "running" and told < SETTLED:
                told += 1
                await theatre.stage.tell(here.design, said(here, f"more.{switches}.{told}"))
            await assert_shows(walker, here, runs)
            assert len(wire.open_streams) <= 2, "the one before may still be closing"
            if number == min(SETTLED, switches // 2):
                settled = await metrics.read()
        await until_one_stream(wire, here)
        after = await metrics.read()
        for name, value in after.items():
            record_property(name, f"{settled[name]:.0f} -> {value:.0f}")
            print(f"{name}: {settled[name]:.0f} -> {value:.0f}")
            assert value <= settled[name] * GROWTH, name

    async def test_a_slow_answer_is_not_shown_in_the_next_run(
        self, runs: list[Run], theatre: Theatre, visit: Opener
    ) -> None:
        slow, quick = runs[2], runs[4]
        walker = await visit(theatre.base)
        await walker.open_run(quick.id)
        await assert_shows(walker, quick, runs)
        held = asyncio.Event()

        async def hold(route: Any) -> None:
            await held.wait()
            await route.continue_()

        await walker.page.route(f"**/api/decision-sets/{slow.id}*", hold)
        await walker.page.locator(f"aside a[href*='{slow.id}']").first.click()
        await expect(walker.page.locator("main").get_by_text(quick.mark)).to_have_count(0)
        await walker.page.locator(f"aside a[href*='{quick.id}']").first.click()
        await assert_shows(walker, quick, runs)
        held.set()
        await walker.page.unroute_all(behavior="ignoreErrors")
        await walker.page.evaluate("fetch('/healthz')")
        await assert_shows(walker, quick, runs)


@dataclass
class Metrics:
    """What the page holds on to."""

    session: CDPSession

    @classmethod
    async def of(cls, visit: Visit) -> "Metrics":
        session = await visit.context.new_cdp_session(visit.page)
        await session.send("Performance.enable")
        return cls(session)

    async def read(self) -> dict[str, float]:
        """Bytes, nodes and listeners that are left when the garbage is gone."""
        for _ in range(3):
            await self.session.send("HeapProfiler.collectGarbage")
        found = (await self.session.send("Performance.getMetrics"))["metrics"]
        kept = {"JSHeapUsedSize", "Nodes", "JSEventListeners"}
        return {metric["name"]: metric["value"] for metric in found if metric["name"] in kept}


async def assert_shows(walker: Visit, here: Run, runs: list[Run]) -> None:
    """The page comes to show this run; from the moment its address is there, nothing of another one is seen."""
    others = [run.mark for run in runs if run is not here]
    async with asyncio.timeout(60):
        while True:
            seen = await walker.page.evaluate(SEEN)
            if seen["address"] == here.id:
                alien = [mark for mark in others if mark in seen["rest"]]
                # The address changes with the page in one step, so that no moment belongs to both.
                assert not alien, f"{alien} in {here.state}: {seen}"
                if is_whole(seen, here):
                    return
            await asyncio.sleep(0.02)


def is_whole(seen: dict[str, str], here: Run) -> bool:
    """Whether everything of the run is there."""
    if here.mark not in seen["title"] or here.mark not in seen["brief"] or here.id not in seen["current"]:
        return False
    if here.state != "queued" and f"a card that {here.mark}" not in seen["log"]:
        return False
    return here.state != "waiting" or f"A gate that {here.mark}" in seen["rest"]


async def until_one_stream(wire: Wire, here: Run) -> None:
    async with asyncio.timeout(60):
        while len(wire.open_streams) > int(here.state not in {"done", "failed"}):
            await asyncio.sleep(0.05)


async def _run(theatre: Theatre, state: str) -> Run:
    stage = theatre.stage
    run = Run(await stage.start(f"A churn score {MARK} {state}, nightly in eu-central-1."), state)
    if state == "queued":
        return run
    await theatre.begin(run.design, "intake_extract")
    await stage.tell(run.design, said(run, "first"))
    if state == "waiting":
        await stage.gate(run.design, title=f"A gate that {run.mark}")
    if state == "failed":
        await stage.end(run.design, "failed")
    if state == "done":
        await stage.end(run.design)
    return run


def said(run: Run, key: str) -> NewEvent:
    """A reason card of the run that says whose it is."""
    value = card(0).data | {"title": f"Card {key}", "choice": f"a card that {run.mark}"}
    return NewEvent(type="reason-card", key=f"card.{key}", node="planner", data=value)

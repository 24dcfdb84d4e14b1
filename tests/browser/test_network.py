"""The network breaks, falls silent and comes back: the page says so, loses nothing and shows nothing twice."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
import pytest_asyncio
from playwright.async_api import Locator, expect

from libs.workflow.service import StartedDesign
from tests.browser.conversation import assert_the_same, until
from tests.browser.theatre import Theatre, theatre_of
from tests.browser.visit import Opener, Visit
from tests.browser.wire import Wire, wired
from tests.support.installation import Installation

BUSY = (
    b"HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/problem+json\r\nContent-Length: 2\r\n"
    b"Connection: close\r\n\r\n{}"
)
WATCH = """window.toldAt = new Promise((told) => {
    const look = () => document.body.innerText.includes("Disconnected") && told(performance.now());
    new MutationObserver(look).observe(document.body, {subtree: true, childList: true, characterData: true});
}); performance.now()"""
HIDE = """(state) => {
    Object.defineProperty(document, "visibilityState", {configurable: true, get: () => state});
    Object.defineProperty(document, "hidden", {configurable: true, get: () => state === "hidden"});
    document.dispatchEvent(new Event("visibilitychange"));
}"""


@pytest_asyncio.fixture(loop_scope="session")
async def wire(theatre: Theatre) -> AsyncIterator[Wire]:
    """Between the pages of a test and the theatre."""
    async with wired(theatre.installation.port) as wire:
        yield wire


class TestDisconnected:
    @pytest.mark.parametrize(
        "break_it",
        [
            pytest.param(Wire.cut, id="cut"),
            pytest.param(Wire.stall, marks=pytest.mark.long, id="silent"),
        ],
    )
    async def test_is_told_and_nothing_is_lost(
        self,
        theatre: Theatre,
        wire: Wire,
        visit: Opener,
        record_property: Callable[[str, object], None],
        break_it: Callable[[Wire], None],
    ) -> None:
        design = await theatre.stage.start()
        await theatre.begin(design, "planner")
        await theatre.cards(design, first=1, count=3)
        laptop = await opened(visit, wire, design)
        await assert_shows(laptop, 3)
        gone = await laptop.page.evaluate(WATCH)
        break_it(wire)
        await expect(banner(laptop)).to_be_visible()
        told = await laptop.page.evaluate("window.toldAt")
        record_property("banner_ms", round(told - gone))
        print(f"banner after {told - gone:.0f} ms")

        # The run goes on without this page.
        await theatre.finish(design, "planner", 1.5)
        await theatre.cards(design, first=4, count=30)
        await assert_shows(laptop, 3)
        wire.mend()
        await assert_caught_up(theatre, laptop, visit, design, 33)
        seen = [stream.last_event_id for stream in wire.streams]
        assert seen[0] is None
        assert seen[-1] == "4", "taken up again behind the last number seen"

        # What is told from now on comes by itself again.
        await theatre.cards(design, first=34)
        await assert_shows(laptop, 34)
        await theatre.stage.end(design)
        await expect(laptop.page.locator("main > header")).to_contain_text("Done")

    @pytest.mark.long
    async def test_a_busy_server_is_asked_again(self, theatre: Theatre, wire: Wire, visit: Opener) -> None:
        design = await theatre.stage.start()
        await theatre.cards(design, first=1)
        laptop = await opened(visit, wire, design)
        await assert_shows(laptop, 1)
        wire.refusal = BUSY
        wire.break_connections()
        await expect(banner(laptop)).to_be_visible()
        await theatre.cards(design, first=2, count=5)
        wire.refusal = None
        await assert_caught_up(theatre, laptop, visit, design, 6)

    @pytest.mark.long
    async def test_connections_that_break_again_and_again_lose_nothing(
        self, theatre: Theatre, wire: Wire, visit: Opener
    ) -> None:
        design = await theatre.stage.start()
        await theatre.cards(design, first=1)
        laptop = await opened(visit, wire, design)
        for number in range(2, 12):
            before = len(wire.streams)
            await theatre.cards(design, first=number)
            wire.break_connections()
            await until(lambda before=before: more_than(wire, before))
        await assert_caught_up(theatre, laptop, visit, design, 11)

    @pytest.mark.long
    async def test_a_server_that_starts_anew_is_found_again(
        self, installation: Installation, database_url: str, visit: Opener
    ) -> None:
        server = await asyncio.to_thread(installation.serve)
        async with theatre_of(installation, database_url) as theatre:
            design = await theatre.stage.start()
            await theatre.cards(design, first=1, count=2)
            laptop = await visit(installation.base)
            await laptop.open_run(design.decision_set_id)
            await assert_shows(laptop, 2)
            await asyncio.to_thread(server.kill)
            await expect(banner(laptop)).to_be_visible()
            await theatre.cards(design, first=3, count=2)
            await asyncio.to_thread(installation.serve)
            await assert_caught_up(theatre, laptop, visit, design, 4)


class TestStreams:
    async def test_one_for_each_tab_none_while_it_is_hidden(
        self, theatre: Theatre, wire: Wire, visit: Opener
    ) -> None:
        design = await theatre.stage.start()
        await theatre.cards(design, first=1, count=2)
        one = await opened(visit, wire, design)
        await assert_shows(one, 2)
        await until(lambda: open_streams(wire, 1))
        other = await visit(wire.base, f"/runs/?id={design.decision_set_id}", context=one.context)
        await assert_shows(other, 2)
        await until(lambda: open_streams(wire, 2))
        assert wire.most_streams == 2

        await one.page.evaluate(HIDE, "hidden")
        await until(lambda: open_streams(wire, 1))
        await theatre.cards(design, first=3, count=4)
        await assert_shows(other, 6)
        before = len(wire.streams)
        await one.page.evaluate(HIDE, "visible")
        await assert_shows(one, 6)
        assert [stream.last_event_id for stream in wire.streams[before:]] == ["2"]
        assert wire.most_streams == 2
        await assert_the_same(one, other)

        # A run that has ended needs no connection, and who knows its end does not ask again.
        await theatre.stage.end(design)
        await until(lambda: open_streams(wire, 0))
        # The wire is closed a moment before the page has read what came last.
        await expect(one.page.locator("main > header")).to_contain_text("Done")
        before = len(wire.streams)
        await one.page.evaluate(HIDE, "hidden")
        await one.page.evaluate(HIDE, "visible")
        await one.page.evaluate("fetch('/healthz')")
        assert len(wire.streams) == before


def banner(looked: Visit) -> Locator:
    return looked.page.get_by_text("Disconnected")


async def opened(visit: Opener, wire: Wire, design: StartedDesign) -> Visit:
    looked: Visit = await visit(wire.base)
    await looked.open_run(design.decision_set_id)
    return looked


async def assert_shows(looked: Visit, cards: int) -> None:
    await expect(looked.page.get_by_role("log").get_by_role("article")).to_have_count(cards)


async def assert_caught_up(
    theatre: Theatre, looked: Visit, visit: Opener, design: StartedDesign, cards: int
) -> None:
    """The page shows what a fresh one shows, and no longer says that it is disconnected."""
    await assert_shows(looked, cards)
    await expect(banner(looked)).to_have_count(0)
    fresh = await visit(theatre.base)
    await fresh.open_run(design.decision_set_id)
    await assert_shows(fresh, cards)
    await assert_the_same(looked, fresh)


async def open_streams(wire: Wire, count: int) -> bool:
    return len(wire.open_streams) == count


async def more_than(wire: Wire, streams: int) -> bool:
    return len(wire.streams) > streams

"""A page shows a run as it is: after a reload, in a second tab, by a wrong clock, and while it waits in the queue."""

import asyncio
import random
import re
from datetime import UTC, datetime

import httpx
import pytest
from playwright.async_api import Locator, expect

from libs.events.models import NewEvent
from libs.runs.approvals import ADVANCE
from libs.workflow.service import StartedDesign
from tests.api.stage import card
from tests.browser.conversation import assert_the_same, until
from tests.browser.theatre import Theatre
from tests.browser.visit import Opener, Visit
from tests.support.installation import Installation
from tests.support.product import CHURN
from tests.support.visitors import Visitor

STEPS = 13
WRONG_BY = 300
"""Seconds by which the clock of a page's machine is wrong."""
SLOW_CLOCK = f"const real = Date.now; Date.now = () => real() - {WRONG_BY * 1000}"


class TestSecondLook:
    @pytest.mark.parametrize("reloads", [6, pytest.param(100, marks=pytest.mark.long)])
    async def test_reloads_and_a_second_tab_show_the_same(
        self, theatre: Theatre, visit: Opener, reloads: int
    ) -> None:
        rng = random.Random(reloads)
        design = await theatre.stage.start()
        await theatre.cards(design, first=0)
        stays, reloaded = await visit(theatre.base), await visit(theatre.base)
        await stays.open_run(design.decision_set_id)
        await reloaded.open_run(design.decision_set_id)
        for number in range(1, reloads + 1):
            for part in range(rng.randrange(4)):
                await theatre.stage.tell(design, anything(rng, f"{number}.{part}"))
            # Told while the page is on its way, too.
            await asyncio.gather(reloaded.page.reload(), theatre.cards(design, first=number))
            await assert_the_same(stays, reloaded)
            await expect(
                reloaded.page.get_by_role("article", name=f"Card {number}", exact=True)
            ).to_have_count(1)
        await theatre.stage.end(design)
        await assert_shows_the_end(stays)
        await reloaded.page.reload()
        await assert_shows_the_end(reloaded)
        await assert_the_same(stays, reloaded)

    @pytest.mark.long
    async def test_a_real_run_shows_its_steps_and_the_time_each_took(
        self, workshop: Installation, visit: Opener
    ) -> None:
        laptop = await visit(workshop.base)
        design_id = await laptop.start(CHURN)
        # The first thing that is heard of a run: that it has begun.
        await expect(laptop.page.get_by_text("is working").or_(questions(laptop))).to_be_visible()
        async with httpx.AsyncClient(base_url=workshop.base, timeout=60) as client:
            visitor = Visitor(client, {"decision_set_id": design_id, "run_id": ""})
            await visitor.until("gate-waiting")
            await laptop.page.reload()
            await expect(questions(laptop)).to_be_visible()
            await open_steps(laptop)
            asking = laptop.page.locator("[data-state=asking]")
            await expect(asking).to_have_count(1)
            await expect(asking).to_contain_text("waits for you")
            await visitor.decide("approve")
            await visitor.approve_to_the_end()
            took = {
                event["node"]: event["data"]["seconds"]
                for event in await visitor.stored()
                if event["type"] == "node-complete"
            }
            names = [node["name"] for node in (await client.get("/api/workflow/plan")).json()["nodes"]]
        phone = await visit(workshop.base)
        await phone.open_run(design_id)
        await open_steps(phone)
        for looked in (laptop, phone):
            await assert_shows_the_end(looked)
            steps = looked.page.get_by_role("list", name="Steps", exact=True).get_by_role("listitem")
            await expect(steps).to_have_count(STEPS)
            assert [await steps.nth(n).get_attribute("data-node") for n in range(STEPS)] == names
            for name, seconds in took.items():
                step = looked.page.locator(f"li[data-node={name}]")
                await expect(step).to_have_attribute("data-state", "done")
                assert abs(seconds_in(await step.inner_text()) - seconds) <= 1, name
        await assert_the_same(laptop, phone)


class TestClock:
    async def test_time_is_counted_by_the_servers_clock(self, theatre: Theatre, visit: Opener) -> None:
        design = await theatre.stage.start()
        await theatre.begin(design, "planner")
        began = (await theatre.stage.services.events.read(None, design.run_id, after=0, limit=1))[0].at
        exact, wrong = await visit(theatre.base), await visit(theatre.base, "")
        await wrong.page.add_init_script(SLOW_CLOCK)
        for looked in (exact, wrong):
            await looked.open_run(design.decision_set_id)
            await open_steps(looked)
            await assert_counts_from(looked, began)
            await looked.page.reload()
            await open_steps(looked)
            await assert_counts_from(looked, began)


class TestQueue:
    async def test_a_waiting_run_says_how_many_are_before_it(self, theatre: Theatre, visit: Opener) -> None:
        before = [await theatre.stage.start() for _ in range(3)]
        design = await theatre.stage.start()
        laptop = await visit(theatre.base)
        await laptop.open_run(design.decision_set_id)
        ahead = await place(theatre, design)
        assert ahead >= len(before)
        await expect(laptop.page.get_by_text(f"In the queue: {ahead} before this one")).to_be_visible()
        await laptop.page.reload()
        await expect(laptop.page.get_by_text(f"In the queue: {ahead} before this one")).to_be_visible()
        for left in range(ahead - 1, -1, -1):
            assert await theatre.stage.services.queue.claim("busy", [ADVANCE]) is not None
            assert await place(theatre, design) == left
        await expect(laptop.page.get_by_text("In the queue: next to be worked on")).to_be_visible()
        assert await theatre.stage.services.queue.claim("busy", [ADVANCE]) is not None
        await theatre.begin(design, "intake_extract")
        await expect(laptop.page.get_by_text("is working")).to_be_visible()
        await expect(laptop.page.get_by_text("In the queue:")).to_have_count(0)


def anything(rng: random.Random, key: str) -> NewEvent:
    """Any event that the page shows or counts."""
    number = rng.randrange(10**9)
    kinds = (
        card(number),
        NewEvent(type="node-start", key="", node="planner"),
        NewEvent(type="node-complete", key="", node="planner", data={"seconds": number / 10**8}),
        NewEvent(
            type="node-error", key="", node="codegen", data={"message": f"Error {number}", "attempt": 1}
        ),
        NewEvent(type="gate-reminder", key="", node="hitl_gate"),
        NewEvent(type="check-result", key="", node="validators", data={"check": "ruff", "status": "pass"}),
    )
    return rng.choice(kinds).model_copy(update={"key": f"any.{key}"})


def questions(looked: Visit) -> Locator:
    return looked.page.get_by_role("button", name="Accept the defaults")


async def open_steps(looked: Visit) -> None:
    await looked.page.get_by_role("button", name=re.compile(r"of 13 steps")).click()
    await expect(looked.page.get_by_role("list", name="Steps", exact=True)).to_be_visible()


async def assert_shows_the_end(looked: Visit) -> None:
    await expect(looked.page.locator("main > header").get_by_text("Done", exact=True)).to_be_visible()


async def assert_counts_from(looked: Visit, began: datetime) -> None:
    """The total and the step that works show the time since then, to the second."""

    async def is_right(shown: str) -> bool:
        earliest = (datetime.now(UTC) - began).total_seconds()
        seconds = seconds_in(await looked.page.locator(shown).inner_text())
        latest = (datetime.now(UTC) - began).total_seconds()
        # What is shown was drawn a moment ago, and seconds are not rounded up.
        return earliest - 2 <= seconds <= latest + 1

    await until(lambda: is_right("button:has-text('of 13 steps')"))
    await until(lambda: is_right("li[data-node=planner]"))


def seconds_in(text: str) -> float:
    """The last time in a text: `0.4 s`, `12 s`, `3:05` or `1:02:09`."""
    found = re.findall(r"\d+(?::\d\d)+|\d+(?:\.\d+)?(?= s\b)", text)
    assert found, text
    total = 0.0
    for part in found[-1].split(":"):
        total = total * 60 + float(part)
    return total


async def place(theatre: Theatre, design: StartedDesign) -> int:
    answer = (await theatre.client.get(f"/api/runs/{design.run_id}")).json()
    return int(answer["position"])

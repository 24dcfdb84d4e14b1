"""Stopping a run, and letting one go on from the step at which it broke off."""

import asyncio

import httpx
import pytest
from playwright.async_api import Locator, expect

from libs.workflow.graph import NODES
from tests.browser.conversation import until
from tests.browser.theatre import theatre_of
from tests.browser.visit import Opener, Visit
from tests.reliability.invariants import give_attempts
from tests.support.command import Background
from tests.support.installation import Installation
from tests.support.product import CHURN, Product
from tests.support.visitors import FINAL, Visitor

BROKEN = "validators"


GATES = ("hitl_gate_input", "hitl_gate_final")
LEASE_SECONDS = 3
"""After which the job of a dead worker is given to another one."""
STEPS = ("intake_extract", "critic_tech", "codegen", "validators")


class TestStop:
    @pytest.mark.parametrize(
        "step", ["gate", *(pytest.param(step, marks=pytest.mark.long) for step in STEPS)]
    )
    async def test_says_stopped_and_nothing_comes_later(
        self, workshop: Installation, visit: Opener, step: str
    ) -> None:
        laptop = await visit(workshop.base)
        design_id = await laptop.start(CHURN)
        async with httpx.AsyncClient(base_url=workshop.base, timeout=60) as client:
            visitor = Visitor(client, {"decision_set_id": design_id, "run_id": ""})
            await come_to(visitor, step)
            await laptop.page.get_by_role("button", name="Stop", exact=True).click()
            ended = await visitor.until(FINAL)
            assert ended["data"]["status"] == "cancelled"
            await expect(state(laptop)).to_contain_text("Stopped")
            shown = await laptop.page.get_by_role("log").text_content()
            await expect(laptop.page.get_by_role("button", name="Stop", exact=True)).to_have_count(0)

            # Whatever was being worked on when it was stopped has let go by the time that nothing runs any more.
            await until(lambda: nothing_runs(client))
            assert [event["seq"] for event in await visitor.stored()][-1] == ended["seq"]
            assert await laptop.page.get_by_role("log").text_content() == shown

            # What it had made is kept, and the run can go on.
            async with laptop.page.expect_response("**/retry"):
                await laptop.page.get_by_role("button", name="Go on", exact=True).click()
            await visitor.until("run-retried")
            await expect(laptop.page.get_by_role("log")).to_contain_text("let the run go on")
            assert (await visitor.approve_to_the_end())["data"]["status"] == "done"
            await expect(state(laptop)).to_contain_text("Done")

    @pytest.mark.long
    @pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
    @pytest.mark.parametrize("step", NODES)
    async def test_is_possible_at_each_step(
        self, installation: Installation, visit: Opener, step: str
    ) -> None:
        """The worker dies inside of the step, so that the run is exactly there when it is stopped."""
        await asyncio.to_thread(installation.serve)
        at_gate = step in GATES
        fault = {} if at_gate else {"crash_at": f"{step}.inside"}
        worker = await asyncio.to_thread(installation.work, **fault)
        laptop = await visit(installation.base)
        design_id = await laptop.start(CHURN)
        async with httpx.AsyncClient(base_url=installation.base, timeout=60) as client:
            visitor = Visitor(client, {"decision_set_id": design_id, "run_id": ""})
            await until(lambda: has_come_to(visitor, step, worker))
            await laptop.page.get_by_role("button", name="Stop", exact=True).click()
            await expect(state(laptop)).to_contain_text("Stopped")
            stopped = await visitor.until(FINAL)
            assert stopped["data"]["status"] == "cancelled"
            shown = await laptop.page.get_by_role("log").text_content()

            # Whoever finds the job that the dead worker left does nothing with it.
            if not at_gate:
                await asyncio.to_thread(installation.work)
            await until(lambda: nothing_runs(client))
            await asyncio.sleep(2 * LEASE_SECONDS)
            assert [event["seq"] for event in await visitor.stored()][-1] == stopped["seq"]
            assert await laptop.page.get_by_role("log").text_content() == shown

            done = {e["node"] for e in await visitor.stored() if e["type"] == "node-complete"}
            async with laptop.page.expect_response("**/retry"):
                await laptop.page.get_by_role("button", name="Go on", exact=True).click()
            assert (await visitor.until("run-retried"))["type"] == "run-retried"
            assert (await visitor.approve_to_the_end())["data"]["status"] == "done"
            story = await visitor.stored()
            later = {e["node"] for e in story if e["type"] == "node-start" and e["seq"] > stopped["seq"]}
            assert not (done - set(GATES)) & later, "what was finished is kept, and not done again"


class TestRetry:
    @pytest.mark.long
    async def test_goes_on_from_the_failed_step_alone(
        self, installation: Installation, database_url: str, visit: Opener
    ) -> None:
        await asyncio.to_thread(installation.serve)
        worker = await asyncio.to_thread(installation.work)
        laptop = await visit(installation.base)
        design_id = await laptop.start(CHURN)
        async with theatre_of(installation, database_url) as theatre:
            visitor = Visitor(theatre.client, {"decision_set_id": design_id, "run_id": ""})
            await visitor.until("gate-waiting")
            await visitor.decide("approve")
            await visitor.until("gate-waiting")
            assert await asyncio.to_thread(worker.stop) == 0
            await laptop.page.get_by_role("button", name="Approve", exact=True).click()
            await visitor.until("gate-decided")
            await give_attempts(Product(theatre.stage.services), 1)
            doomed = await asyncio.to_thread(installation.work, crash_at=f"{BROKEN}.inside")
            await until(lambda: ended(doomed))
            await asyncio.to_thread(installation.work)

            failed = await visitor.until(FINAL)
            assert failed["data"]["status"] == "failed"
            await expect(state(laptop)).to_contain_text("Failed")
            problem = laptop.page.get_by_role("region", name="Result").get_by_role("alert")
            for said in ("message", "kept", "advice"):
                words = failed["data"]["problem"].get(said)
                if words:
                    await expect(problem).to_contain_text(words)
            await expect(problem).not_to_contain_text("Traceback")
            async with laptop.page.expect_response("**/retry"):
                await laptop.page.get_by_role("button", name="Retry the failed step").click()
            assert (await visitor.until(FINAL))["data"]["status"] == "done"
            await expect(state(laptop)).to_contain_text("Done")
            story = await visitor.stored()
            retried = next(event["seq"] for event in story if event["type"] == "run-retried")
            again = [e["node"] for e in story if e["type"] == "node-start" and e["seq"] > retried]
            assert again[0] == BROKEN
            before = {e["node"] for e in story if e["type"] == "node-complete" and e["seq"] < retried}
            assert not before & set(again), "a step that had finished was run again"


async def come_to(visitor: Visitor, step: str) -> None:
    """Follows until the step begins; gates on the way are approved, and none of them is where `gate` stops."""
    while True:
        event = await visitor.until("node-start", "gate-waiting", FINAL)
        assert event["type"] != FINAL, f"{step} was never begun"
        if event["type"] == "node-start" and event["node"] == step:
            return
        if event["type"] == "gate-waiting":
            if step == "gate":
                return
            await visitor.decide("approve")


async def has_come_to(visitor: Visitor, step: str, worker: Background) -> bool:
    """Whether the step's gate waits, or the worker has died inside of it; gates on the way are approved."""
    gate = (await visitor.get(""))["gate"]
    if gate is None:
        return worker.has_ended()
    if step == GATES[gate["kind"] == "final"]:
        return True
    await visitor.decide("approve")
    return False


def state(looked: Visit) -> Locator:
    return looked.page.locator("main > header")


async def nothing_runs(client: httpx.AsyncClient) -> bool:
    return not (await client.get("/api/runs?status=running")).json()["items"]


async def ended(process: Background) -> bool:
    return process.has_ended()

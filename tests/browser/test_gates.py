"""Deciding in the page: whoever is late is told so, and every decision leads where it says."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from playwright.async_api import Locator, expect

from tests.browser.conversation import until
from tests.browser.visit import Opener, Visit
from tests.support.installation import Installation
from tests.support.product import CHURN, FRAUD
from tests.support.visitors import FINAL, Visitor, posted

DECISIONS = re.compile(r"^(Approve|Accept the defaults|Reject…|Send \d+ answers?|Send the change)$")
TAKEN = re.compile(r"approved|rejected|decided", re.IGNORECASE)


@asynccontextmanager
async def design_at(base: str, brief: str, kind: str) -> AsyncIterator[Visitor]:
    """A new design whose gate of that kind waits."""
    async with httpx.AsyncClient(base_url=base, timeout=60) as client:
        visitor = Visitor(client, await posted(client, brief))
        while (await visitor.until("gate-waiting"))["data"]["gate"]["kind"] != kind:
            await visitor.decide("approve")
        yield visitor


class TestTwoBrowsers:
    @pytest.mark.long
    @pytest.mark.parametrize("first", ["approve", "reject"])
    async def test_the_later_one_is_told_and_changes_nothing(
        self, workshop: Installation, visit: Opener, first: str
    ) -> None:
        async with design_at(workshop.base, CHURN, "final") as visitor:
            quick, slow = await visit(workshop.base), await visit(workshop.base, "")
            # This one does not hear that something was decided before it decides itself.
            await slow.page.route("**/api/streams/**", lambda route: route.abort())
            for looked in (quick, slow):
                await looked.open_run(visitor.design_id)
                await expect(approve(looked)).to_be_visible()
            acts: tuple[Callable[[Visit], Awaitable[None]], ...] = (click_approve, click_reject)
            one, other = acts if first == "approve" else acts[::-1]
            await one(quick)
            await visitor.until("gate-decided")
            await other(slow)
            # Who decided what is told, and nothing is offered that could go wrong.
            await expect(slow.page.get_by_text(TAKEN).first).to_be_visible()
            await expect(decisions(slow)).to_have_count(0)
            await slow.page.unroute("**/api/streams/**")
            ended = await visitor.until(FINAL)
            assert ended["data"]["status"] == ("done" if first == "approve" else "rejected")
            decided = [event["data"]["decision"] for event in visitor.seen if event["type"] == "gate-decided"]
            assert decided[-1] == first
            assert len(decided) == 2, "the questions and the approval, each once"

    @pytest.mark.long
    async def test_the_one_that_only_looks_sees_who_decided(
        self, workshop: Installation, visit: Opener
    ) -> None:
        async with design_at(workshop.base, FRAUD, "input") as visitor:
            decides, looks = await visit(workshop.base), await visit(workshop.base)
            for looked in (decides, looks):
                await looked.open_run(visitor.design_id)
                await expect(decisions(looked).first).to_be_visible()
            await decides.page.get_by_role("button", name="Accept the defaults").click()
            for looked in (decides, looks):
                await expect(looked.page.get_by_role("log")).to_contain_text("You decided: approved")
                await expect(looked.page.get_by_role("button", name="Accept the defaults")).to_have_count(0)


class TestDecisions:
    async def test_an_exchange_shows_its_totals_and_leads_to_a_new_gate(
        self, workshop: Installation, visit: Opener
    ) -> None:
        async with design_at(workshop.base, CHURN, "final") as visitor:
            laptop = await visit(workshop.base)
            await laptop.open_run(visitor.design_id)
            slot, option = await an_exchange(visitor)
            await laptop.page.get_by_text("Change something", exact=True).click()
            await laptop.page.get_by_label("Exchange a component").select_option(slot)
            await laptop.page.get_by_label("Filled by").select_option(option)
            change = laptop.page.get_by_role("region", name="Change the design")
            await expect(change.get_by_text("A month", exact=True)).to_be_visible()
            shown = (
                await change.get_by_text("A month", exact=True)
                .locator("xpath=following-sibling::dd/span[1]")
                .inner_text()
            )
            digest = (await visitor.get(""))["gate"]["digest"]
            await change.get_by_role("button", name="Send the change").click()
            await visitor.until("gate-waiting")
            gate = (await visitor.get(""))["gate"]
            assert gate["digest"] != digest
            plan = await visitor.get("plan")
            assert option in [part["option"] for part in plan["components"] if part["slot"] == slot]
            assert dollars(shown) == round(gate["shown"]["monthly_usd"])
            await expect(laptop.page.get_by_text(gate["digest"][:8])).to_be_visible()
            await expect(approve(laptop)).to_be_enabled()

    async def test_questions_show_what_they_move_and_take_typed_answers(
        self, workshop: Installation, visit: Opener
    ) -> None:
        async with design_at(workshop.base, FRAUD, "input") as visitor:
            laptop = await visit(workshop.base)
            await laptop.open_run(visitor.design_id)
            gate = (await visitor.get(""))["gate"]
            questions = gate["questions"]
            for question in questions:
                field = laptop.page.locator(f"#question-{question['field']}")
                await expect(field).to_contain_text(question["text"])
                await expect(field).to_contain_text(question["swing"])
            send = laptop.page.get_by_role("button", name=re.compile("^Send"), disabled=True)
            await expect(send.first).to_be_visible()
            number = next(q for q in questions if q["kind"] == "number")
            box = laptop.page.locator(f"#question-{number['field']}").get_by_role("textbox")
            await box.fill("a lot")
            await laptop.page.get_by_role("button", name="Send 1 answer").click()
            await expect(
                laptop.page.locator(f"#question-{number['field']}").get_by_role("alert")
            ).to_be_visible()
            await box.fill("1500")
            await laptop.page.get_by_role("button", name="Send 1 answer").click()
            decided = await visitor.until("gate-decided")
            assert decided["data"]["decision"] == "respond"
            await visitor.until("gate-waiting")
            found = {c["field"]: c for c in (await visitor.get(""))["constraints"]}
            assert found[number["field"]]["value"] == 1500
            assert found[number["field"]]["source"] == "answered"

    @pytest.mark.long
    async def test_a_rejection_needs_its_reason_and_ends_the_run(
        self, workshop: Installation, visit: Opener
    ) -> None:
        async with design_at(workshop.base, FRAUD, "input") as visitor:
            laptop = await visit(workshop.base)
            await laptop.open_run(visitor.design_id)
            await laptop.page.get_by_role("button", name="Reject…").click()
            await laptop.page.get_by_label("End here; nothing is generated").check()
            await laptop.page.get_by_role("button", name="Reject and end").click()
            await expect(laptop.page.get_by_text("Say why")).to_be_visible()
            await laptop.page.get_by_role("textbox", name="Reason").fill("Too dear for <b>us</b>.")
            await laptop.page.get_by_role("button", name="Reject and end").click()
            ended = await visitor.until(FINAL)
            assert ended["data"]["status"] == "rejected"
            await expect(laptop.page.locator("main > header")).to_contain_text("Rejected")
            await expect(laptop.page.get_by_role("log")).to_contain_text("You decided: rejected")
            await expect(laptop.page.get_by_role("log")).to_contain_text("Too dear for <b>us</b>.")
            await expect(decisions(laptop)).to_have_count(0)

    @pytest.mark.long
    async def test_free_words_are_an_answer(self, workshop: Installation, visit: Opener) -> None:
        async with design_at(workshop.base, CHURN, "final") as visitor:
            laptop = await visit(workshop.base)
            await laptop.open_run(visitor.design_id)
            await laptop.page.get_by_label("Answer in your own words").fill(
                "The budget is 1,400 dollars a month."
            )
            await laptop.page.get_by_role("button", name="Send", exact=True).click()
            assert (await visitor.until("gate-decided"))["data"]["decision"] == "respond"
            await visitor.until("gate-waiting")
            found = {c["field"]: c["value"] for c in (await visitor.get(""))["constraints"]}
            assert found["budget_usd_month"] == 1400

    async def test_what_may_not_be_decided_is_not_offered(
        self, workshop: Installation, visit: Opener
    ) -> None:
        async with design_at(workshop.base, "Write me a poem about the sea.", "input") as visitor:
            laptop = await visit(workshop.base)
            await laptop.open_run(visitor.design_id)
            allowed = (await visitor.get(""))["gate"]["decisions"]
            assert "approve" not in allowed
            await expect(laptop.page.get_by_role("button", name="Reject…")).to_have_count(
                int("reject" in allowed)
            )
            await expect(
                laptop.page.get_by_role("button", name=re.compile("^(Approve|Go on|Accept)"))
            ).to_have_count(0)


class TestInbox:
    async def test_lists_what_waits_and_leads_to_that_gate(
        self, workshop: Installation, visit: Opener
    ) -> None:
        async with design_at(workshop.base, FRAUD, "input") as visitor:
            laptop = await visit(workshop.base, "/inbox/")
            entry = laptop.page.locator(f"main a[href*='{visitor.design_id}']")
            await expect(entry).to_contain_text(re.compile(r"Since (just now|\d+ (minute|hour)s? ago)"))
            await entry.click()
            gate = (await visitor.get(""))["gate"]
            await expect(laptop.page.get_by_text(gate["digest"][:8])).to_be_visible()
            # The link of a mail opens the same, in a browser that was never here.
            phone = await visit(workshop.base, f"/runs/?id={visitor.design_id}")
            await expect(phone.page.get_by_text(gate["digest"][:8])).to_be_visible()
            await visitor.decide("reject", comment="Enough.")
            await visitor.until(FINAL)
            await laptop.goto("/inbox/")
            await expect(laptop.page.get_by_role("heading", level=1)).to_be_visible()
            await expect(entry).to_have_count(0)


@pytest.mark.long
class TestForks:
    async def test_a_changed_message_makes_a_fork_without_the_approvals(
        self, workshop: Installation, visit: Opener
    ) -> None:
        async with design_at(workshop.base, CHURN, "final") as visitor:
            laptop = await visit(workshop.base)
            await laptop.open_run(visitor.design_id)
            await expect(laptop.page.get_by_role("log")).to_contain_text("You decided")
            await laptop.page.get_by_role("button", name="Edit and start a fork").click()
            await laptop.page.get_by_label("Changed message").fill(CHURN.replace("900", "1,400"))
            await laptop.page.get_by_role("button", name="Start the fork").click()
            await until(lambda: left(laptop, visitor.design_id))
            fork = Visitor(
                visitor._client, {"decision_set_id": laptop.page.url.split("id=")[1], "run_id": ""}
            )
            await expect(laptop.page.get_by_label("Brief").get_by_text("1,400 dollars")).to_be_visible()
            await fork.until("gate-waiting")
            await expect(laptop.page.get_by_role("button", name="Accept the defaults")).to_be_visible()
            await expect(laptop.page.get_by_role("log")).not_to_contain_text("You decided")
            await laptop.page.get_by_role("button", name="The fork before").click()
            await expect(laptop.page.get_by_label("Brief").get_by_text("900 dollars")).to_be_visible()
            await expect(laptop.page.get_by_role("log")).to_contain_text("You decided")
            await expect(approve(laptop)).to_be_visible()
            await laptop.page.get_by_role("button", name="The next fork").click()
            await expect(laptop.page.get_by_label("Brief").get_by_text("1,400 dollars")).to_be_visible()
            await expect(approve(laptop)).to_have_count(0)
            assert [e for e in await fork.stored() if e["type"] == "gate-decided"] == []


def approve(looked: Visit) -> Locator:
    return looked.page.get_by_role("button", name="Approve", exact=True)


def decisions(looked: Visit) -> Locator:
    return looked.page.get_by_role("button", name=DECISIONS)


async def click_approve(looked: Visit) -> None:
    await approve(looked).click()


async def click_reject(looked: Visit) -> None:
    await looked.page.get_by_role("button", name="Reject…").click()
    await looked.page.get_by_label("End here; nothing is generated").check()
    await looked.page.get_by_role("textbox", name="Reason").fill("Too dear.")
    await looked.page.get_by_role("button", name="Reject and end").click()


async def an_exchange(visitor: Visitor) -> tuple[str, str]:
    """A place of the plan, and another option for it that keeps every rule and can be generated."""
    plan = await visitor.get("plan")
    present = {part["slot"]: part["option"] for part in plan["components"]}
    catalogue = (await visitor.asked("GET", "/api/catalogue")).json()
    for slot in catalogue["slots"]:
        for option in slot["options"]:
            if (
                slot["slot"] not in present
                or not option["generated"]
                or option["id"] == present[slot["slot"]]
            ):
                continue
            tried = {"components": {slot["slot"]: option["id"]}}
            path = f"/api/decision-sets/{visitor.design_id}/what-if"
            effect: dict[str, Any] = (await visitor._client.post(path, json={"edits": tried})).json()
            if not effect.get("broken", True) and not effect["also_changed"] and effect["monthly_usd_delta"]:
                return slot["slot"], option["id"]
    raise AssertionError("nothing can be exchanged")


def dollars(text: str) -> int:
    return round(float(text.replace("$", "").replace(",", "")))


async def left(looked: Visit, design_id: str) -> bool:
    return f"id={design_id}" not in looked.page.url

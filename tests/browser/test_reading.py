"""Reading while a run goes on: what is seen stands still, and what is heard are finished things."""

from typing import Any

import httpx
from playwright.async_api import Page, expect

from tests.browser.visit import Opener
from tests.support.installation import Installation
from tests.support.product import CHURN
from tests.support.visitors import FINAL, Visitor, posted

LISTEN = """(() => {
  window.__heard = [];
  const live = '[role=log], [role=status], [role=alert], [aria-live=polite], [aria-live=assertive]';
  const words = (node) => (node.textContent ?? '').trim();
  new MutationObserver((changes) => {
    for (const {type, target, addedNodes} of changes) {
      const place = target.nodeType === Node.ELEMENT_NODE ? target : target.parentElement;
      const region = place?.closest(live);
      if (!region || region.getAttribute('aria-live') === 'off') continue;
      const role = region.getAttribute('role') ?? 'live';
      if (type === 'characterData') window.__heard.push({role, block: false, words: words(target)});
      for (const node of addedNodes)
        if (words(node)) window.__heard.push({role, block: target === region, words: words(node)});
    }
  }).observe(document, {subtree: true, childList: true, characterData: true});
  document.addEventListener('focusin', ({target}) => {
    if (target.matches('main section h2[tabindex="-1"]'))
      window.__heard.push({role: 'focus', block: true, words: words(target)});
  });
})()"""
"""Keeps what a screen reader would say by itself: changes of live regions, and the headings that take the focus."""


async def waiting(client: httpx.AsyncClient, brief: str) -> Visitor:
    """A design that waits at its first gate."""
    visitor = Visitor(client, await posted(client, brief))
    await visitor.until("gate-waiting")
    return visitor


class TestSomebodyWhoScrolledUp:
    async def test_stays_where_they_read(self, workshop: Installation, visit: Opener) -> None:
        async with httpx.AsyncClient(base_url=workshop.base, timeout=60) as client:
            run = await waiting(client, CHURN)
            looked = await visit(workshop.base, viewport={"width": 1440, "height": 500})
            page = looked.page
            await looked.open_run(run.design_id)
            box = page.get_by_role("region", name="Conversation")
            await expect(page.get_by_role("button", name="Accept the defaults")).to_be_visible()
            jump = page.get_by_role("button", name="Jump to latest")
            await box.hover()
            await page.mouse.wheel(0, -10_000)
            await expect(jump).to_be_visible()
            await box.evaluate("(box) => { box.scrollTop = 40 }")
            entries = page.get_by_role("log").locator("> *")
            before = await entries.count()

            await run.decide("approve")
            ended = await run.approve_to_the_end()
            assert ended["data"]["status"] == "done"

            await expect(page.get_by_role("button", name="Download the repository")).to_be_visible()
            assert await entries.count() > before
            assert await box.evaluate("(box) => box.scrollTop") == 40

            await jump.click()
            await expect(jump).to_be_hidden()
            await expect(page.get_by_role("button", name="Download the repository")).to_be_in_viewport()


class TestSomebodyWhoListens:
    async def test_hears_finished_blocks_and_each_gate_once(
        self, workshop: Installation, visit: Opener
    ) -> None:
        looked = await visit(workshop.base, "")
        page = looked.page
        await page.add_init_script(LISTEN)
        await looked.goto("/")
        design_id = await looked.start(CHURN)
        async with httpx.AsyncClient(base_url=workshop.base, timeout=60) as client:
            run = Visitor(client, {"decision_set_id": design_id, "run_id": ""})
            gates = await decided_on_the_page(page, run)
            told = await run.stored()
        await expect(page.get_by_role("button", name="Download the repository")).to_be_visible()
        heard: list[dict[str, Any]] = await page.evaluate("window.__heard")

        log = [each for each in heard if each["role"] == "log"]
        assert all(each["block"] for each in log), [each for each in log if not each["block"]]
        told_of = [
            event for event in told if event["type"] in {"reason-card", "gate-decided", "run-complete"}
        ]
        # What stands in the conversation when the page comes is read like any text; all that follows is announced.
        first_decision = next(n for n, event in enumerate(told_of) if event["type"] == "gate-decided")
        stood = len(told_of) - len(log)
        assert 0 <= stood <= first_decision
        for each, event in zip(log, told_of[stood:], strict=True):
            if event["type"] == "reason-card":
                card = event["data"]
                assert each["words"].startswith(f"{card['agent']} · {card['title']}{card['choice']}")
        for title in gates:
            announced = [each for each in heard if each["role"] != "log" and title in each["words"]]
            assert len(announced) == gates.count(title), announced
        # Nothing is spelled out piece by piece, and no clock ticks aloud.
        others = [each["words"] for each in heard if each["role"] != "log"]
        assert len(others) <= 4 * len(gates) + 4, others


async def decided_on_the_page(page: Page, run: Visitor) -> list[str]:
    """Approves every gate by its button once it is seen; returns their titles."""
    gates: list[str] = []
    while (event := await run.until("gate-waiting", FINAL))["type"] != FINAL:
        gate = event["data"]["gate"]
        gates.append(gate["title"])
        name = "Approve" if gate["kind"] == "final" else "Accept the defaults"
        await expect(page.get_by_role("heading", level=2, name=gate["title"])).to_be_visible()
        await page.get_by_role("button", name=name, exact=True).click()
    assert gates
    return gates

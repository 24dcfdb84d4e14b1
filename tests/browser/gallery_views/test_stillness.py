"""A run stands still while it opens, and begins where something waits."""

from playwright.async_api import expect

from tests.browser.gallery_views.views import Shown, settle
from tests.browser.visit import Opener

MOST = 0.1
"""The score up to which a page counts as steady."""
HEADER = 120
"""Pixels from the upper edge of the conversation to the heading of a gate that is read from its beginning."""
RECORD = """(() => {
  window.__shift = 0;
  new PerformanceObserver((list) => {
    for (const {hadRecentInput, value} of list.getEntries()) if (!hadRecentInput) window.__shift += value;
  }).observe({type: 'layout-shift', buffered: true});
})()"""

IN_PIECES = """(() => {
  const real = window.fetch;
  window.fetch = async (...given) => {
    const answer = await real(...given);
    if (!String(given[0].url ?? given[0]).includes('/api/streams/') || !answer.body) return answer;
    const slow = new TransformStream({async transform(text, out) {
      const told = text.split(/(?<=\\n\\r?\\n)/);
      for (let at = 0; at < told.length; at += 5) {
        out.enqueue(told.slice(at, at + 5).join(''));
        await new Promise((go) => setTimeout(go, 150));
      }
      window.__told = true;
    }});
    const texts = answer.body.pipeThrough(new TextDecoderStream()).pipeThrough(slow);
    const body = texts.pipeThrough(new TextEncoderStream());
    return new Response(body, {status: answer.status, headers: answer.headers});
  };
})()"""
"""A busy server: the story of a run comes in pieces of five events, further apart than the page gathers them for."""


class TestOpening:
    async def test_moves_nothing_that_is_seen(self, shown: Shown, visit: Opener) -> None:
        for path in (f"/runs/?id={shown.gallery.done}", f"/runs/?id={shown.gallery.approving}", "/"):
            looked = await visit(shown.gallery.base, "")
            await looked.context.add_init_script(RECORD)
            await looked.goto(path)
            await expect(looked.page.get_by_role("heading", level=1)).to_be_visible()
            if path != "/":
                await expect(looked.page.locator(".react-flow [data-part]").first).to_be_visible()
            await settle(looked)
            shift: float = await looked.page.evaluate("window.__shift")
            assert shift < MOST, path

    async def test_a_story_in_pieces_does_not_push_the_gate_around(self, shown: Shown, visit: Opener) -> None:
        looked = await visit(shown.gallery.base, "")
        await looked.context.add_init_script(RECORD)
        await looked.context.add_init_script(IN_PIECES)
        await looked.goto(f"/runs/?id={shown.gallery.approving}")
        await expect(looked.page.get_by_role("button", name="Approve", exact=True)).to_be_attached()
        await looked.page.wait_for_function("() => window.__told")
        await settle(looked)
        shift: float = await looked.page.evaluate("window.__shift")
        assert shift < MOST

    async def test_begins_at_the_gate_that_waits(self, shown: Shown, visit: Opener) -> None:
        for _ in range(3):
            looked = await visit(shown.gallery.base, "")
            await looked.goto(f"/runs/?id={shown.gallery.approving}")
            heading = looked.page.get_by_role("heading", name="Approve the architecture")
            await expect(looked.page.get_by_role("button", name="Approve", exact=True)).to_be_attached()
            await settle(looked)
            conversation = await looked.page.get_by_role("region", name="Conversation").bounding_box()
            found = await heading.bounding_box()
            assert conversation
            assert found
            assert 0 < found["y"] - conversation["y"] < HEADER
            await expect(looked.page.get_by_role("button", name="Jump to latest")).to_have_count(0)

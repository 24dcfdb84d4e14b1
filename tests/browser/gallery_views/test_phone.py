"""Every view on a phone of 360 px, and enlarged to 400 % (WCAG 2.2, 1.4.10 and 2.4.11)."""

import pytest
from playwright.async_api import Locator, ViewportSize, expect

from tests.browser.gallery_views.views import VIEWS, Shown, View, settle
from tests.browser.visit import Visit

PHONE = ViewportSize(width=360, height=740)
ENLARGED = ViewportSize(width=320, height=256)
"""What is left of a window of 1280 x 1024 px at 400 %."""
TARGET = 24
"""Least height of what is pressed, in px (WCAG 2.2, 2.5.8)."""
READABLE = 0.4
"""Least share of the window in which one reads, whatever else stands still; a note beside its button has the least."""

UNREACHABLE = """() => {
  const open = document.querySelector('[role=dialog], [role=menu]') ?? document;
  const stops = [...open.querySelectorAll(
    'a[href], button:not([disabled]), input, select, textarea, summary, [tabindex="0"]')]
    .filter((stop) => stop.checkVisibility({visibilityProperty: true}) && stop.tabIndex >= 0 && !stop.disabled);
  return stops.filter((stop) => {
    stop.focus();
    const {left, right, top, bottom} = stop.getClientRects()[0] ?? stop.getBoundingClientRect();
    const [from, to] = [Math.max(0, left), Math.min(innerWidth, right)];
    const [high, low] = [Math.max(0, top), Math.min(innerHeight, bottom)];
    const shares = [0.1, 0.5, 0.9];
    const places = shares.flatMap((x) => shares.map((y) => [from + x * (to - from), high + y * (low - high)]));
    return !places.some(([x, y]) => {
      const hit = document.elementFromPoint(x, y);
      return hit && (stop.contains(hit) || hit.contains(stop));
    });
  }).map((stop) => stop.outerHTML.slice(0, 160));
}"""
"""Controls that take the focus and then lie outside the window or wholly under something else."""

READING = """() => {
  const open = document.querySelector('[role=dialog], [role=menu]');
  const seen = (box) => {
    const {top, bottom} = box.getBoundingClientRect();
    return Math.min(bottom, innerHeight) - Math.max(top, 0);
  };
  const boxes = [...(open ?? document).querySelectorAll('*'), ...(open ? [open] : [])].filter((box) =>
    /auto|scroll/.test(getComputedStyle(box).overflowY) && box.scrollHeight > box.clientHeight + 1
    && box.checkVisibility());
  const page = !open && document.documentElement.scrollHeight > innerHeight ? [innerHeight] : [];
  const heights = [...page, ...boxes.map(seen)];
  return heights.length ? Math.max(...heights) / innerHeight : 1;
}"""
"""The share of the window in which what goes on below scrolls; all of it where nothing has to be scrolled."""


@pytest.mark.long
@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
class TestEveryView:
    async def test_on_a_phone_nothing_lies_beside_the_window(
        self, view: View, phone: Visit, shown: Shown
    ) -> None:
        await phone.page.set_viewport_size(PHONE)
        await view.reach(phone, shown)
        await phone.shot(f"{view.name}-phone")

        assert not await phone.is_wider_than_the_window()
        assert await phone.page.evaluate(UNREACHABLE) == []

    async def test_enlarged_it_is_read_in_one_column_and_not_covered(
        self, view: View, phone: Visit, shown: Shown
    ) -> None:
        await phone.page.set_viewport_size(ENLARGED)
        await view.reach(phone, shown)
        await phone.shot(f"{view.name}-enlarged")

        assert not await phone.is_wider_than_the_window()
        assert await phone.page.evaluate(READING) >= READABLE
        assert await phone.page.evaluate(UNREACHABLE) == []


class TestOneHand:
    @pytest.mark.parametrize(
        ("state", "buttons"),
        [
            ("asking", ("Accept the defaults", "Reject…")),
            ("approving", ("Approve", "Reject…", "Add a comment")),
        ],
    )
    @pytest.mark.parametrize("size", [PHONE, ENLARGED], ids=["phone", "enlarged"])
    async def test_a_gate_is_read_and_decided(
        self, state: str, buttons: tuple[str, ...], size: ViewportSize, phone: Visit, shown: Shown
    ) -> None:
        await phone.page.set_viewport_size(size)
        await phone.open_run(getattr(shown.gallery, state))
        gate = phone.page.locator(
            "main section", has=phone.page.get_by_role("button", name=buttons[0], exact=True)
        )
        await expect(gate.get_by_role("heading", level=2).first).to_be_visible()
        await settle(phone)
        for name in buttons:
            await assert_pressable(gate.get_by_role("button", name=name, exact=True), size)
        await phone.shot(f"gate-{state}-{size['width']}")

    async def test_shows_one_pane_at_a_time(self, phone: Visit, shown: Shown) -> None:
        await phone.page.set_viewport_size(PHONE)
        await phone.open_run(shown.gallery.done)
        panes = {
            "Designs": phone.page.get_by_role("complementary", name="Designs"),
            "Conversation": phone.page.get_by_role("main"),
            "Design": phone.page.get_by_role("tablist", name="Views of the design"),
        }
        bar = phone.page.get_by_role("navigation", name="Panes")
        for name in ("Design", "Designs", "Conversation"):
            await bar.get_by_role("button", name=name, exact=True).tap()
            for other, place in panes.items():
                await expect(place).to_be_visible(visible=other == name)

    async def test_the_focus_goes_with_a_link_to_another_pane(self, phone: Visit, shown: Shown) -> None:
        await phone.page.set_viewport_size(PHONE)
        await phone.open_run(shown.gallery.approving)
        await phone.page.get_by_role("link", name="Every line").press("Enter")
        panel = phone.page.get_by_role("tabpanel", name="Cost")
        await expect(panel).to_be_visible()
        assert await panel.evaluate("(panel) => document.activeElement.contains(panel)")
        assert await phone.page.evaluate("document.activeElement !== document.body")


async def assert_pressable(button: Locator, size: ViewportSize) -> None:
    """Scrolled to, all of it lies in the window, is high enough for a finger and under nothing else."""
    await button.scroll_into_view_if_needed()
    box = await button.bounding_box()
    assert box is not None
    assert 0 <= box["x"] <= size["width"] - box["width"], box
    assert 0 <= box["y"] <= size["height"] - box["height"], box
    assert box["height"] >= TARGET, box
    await button.click(trial=True)

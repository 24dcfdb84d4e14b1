"""Light, dark or as the system has it, from the first painted frame on; and stillness for who asked for it."""

from typing import Any, Literal

import pytest
from playwright.async_api import expect

from tests.browser.gallery_views.views import Shown, settle
from tests.browser.visit import Opener, Visit

THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark", "light")
LIGHT = "rgb(251, 246, 239)"
DARK = "rgb(24, 16, 7)"
FRAMES = 20

RECORD = """(() => {
  window.__frames = [];
  const look = () => {
    if (document.body) window.__frames.push(getComputedStyle(document.documentElement).backgroundColor);
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})()"""
"""Keeps the background of the page in each of its first frames."""

MOVING = """() => {
  const long = (times) => times.split(',').some((time) => parseFloat(time) > (time.includes('ms') ? 1 : 0.001));
  const slow = [...document.querySelectorAll('*')].filter((each) => {
    const {transitionDuration, animationDuration, animationTimeline} = getComputedStyle(each);
    return long(transitionDuration) || (animationTimeline === 'auto' && long(animationDuration));
  });
  return slow.map((each) => each.outerHTML.slice(0, 120));
}"""
"""What would move in time, be it only when it is pointed at."""


async def background(visit: Visit) -> str:
    colour: str = await visit.page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    return colour


async def frames(visit: Visit) -> set[str]:
    """The backgrounds of the first frames."""
    await visit.page.wait_for_function("(most) => window.__frames?.length >= most", arg=FRAMES)
    kept: list[str] = await visit.page.evaluate("window.__frames")
    return set(kept)


class TestTheFirstFrame:
    @pytest.mark.parametrize(
        ("stored", "system", "expected"),
        [
            ("dark", "light", DARK),
            pytest.param("light", "dark", LIGHT, marks=pytest.mark.long),
            pytest.param("system", "dark", DARK, marks=pytest.mark.long),
            (None, "dark", DARK),
            pytest.param(None, "light", LIGHT, marks=pytest.mark.long),
        ],
    )
    async def test_has_the_theme_already(
        self, stored: str | None, system: str, expected: str, shown: Shown, visit: Opener
    ) -> None:
        looked = await visit(shown.gallery.base, "", color_scheme=system)
        if stored:
            await looked.context.add_init_script(f"localStorage.setItem('theme', '{stored}')")
        await looked.context.add_init_script(RECORD)
        for path in ("/", f"/runs/?id={shown.gallery.done}", "/settings/", "/nothing-here"):
            await looked.goto(path)
            assert await frames(looked) == {expected}, path


class TestTheSystem:
    async def test_is_followed_at_once(self, shown: Shown, visit: Opener) -> None:
        looked = await visit(shown.gallery.base, color_scheme="light")
        for system in THEMES:
            await looked.page.emulate_media(color_scheme=system)
            await looked.page.wait_for_function(
                "(dark) => document.documentElement.classList.contains('dark') === dark", arg=system == "dark"
            )
            assert await background(looked) == (DARK if system == "dark" else LIGHT)

    async def test_is_not_followed_by_who_chose(self, shown: Shown, visit: Opener) -> None:
        looked = await visit(shown.gallery.base, color_scheme="light")
        await looked.page.get_by_role("radio", name="Dark").click()
        await looked.page.reload()
        await expect(looked.page.get_by_role("radio", name="Dark")).to_be_checked()
        assert await background(looked) == DARK
        await looked.page.emulate_media(color_scheme="dark")
        await looked.page.emulate_media(color_scheme="light")
        assert await background(looked) == DARK


class TestStillness:
    async def test_nothing_moves_where_it_was_asked_for(self, shown: Shown, visit: Opener) -> None:
        moves: dict[str, list[Any]] = {}
        for motion in ("reduce", "no-preference"):
            looked = await visit(shown.gallery.base, reduced_motion=motion)
            moves[motion] = []
            for path in ("/", f"/runs/?id={shown.gallery.approving}"):
                await looked.goto(path)
                await expect(looked.page.get_by_role("heading", level=1)).to_be_visible()
                await settle(looked)
                moves[motion] += await looked.page.evaluate(MOVING)
        assert moves["reduce"] == []
        assert moves["no-preference"], "nothing moves at all, so this test would see nothing"

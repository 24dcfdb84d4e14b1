"""The keyboard where nothing is decided: no trap, a visible focus, and every key that the help lists."""

import pytest
from playwright.async_api import expect

from tests.browser.gallery_views.views import Shown, View, component, keys, settle, start
from tests.browser.keyboard import focused, stops_around
from tests.browser.visit import Opener, Visit

JUMP = "Jump to latest"


async def opened(visit: Opener, shown: Shown, path: str = "") -> Visit:
    """The page of the design that is done, unless another path is given."""
    looked = await visit(shown.gallery.base, path or f"/runs/?id={shown.gallery.done}")
    if path == "/":
        await start(looked, shown)
    await expect(looked.page.get_by_role("heading", level=1)).to_be_visible()
    await settle(looked)
    return looked


class TestTab:
    @pytest.mark.parametrize(
        "path",
        [
            "/",
            pytest.param("/inbox/", marks=pytest.mark.long),
            pytest.param("/settings/", marks=pytest.mark.long),
            pytest.param("/runs/?id={done}", marks=pytest.mark.long),
            "/runs/?id={approving}",
        ],
    )
    async def test_goes_round_with_the_focus_in_sight(self, path: str, shown: Shown, visit: Opener) -> None:
        looked = await opened(
            visit, shown, path.format(done=shown.gallery.done, approving=shown.gallery.approving)
        )
        there = await stops_around(looked.page, "Tab")
        back = await stops_around(looked.page, "Shift+Tab")

        assert len(there) > 5
        # It comes where one has gone up, and so on the way back only.
        assert {*there, JUMP} == {*back, JUMP}

    async def test_first_offers_to_skip_to_the_conversation(self, shown: Shown, visit: Opener) -> None:
        looked = await opened(visit, shown)
        await looked.page.keyboard.press("Tab")
        await expect(looked.page.get_by_role("button", name="Skip to the conversation")).to_be_focused()
        await looked.page.keyboard.press("Enter")
        await expect(looked.page.get_by_role("region", name="Conversation")).to_be_focused()

    async def test_first_offers_to_skip_to_the_content(self, shown: Shown, visit: Opener) -> None:
        looked = await opened(visit, shown, "/")
        await looked.page.keyboard.press("Tab")
        await looked.page.keyboard.press("Enter")
        await expect(looked.page.get_by_role("main")).to_be_focused()
        await looked.page.keyboard.press("Tab")
        await expect(looked.page.get_by_label("What should the system do?")).to_be_focused()


class TestPalette:
    @pytest.mark.parametrize("key", ["Control+k", "Meta+k"])
    async def test_opens_closes_and_gives_the_focus_back(self, key: str, shown: Shown, visit: Opener) -> None:
        looked = await opened(visit, shown)
        share = looked.page.get_by_role("button", name="Share")
        await share.focus()
        await looked.page.keyboard.press(key)
        await expect(looked.page.get_by_role("combobox")).to_be_focused()
        await looked.page.keyboard.press("Escape")
        await expect(looked.page.get_by_role("dialog")).to_be_hidden()
        await expect(share).to_be_focused()

    async def test_leads_to_a_page(self, shown: Shown, visit: Opener) -> None:
        looked = await opened(visit, shown)
        await looked.page.keyboard.press("Control+k")
        await expect(looked.page.get_by_role("combobox")).to_be_focused()
        await looked.page.keyboard.type("sett")
        await expect(looked.page.get_by_role("option", name="Settings", selected=True)).to_be_visible()
        await looked.page.keyboard.press("Enter")
        await expect(looked.page.get_by_role("heading", level=1, name="Settings")).to_be_visible()


class TestHelp:
    async def test_opens_and_gives_the_focus_back(self, shown: Shown, visit: Opener) -> None:
        looked = await opened(visit, shown)
        share = looked.page.get_by_role("button", name="Share")
        await share.focus()
        await looked.page.keyboard.press("?")
        await expect(looked.page.get_by_role("dialog", name="Keyboard")).to_be_visible()
        await looked.page.keyboard.press("Escape")
        await expect(looked.page.get_by_role("dialog")).to_be_hidden()
        await expect(share).to_be_focused()

    async def test_does_not_come_to_who_writes_a_question_mark(self, shown: Shown, visit: Opener) -> None:
        looked = await opened(visit, shown, "/")
        brief = looked.page.get_by_label("What should the system do?")
        await brief.focus()
        await looked.page.keyboard.type("Why?")
        await expect(brief).to_have_value("Why?")
        await expect(looked.page.get_by_role("dialog")).to_be_hidden()

    @pytest.mark.parametrize(
        "view", [View("component", component), View("keys", keys)], ids=lambda view: view.name
    )
    async def test_what_is_open_keeps_the_focus(self, view: View, shown: Shown, desktop: Visit) -> None:
        await view.reach(desktop, shown)
        for key in ("Tab", "Tab", "Tab", "Shift+Tab"):
            await desktop.page.keyboard.press(key)
            assert await desktop.page.evaluate("!!document.activeElement.closest('[role=dialog]')")


class TestListedKeys:
    async def test_shift_enter_breaks_the_line(self, shown: Shown, desktop: Visit) -> None:
        await start(desktop, shown)
        brief = desktop.page.get_by_label("What should the system do?")
        await brief.focus()
        await desktop.page.keyboard.type("One")
        await desktop.page.keyboard.press("Shift+Enter")
        await desktop.page.keyboard.type("two")
        await expect(brief).to_have_value("One\ntwo")

    async def test_arrows_go_between_tabs_and_in_the_tree(self, shown: Shown, visit: Opener) -> None:
        looked = await opened(visit, shown, f"/runs/?id={shown.gallery.done}&tab=checks")
        page = looked.page
        await page.get_by_role("tab", name="Checks").focus()
        await page.keyboard.press("ArrowLeft")
        await expect(page.get_by_role("tab", name="Repository")).to_be_focused()
        await page.keyboard.press("Enter")
        tree = page.get_by_role("tree", name="Files")
        await expect(tree).to_be_visible()
        await tree.get_by_role("treeitem").first.focus()
        first = await focused(page)
        await page.keyboard.press("ArrowDown")
        assert await focused(page) != first
        await page.keyboard.press("ArrowUp")
        assert await focused(page) == first

    async def test_arrows_move_the_border_between_panes(self, shown: Shown, visit: Opener) -> None:
        looked = await opened(visit, shown)
        border = looked.page.get_by_role("separator").first
        await border.focus()
        before = await border.bounding_box()
        await looked.page.keyboard.press("ArrowRight")
        await looked.page.wait_for_function(
            "(x) => document.activeElement.getBoundingClientRect().x > x", arg=before and before["x"]
        )

    async def test_f8_leads_to_the_notices(self, shown: Shown, visit: Opener) -> None:
        looked = await opened(visit, shown)
        await looked.page.keyboard.press("F8")
        assert await looked.page.evaluate(
            "!!document.activeElement.closest('[role=region][aria-label^=Notifications]')"
        )

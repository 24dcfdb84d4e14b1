"""Nothing on any view keeps somebody out who hears it, enlarges it or needs its contrast."""

from typing import Literal

import pytest

from tests.browser.gallery_views.views import VIEWS, Shown, View, settle
from tests.browser.visit import Visit

THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
class TestAxe:
    async def test_finds_nothing_in_either_theme(self, view: View, desktop: Visit, shown: Shown) -> None:
        await desktop.page.emulate_media(color_scheme="light")
        await view.reach(desktop, shown)
        found = {}
        for theme in THEMES:
            # The page follows the system at once, so the view need not be reached a second time.
            await desktop.page.emulate_media(color_scheme=theme)
            await desktop.page.wait_for_function(
                "(dark) => document.documentElement.classList.contains('dark') === dark", arg=theme == "dark"
            )
            await settle(desktop)
            await desktop.shot(f"{view.name}-{theme}")
            found[theme] = await desktop.violations()
        assert found == {"light": [], "dark": []}

"""Nothing on any view keeps somebody out who hears it, enlarges it or needs its contrast."""

from collections.abc import Iterator
from typing import Any, Literal

import pytest

from tests.browser.gallery_views.views import VIEWS, Shown, View, settle
from tests.browser.visit import Visit

Theme = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = ("light", "dark")


def _seen() -> Iterator[Any]:
    """Half of the views in one theme in every run, by turns; all in both themes in the long tests."""
    for number, view in enumerate(VIEWS):
        for theme in THEMES:
            often = number % 4 in (0, 3) and theme == THEMES[number % 2]
            yield pytest.param(
                view, theme, marks=[] if often else [pytest.mark.long], id=f"{view.name}-{theme}"
            )


class TestAxe:
    @pytest.mark.parametrize(("view", "theme"), _seen())
    async def test_finds_nothing(self, view: View, theme: Theme, desktop: Visit, shown: Shown) -> None:
        await desktop.page.emulate_media(color_scheme=theme)
        await view.reach(desktop, shown)
        await desktop.page.wait_for_function(
            "(dark) => document.documentElement.classList.contains('dark') === dark", arg=theme == "dark"
        )
        await settle(desktop)
        await desktop.shot(f"{view.name}-{theme}")
        assert await desktop.violations() == []

"""Past designs in the page: found, renamed, pinned, deleted and taken back."""

import re

from playwright.async_api import Locator, expect

from libs.workflow.service import StartedDesign
from tests.browser.conversation import until
from tests.browser.theatre import Theatre
from tests.browser.visit import Opener, Visit


class TestPastDesigns:
    async def test_are_renamed_pinned_searched_deleted_and_taken_back(
        self, theatre: Theatre, visit: Opener
    ) -> None:
        kept = await theatre.stage.start("Aardvark counting in eu-central-1, nightly.")
        other = await theatre.stage.start("Zebra counting in eu-central-1, nightly.")
        laptop = await visit(theatre.base)
        await laptop.open_run(kept.decision_set_id)

        await choose(laptop, kept, "Rename")
        await laptop.page.get_by_label("New name").fill("Aardvarks at night")
        await laptop.page.keyboard.press("Enter")
        await expect(item(laptop, kept)).to_contain_text("Aardvarks at night")
        await expect(laptop.page.get_by_role("heading", level=1)).to_have_text("Aardvarks at night")

        # Escape leaves the name as it was.
        await choose(laptop, kept, "Rename")
        await laptop.page.get_by_label("New name").fill("Something else")
        await laptop.page.keyboard.press("Escape")
        await expect(item(laptop, kept)).to_contain_text("Aardvarks at night")

        await choose(laptop, kept, "Pin")
        pinned = laptop.page.get_by_role("region", name="Pinned")
        await expect(pinned).to_contain_text("Aardvarks at night")
        await laptop.page.reload()
        await expect(pinned).to_contain_text("Aardvarks at night")
        await choose(laptop, kept, "Unpin")
        await expect(pinned).to_have_count(0)

        search = laptop.page.get_by_label("Search designs and projects")
        await search.fill("zebra")
        await expect(item(laptop, other)).to_be_visible()
        await expect(item(laptop, kept)).to_have_count(0)
        await search.fill("neither of them")
        await expect(laptop.page.get_by_text("Nothing has these words")).to_be_visible()
        await search.fill("zebra")

        # What is being worked on stays, and the page says why.
        await choose(laptop, other, "Delete")
        await expect(laptop.page.get_by_role("button", name="Try again")).to_be_visible()
        await expect(item(laptop, other)).to_be_visible()
        await theatre.stage.end(other)
        await choose(laptop, other, "Delete")
        await expect(item(laptop, other)).to_have_count(0)
        await until(lambda: is_archived(theatre, other, True))
        await laptop.page.get_by_role("button", name="Undo").click()
        await expect(item(laptop, other)).to_be_visible()
        await until(lambda: is_archived(theatre, other, False))


def item(looked: Visit, design: StartedDesign) -> Locator:
    return looked.page.locator(f"aside li:has(a[href*='{design.decision_set_id}'])")


async def choose(looked: Visit, design: StartedDesign, action: str) -> None:
    await item(looked, design).get_by_role("button", name=re.compile("^More about")).click()
    await looked.page.get_by_role("menuitem", name=action, exact=True).click()


async def is_archived(theatre: Theatre, design: StartedDesign, archived: bool) -> bool:
    found = (await theatre.client.get(f"/api/decision-sets/{design.decision_set_id}")).json()
    return bool(found["archived"] is archived)

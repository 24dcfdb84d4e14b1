"""Projects and past designs in the page: found, renamed, pinned, deleted and taken back."""

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


class TestProjects:
    async def test_are_made_chosen_renamed_pinned_deleted_and_taken_back(
        self, theatre: Theatre, visit: Opener
    ) -> None:
        there = await theatre.stage.start("Aardvark counting in eu-central-1, nightly.")
        laptop = await visit(theatre.base)
        await laptop.open_run(there.decision_set_id)
        projects = laptop.page.get_by_role("region", name="Projects")
        await projects.get_by_role("button", name="New project").click()
        await projects.get_by_label("Name of the new project").fill("Zoo")
        await laptop.page.keyboard.press("Enter")

        # The new one is chosen: what is in others is not listed, and what is begun now goes into it.
        await expect(projects.get_by_role("button", name="Zoo", exact=True, pressed=True)).to_be_visible()
        await expect(laptop.page.get_by_text("No designs in this project yet")).to_be_visible()
        await laptop.page.get_by_role("link", name="New design").click()
        field = laptop.page.get_by_label("Project", exact=True)
        await expect(field.locator("option:checked")).to_have_text("Zoo")
        made = await laptop.start("Zebra counting in eu-central-1, nightly.")
        found = (await theatre.client.get(f"/api/decision-sets/{made}")).json()
        [zoo] = (await theatre.client.get("/api/projects?q=zoo")).json()["items"]
        assert found["project_id"] == zoo["id"]
        await expect(laptop.page.locator(f"aside li:has(a[href*='{made}'])")).to_be_visible()
        await expect(item(laptop, there)).to_have_count(0)

        await of_project(laptop, "Zoo", "Rename")
        await laptop.page.get_by_label("New name of the project").fill("Menagerie")
        await laptop.page.keyboard.press("Enter")
        await expect(projects.get_by_role("button", name="Menagerie", exact=True)).to_be_visible()
        await of_project(laptop, "Menagerie", "Pin")
        await expect(projects.get_by_role("listitem").first).to_contain_text("Menagerie")

        # A name that is taken is refused, and said so.
        await of_project(laptop, "Menagerie", "Rename")
        await laptop.page.get_by_label("New name of the project").fill("Designs")
        await laptop.page.keyboard.press("Enter")
        await expect(
            laptop.page.get_by_text("A project named 'Designs' exists already.").first
        ).to_be_visible()

        # Without it all designs are listed again, its own as well.
        await of_project(laptop, "Menagerie", "Delete")
        await expect(projects.get_by_role("button", name=re.compile("^Menagerie"))).to_have_count(0)
        await expect(item(laptop, there)).to_be_visible()
        await expect(laptop.page.locator(f"aside li:has(a[href*='{made}'])")).to_be_visible()
        await laptop.page.get_by_role("button", name="Undo").click()
        await expect(projects.get_by_role("button", name=re.compile("^Menagerie"))).to_be_visible()


def item(looked: Visit, design: StartedDesign) -> Locator:
    return looked.page.locator(f"aside li:has(a[href*='{design.decision_set_id}'])")


async def choose(looked: Visit, design: StartedDesign, action: str) -> None:
    await item(looked, design).get_by_role("button", name=re.compile("^More about")).click()
    await looked.page.get_by_role("menuitem", name=action, exact=True).click()


async def of_project(looked: Visit, name: str, action: str) -> None:
    await looked.page.get_by_role("button", name=f"More about the project {name}").click()
    await looked.page.get_by_role("menuitem", name=action, exact=True).click()


async def is_archived(theatre: Theatre, design: StartedDesign, archived: bool) -> bool:
    found = (await theatre.client.get(f"/api/decision-sets/{design.decision_set_id}")).json()
    return bool(found["archived"] is archived)

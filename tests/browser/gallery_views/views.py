"""Every view of the product and how it is reached, for whatever has to hold on all of them."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import quote

from playwright.async_api import expect

from tests.browser.gallery import Gallery
from tests.browser.visit import Visit

NOBODY = "00000000-0000-0000-0000-000000000000"
"""An id that no design has."""


@dataclass(frozen=True)
class Shown:
    """What can be looked at."""

    gallery: Gallery
    share_path: str
    """The address of the shared page of the design that is done, with its token."""


Reach = Callable[[Visit, Shown], Awaitable[None]]


@dataclass(frozen=True)
class View:
    """One view, as a person would come to it."""

    name: str
    _reach: Reach

    async def reach(self, visit: Visit, shown: Shown) -> None:
        """Opens it in the page, and waits until nothing of it is on its way any more."""
        # Reading where one was before would skip the load when only what is behind `#` differs.
        await visit.page.goto("about:blank")
        await self._reach(visit, shown)
        await settle(visit)


async def settle(visit: Visit) -> None:
    """Waits until the page is React's, no part of it is a placeholder, every font is there and nothing moves any more.

    What turns as long as something is at work may go on, and so may what follows the scrolling.
    """
    await visit.page.wait_for_function(
        # The exported HTML holds no placeholder yet; React leaves its keys on the elements that it took over.
        """() => Object.keys(document.querySelector('main') ?? {}).some((key) => key.startsWith('__react'))
              && !document.querySelector('[role=status] .animate-pulse, [aria-busy=true]')
              && document.fonts.status === 'loaded'
              && document.getAnimations().every(({timeline, effect, playState}) =>
                   timeline !== document.timeline || playState !== 'running'
                   || effect.getComputedTiming().iterations === Infinity)"""
    )


async def pane(visit: Visit, name: str) -> None:
    """Changes to a pane where only one has room; elsewhere it is there already."""
    button = visit.page.get_by_role("navigation", name="Panes").get_by_role("button", name=name, exact=True)
    if await button.is_visible():
        await button.click()


def address(path: str, title: str) -> Reach:
    """A page that is there as soon as its title is."""

    async def reach(visit: Visit, _: Shown) -> None:
        await visit.goto(path)
        await expect(visit.page.get_by_role("heading", level=1, name=title)).to_be_visible()

    return reach


async def start(visit: Visit, shown: Shown) -> None:
    await visit.goto("/")
    await expect(
        visit.page.get_by_role("region", name="Recent designs").get_by_role("link").first
    ).to_be_visible()


async def guided(visit: Visit, shown: Shown) -> None:
    await start(visit, shown)
    await visit.page.get_by_role("button", name="Guided form").click()
    await expect(visit.page.get_by_role("group").first).to_be_visible()


async def example(visit: Visit, shown: Shown) -> None:
    await start(visit, shown)
    await visit.page.get_by_role("button", name="Fraud detection").click()
    await expect(visit.page.get_by_role("button", name="Design it")).to_be_enabled()


def run(state: str, landmark: str, *, role: str = "button", exact: bool = False) -> Reach:
    """The page of one design of the gallery; the landmark comes last."""

    async def reach(visit: Visit, shown: Shown) -> None:
        await visit.open_run(getattr(shown.gallery, state))
        place = visit.page.locator("main")
        await expect(
            place.get_by_role("button", name=landmark, exact=exact)
            if role == "button"
            else place.get_by_text(landmark).first
        ).to_be_visible()

    return reach


def tab(name: str) -> Reach:
    """A tab of the canvas, with its content."""

    async def reach(visit: Visit, shown: Shown) -> None:
        await visit.open_run(shown.gallery.done, name.lower())
        await pane(visit, "Design")
        panel = visit.page.get_by_role("tabpanel", name=name)
        await expect(panel.locator("h2, li, table, article, .react-flow").first).to_be_visible()

    return reach


async def file(visit: Visit, shown: Shown) -> None:
    await visit.goto(f"/runs/?id={shown.gallery.done}&tab=repository&file={quote('pyproject.toml')}&line=3")
    await expect(visit.page.locator("h1")).to_be_attached()
    await pane(visit, "Design")
    await expect(visit.page.get_by_role("heading", name="pyproject.toml")).to_be_visible()
    # Colours come from a file of their own.
    await expect(
        visit.page.get_by_role("tabpanel", name="Repository").locator("[data-line] span.text-good").first
    ).to_be_attached()


async def component(visit: Visit, shown: Shown) -> None:
    await tab("Architecture")(visit, shown)
    part = visit.page.locator(".react-flow [data-part]").first
    # Where a diagram has no room, the list of the same parts stands in its place.
    await part.or_(visit.page.get_by_role("button", name="Details of").first).first.click()
    await expect(visit.page.get_by_role("dialog")).to_be_visible()


async def compare(visit: Visit, shown: Shown) -> None:
    await visit.open_run(shown.gallery.third, "versions")
    await pane(visit, "Design")
    await expect(
        visit.page.get_by_role("region", name="Comparison").get_by_role("heading", level=3).first
    ).to_be_visible()


async def without_plan(visit: Visit, shown: Shown) -> None:
    await visit.open_run(shown.gallery.asking)
    await pane(visit, "Design")
    await expect(visit.page.get_by_text("No architecture yet")).to_be_visible()


async def reason(visit: Visit, shown: Shown) -> None:
    await run("done", "Download the repository")(visit, shown)
    card = visit.page.get_by_role("log").get_by_role("button", expanded=False).first
    await card.click()
    await expect(visit.page.get_by_role("log").get_by_role("button", expanded=True)).to_be_visible()


async def steps(visit: Visit, shown: Shown) -> None:
    await run("done", "Download the repository")(visit, shown)
    await visit.page.get_by_role("button", name="13 of 13 steps").click()
    await expect(visit.page.get_by_role("list", name="Steps")).to_be_visible()


async def requirement(visit: Visit, shown: Shown) -> None:
    await run("approving", "Approve", exact=True)(visit, shown)
    await visit.page.get_by_role("region", name="Read in the brief").get_by_role("button").first.click()
    await expect(visit.page.get_by_role("dialog")).to_be_visible()


async def rejecting(visit: Visit, shown: Shown) -> None:
    await run("approving", "Approve", exact=True)(visit, shown)
    await visit.page.get_by_role("button", name="Reject…").click()
    await expect(visit.page.get_by_role("button", name="Reject…")).to_be_hidden()


async def palette(visit: Visit, shown: Shown) -> None:
    await run("done", "Download the repository")(visit, shown)
    await visit.page.keyboard.press("Control+k")
    await expect(visit.page.get_by_role("option").nth(5)).to_be_visible()


async def keys(visit: Visit, shown: Shown) -> None:
    await run("done", "Download the repository")(visit, shown)
    await visit.page.keyboard.press("?")
    await expect(visit.page.get_by_role("dialog", name="Keyboard")).to_be_visible()


async def sharing(visit: Visit, shown: Shown) -> None:
    await run("done", "Download the repository")(visit, shown)
    await visit.page.get_by_role("button", name="Share").click()
    await expect(visit.page.get_by_role("region", name="Links").get_by_role("listitem").first).to_be_visible()


async def shared(visit: Visit, shown: Shown) -> None:
    await visit.goto(shown.share_path)
    await expect(visit.page.get_by_role("heading", level=1)).to_be_visible()
    await expect(visit.page.get_by_role("log").get_by_role("article").first).to_be_visible()


async def designs(visit: Visit, shown: Shown) -> None:
    await visit.open_run(shown.gallery.done)
    await pane(visit, "Designs")
    await expect(
        visit.page.get_by_role("navigation", name="Past designs").get_by_role("link").first
    ).to_be_visible()


async def design_menu(visit: Visit, shown: Shown) -> None:
    await designs(visit, shown)
    past = visit.page.get_by_role("navigation", name="Past designs").get_by_role("listitem").first
    await past.get_by_role("button").first.click()
    await expect(visit.page.get_by_role("menu")).to_be_visible()


TABS = (
    "Architecture",
    "Cost",
    "Policy",
    "Requirements",
    "Repository",
    "Checks",
    "Rationale",
    "Timeline",
    "Versions",
)

VIEWS = (
    View("start", start),
    View("start-guided", guided),
    View("start-example", example),
    View("run-asking", run("asking", "Accept the defaults")),
    View("run-approving", run("approving", "Approve", exact=True)),
    View("run-second", run("second", "Approve", exact=True)),
    View("run-done", run("done", "Download the repository")),
    View("run-rejected", run("rejected", "Rejected", role="text")),
    View("gate-rejecting", rejecting),
    View("requirement", requirement),
    View("reason-open", reason),
    View("steps-open", steps),
    *(View(f"tab-{name.lower()}", tab(name)) for name in TABS),
    View("tab-file", file),
    View("tab-component", component),
    View("tab-compare", compare),
    View("tab-without-plan", without_plan),
    View("designs", designs),
    View("design-menu", design_menu),
    View("palette", palette),
    View("keys", keys),
    View("share-dialog", sharing),
    View("shared", shared),
    View("inbox", address("/inbox/", "Waiting for you")),
    View("settings", address("/settings/", "Settings")),
    View("not-found", address("/nothing-here", "There is no such page")),
    View("run-unknown", address(f"/runs/?id={NOBODY}", "The design cannot be shown")),
    View("run-none", address("/runs/", "No design was chosen")),
)

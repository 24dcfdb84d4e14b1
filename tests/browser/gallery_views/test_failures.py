"""Every request may fail: the page says what happened and what is next, keeps what was typed, and shows no trace."""

import json
import re
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass

import pytest
from playwright.async_api import Route, expect
from playwright.async_api import TimeoutError as NotInTime

from tests.browser.gallery import Gallery
from tests.browser.visit import Opener, Visit

TYPED = "Words that were typed and must not be lost."
MOST_READINGS = 10
"""More than any page asks for when it is opened."""
TRACE = re.compile(r"Traceback|at \w+ \(|\.py\b|undefined|\[object|NaN|TypeError|SyntaxError")
FAILURES = {
    "500": (
        500,
        "The server made a mistake.",
        "Nothing was changed. Try again; the reference helps to find it.",
    ),
    "503": (503, "The database does not answer.", "Nothing was changed. Try again in a moment."),
    "429": (429, "Too much waits already.", "Try again in a minute."),
    "403": (403, "That needs the role editor.", "Ask an administrator."),
    "network": (0, "The server does not answer.", "Nothing is lost"),
}


@dataclass(frozen=True)
class Act:
    """Something that a person does, and the request that it needs."""

    method: str
    address: str
    open: Callable[[Visit, Gallery], Awaitable[None]]
    do: Callable[[Visit], Awaitable[None]]
    keeps: str = ""
    """The label of the field in which the typed words are kept."""


async def _landing(looked: Visit, gallery: Gallery) -> None:
    await looked.goto("/")


async def _asking(looked: Visit, gallery: Gallery) -> None:
    await looked.open_run(gallery.asking)


async def _approving(looked: Visit, gallery: Gallery) -> None:
    await looked.open_run(gallery.approving)


async def _done(looked: Visit, gallery: Gallery) -> None:
    await looked.open_run(gallery.done)


async def _versions(looked: Visit, gallery: Gallery) -> None:
    await looked.open_run(gallery.done, "versions")


async def _start(looked: Visit) -> None:
    await looked.page.get_by_label("What should the system do?").fill(TYPED)
    await looked.page.get_by_role("button", name="Design it").click()


async def _respond(looked: Visit) -> None:
    await looked.page.get_by_label("Answer in your own words").fill(TYPED)
    await looked.page.get_by_role("button", name="Send", exact=True).click()


async def _next_version(looked: Visit) -> None:
    await looked.page.get_by_label("What should be different?").fill(TYPED)
    await looked.page.get_by_role("button", name="Send", exact=True).click()


async def _fork(looked: Visit) -> None:
    await looked.page.get_by_role("button", name="Edit and start a fork").click()
    await looked.page.get_by_label("Changed message").fill(TYPED)
    await looked.page.get_by_role("button", name="Start the fork").click()


async def _approve(looked: Visit) -> None:
    await looked.page.get_by_role("button", name="Add a comment").click()
    await looked.page.get_by_label("Comment").fill(TYPED)
    await looked.page.get_by_role("button", name="Approve", exact=True).click()


async def _reject(looked: Visit) -> None:
    await looked.page.get_by_role("button", name="Reject…").click()
    await looked.page.get_by_role("textbox", name="Reason").fill(TYPED)
    await looked.page.get_by_role("button", name="Reject and plan again").click()


async def _stop(looked: Visit) -> None:
    await looked.page.get_by_role("button", name="Stop", exact=True).click()


async def _pin(looked: Visit) -> None:
    await _menu(looked, "Pin")


async def _delete(looked: Visit) -> None:
    await _menu(looked, "Delete")


async def _menu(looked: Visit, action: str) -> None:
    await looked.page.get_by_role("button", name=re.compile("^More about (?!the project)")).first.click()
    await looked.page.get_by_role("menuitem", name=action, exact=True).click()


ACTS = {
    "start": Act("POST", "**/api/chat/async", _landing, _start, "What should the system do?"),
    "next version": Act("POST", "**/api/chat/async", _done, _next_version, "What should be different?"),
    "fork": Act("POST", "**/api/chat/async", _done, _fork, "Changed message"),
    "approve": Act("POST", "**/approve", _approving, _approve, "Comment"),
    "respond": Act("POST", "**/approve", _approving, _respond, "Answer in your own words"),
    "reject": Act("POST", "**/approve", _asking, _reject, "Reason"),
    "stop": Act("POST", "**/cancel", _asking, _stop),
    "pin": Act("PATCH", "**/api/decision-sets/*", _done, _pin),
    "delete": Act("PATCH", "**/api/decision-sets/*", _done, _delete),
}


ALWAYS = ("start", "approve")
"""Tried in every run of the tests; the others in the long one."""


class TestRefusedActs:
    @pytest.mark.parametrize(
        "act",
        [
            pytest.param(act, id=name, marks=() if name in ALWAYS else pytest.mark.long)
            for name, act in ACTS.items()
        ],
    )
    async def test_say_what_happened_and_keep_what_was_typed(
        self, gallery: Gallery, visit: Opener, act: Act
    ) -> None:
        for name in FAILURES:
            looked = await visit(gallery.base, "")
            await act.open(looked, gallery)
            await refuse(looked, act.method, act.address, name)
            await act.do(looked)
            await assert_told(looked, name)
            if act.keeps:
                field = looked.page.get_by_role("textbox", name=act.keeps)
                await expect(field).to_have_value(TYPED)
            await looked.page.close()


class TestRefusedReading:
    @pytest.mark.parametrize(
        ("path", "address"),
        [
            ("/runs/?id={done}", "**/api/decision-sets/ds_*"),
            pytest.param("/runs/?id={done}", "**/api/decision-sets?*", marks=pytest.mark.long),
            ("/runs/?id={done}&tab=cost", "**/cost*"),
            pytest.param("/runs/?id={done}&tab=policy", "**/policy*", marks=pytest.mark.long),
            ("/runs/?id={done}&tab=repository", "**/files"),
            pytest.param(
                "/runs/?id={done}&tab=repository&file=README.md", "**/files/README.md", marks=pytest.mark.long
            ),
            pytest.param("/runs/?id={done}&tab=timeline", "**/events*", marks=pytest.mark.long),
            pytest.param("/runs/?id={approving}", "**/plan", marks=pytest.mark.long),
            pytest.param("/inbox/", "**/api/inbox*", marks=pytest.mark.long),
            pytest.param("/settings/", "**/api/projects*", marks=pytest.mark.long),
            pytest.param("/", "**/api/decision-sets?*", marks=pytest.mark.long),
        ],
    )
    async def test_says_so_and_reads_again_when_asked(
        self, gallery: Gallery, visit: Opener, path: str, address: str
    ) -> None:
        looked = await visit(gallery.base, "")
        await refuse(looked, "GET", address, "403")
        await looked.goto(path.format(done=gallery.done, approving=gallery.approving))
        await assert_told(looked, "403")
        await looked.page.unroute_all()
        again = looked.page.get_by_role("button", name="Try again")
        refused = looked.page.get_by_text(FAILURES["403"][1])
        # Several readings fail on some pages, and one of them may say so only after another was read again.
        for _ in range(MOST_READINGS):
            with suppress(AssertionError):
                await expect(refused).to_have_count(0, timeout=2000)
                break
            # What was refused may be there by itself before the button is reached.
            with suppress(NotInTime):
                await again.first.click(timeout=2000)
        await expect(refused).to_have_count(0)

    async def test_a_design_that_is_not_there(self, gallery: Gallery, visit: Opener) -> None:
        looked = await visit(gallery.base, "/runs/?id=ds_00000000000000000000000000000000")
        alert = looked.page.get_by_role("alert").filter(visible=True).first
        await expect(alert).to_be_visible()
        assert not TRACE.search(await looked.page.locator("body").inner_text())

    async def test_a_brief_that_is_too_long_is_refused_and_kept(
        self, gallery: Gallery, visit: Opener
    ) -> None:
        for length in (260_000, 1_100_000):
            looked = await visit(gallery.base, "/")
            brief = looked.page.get_by_label("What should the system do?")
            words = "fraud " * (length // 6)
            await brief.evaluate(
                "(box, text) => { Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')"
                ".set.call(box, text); box.dispatchEvent(new Event('input', {bubbles: true})); }",
                words,
            )
            await looked.page.get_by_role("button", name="Design it").click()
            alert = looked.page.locator("main").get_by_role("alert")
            await expect(alert).to_be_visible()
            assert len((await alert.inner_text()).split(". ")) >= 2, "what happened, and what to do next"
            assert not TRACE.search(await alert.inner_text())
            assert await brief.input_value() == words
            await looked.page.close()


async def refuse(looked: Visit, method: str, address: str, name: str) -> None:
    """Lets these requests fail from now on."""
    status, detail, advice = FAILURES[name]

    async def answer(route: Route) -> None:
        if route.request.method != method:
            await route.fallback()
        elif not status:
            await route.abort("connectionrefused")
        else:
            problem = {
                "status": status,
                "title": "No",
                "detail": detail,
                "advice": advice,
                "correlation_id": "req_42",
            }
            await route.fulfill(
                status=status, content_type="application/problem+json", body=json.dumps(problem)
            )

    await looked.page.route(address, answer)


async def assert_told(looked: Visit, name: str) -> None:
    """The page says what happened and what is next, in words."""
    _, detail, advice = FAILURES[name]
    said = looked.page.locator("[role=alert], [role=status], li[data-state=open]")
    await expect(said.filter(has_text=detail).filter(has_text=advice).first).to_be_visible()
    assert not TRACE.search(await looked.page.locator("body").inner_text())

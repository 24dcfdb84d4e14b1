"""How long the page of a run with a thousand events keeps a person waiting at once."""

import asyncio
from collections.abc import Mapping, Sequence
from itertools import cycle, islice
from typing import Any

import httpx

from libs.bootstrap import Services, build
from libs.cli.benchmarks import browser, samples
from libs.cli.benchmarks.first_load import NOT_BUILT, is_built
from libs.cli.benchmarks.models import Conditions, MeasurementFailed, Result, measured, skipped
from libs.cli.benchmarks.web_designs import waiting_design, web_app
from libs.core.principal import local_owner
from libs.events.models import Event, NewEvent

TARGET_MS = 200.0
EVENTS = 1000
AT_ONCE = 20
"""Events of one transaction while they stream in."""
PAUSE_SECONDS = 0.05
LONGEST_MS = 120_000.0
REPEATED = frozenset(
    {"node-start", "node-complete", "node-skipped", "reason-card", "policy-update", "cost-update"}
)
SEEN = "Your approval is needed"
"""Stands on the page when it has caught up with the story so far."""
LAST_WORDS = "The thousandth event was told."


async def measure(conditions: Conditions) -> Sequence[Result]:
    """The longest task of the page: while it catches up with 1,000 events, and while they stream in."""
    names = ("thousand_events_opened", "thousand_events_streamed")
    reason = browser.missing() or (None if is_built(conditions.settings.page_dir) else NOT_BUILT)
    if reason:
        return [skipped(name, "ms", reason) for name in names]
    opened: list[list[float]] = []
    streamed: list[list[float]] = []
    async with web_app(conditions, "thousand-events") as (_, client):
        home = conditions.folder / "thousand-events"
        services = await build(conditions.settings.model_copy(update={"home": home, "database_url": ""}))
        try:
            for _round in range(conditions.runs):
                opened.append(await _opened(client, services))
                streamed.append(await _streamed(client, services))
        finally:
            await services.close()
    return [_judged(name, rounds) for name, rounds in zip(names, (opened, streamed), strict=True)]


def _judged(name: str, rounds: Sequence[Sequence[float]]) -> Result:
    longest = [max(tasks, default=0.0) for tasks in rounds]
    return measured(
        name,
        "ms",
        samples.median(longest),
        runs=len(rounds),
        at_most=TARGET_MS,
        breakdown={
            "longest_ms": samples.spread(longest),
            "tasks_over_50_ms": samples.spread([float(len(tasks)) for tasks in rounds]),
            "together_ms": samples.spread([sum(tasks) for tasks in rounds]),
        },
        note="longest task",
    )


async def _opened(client: httpx.AsyncClient, services: Services) -> list[float]:
    design = await waiting_design(client)
    for batch in await _missing(services, design["run_id"]):
        await _append(services, design["run_id"], batch)
    async with browser.watched_page() as page:
        await page.goto(_address(client, design))
        await page.get_by_text(LAST_WORDS).wait_for(state="attached", timeout=LONGEST_MS)
        return await browser.long_tasks(page)


async def _streamed(client: httpx.AsyncClient, services: Services) -> list[float]:
    design = await waiting_design(client)
    async with browser.watched_page() as page:
        await page.goto(_address(client, design))
        await page.get_by_text(SEEN).wait_for(timeout=LONGEST_MS)
        began = float(await page.evaluate("performance.now()"))
        for batch in await _missing(services, design["run_id"]):
            await _append(services, design["run_id"], batch)
            await asyncio.sleep(PAUSE_SECONDS)
        await page.get_by_text(LAST_WORDS).wait_for(state="attached", timeout=LONGEST_MS)
        return await browser.long_tasks(page, after=began)


def _address(client: httpx.AsyncClient, design: Mapping[str, Any]) -> str:
    return str(client.base_url.copy_with(path="/runs/", query=f"id={design['id']}".encode()))


async def _missing(services: Services, run_id: str) -> Sequence[Sequence[NewEvent]]:
    """What the story lacks of a thousand events, in batches; its last words are the last ones."""
    told = await services.events.read(local_owner(), run_id, 0, EVENTS)
    story = lengthened(told, EVENTS)
    return [story[start : start + AT_ONCE] for start in range(0, len(story), AT_ONCE)]


async def _append(services: Services, run_id: str, batch: Sequence[NewEvent]) -> None:
    async with services.db.write() as session:
        await services.events.append(session, run_id, batch)


def lengthened(told: Sequence[Event], length: int) -> list[NewEvent]:
    """What makes a story as long as that: what it told itself, again and again, and a last card with known words.

    Raises:
        MeasurementFailed: it told nothing that may be told again.
    """
    again = [event for event in told if event.type in REPEATED]
    cards = [event for event in again if event.type == "reason-card"]
    if not cards:
        raise MeasurementFailed("The design gave no reason, so there is nothing to tell again.")
    missing = [
        _copy(event, number) for number, event in enumerate(islice(cycle(again), length - len(told) - 1))
    ]
    last = _copy(cards[-1], length)
    return [*missing, last.model_copy(update={"data": {**last.data, "choice": LAST_WORDS}})]


def _copy(event: Event, number: int) -> NewEvent:
    key = f"again-{number}"
    data = {**event.data, "decision_id": key} if event.type == "reason-card" else event.data
    return NewEvent(type=event.type, key=key, node=event.node, data=data)

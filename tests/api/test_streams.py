"""GET /api/streams/{decision_set_id} and GET /api/runs/{run_id}/stream."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from libs.bootstrap import Services
from libs.core.settings import Settings
from libs.workflow.service import StartedDesign
from tests.api.conftest import client_of, serving
from tests.api.expect import problem
from tests.api.stage import Stage


async def messages(response: httpx.Response) -> AsyncIterator[dict[str, Any]]:
    """Server-sent messages as a browser would see them, comments included under `comment`."""
    found: dict[str, Any] = {}
    async for line in response.aiter_lines():
        if not line:
            if found:
                yield found
            found = {}
        elif line.startswith(":"):
            found["comment"] = line[1:].strip()
        else:
            name, _, value = line.partition(":")
            found[name] = value.removeprefix(" ")


async def read(
    client: httpx.AsyncClient,
    design: StartedDesign,
    *,
    last: int | None = None,
    until: int | None = None,
    query: str = "",
) -> list[dict[str, Any]]:
    """Events of the stream to its end, or until a number was seen."""
    headers = {} if last is None else {"Last-Event-ID": str(last)}
    events: list[dict[str, Any]] = []
    async with client.stream(
        "GET", f"/api/streams/{design.decision_set_id}{query}", headers=headers
    ) as response:
        assert response.status_code == 200
        assert response.headers["content-type"].startswith("text/event-stream")
        async for message in messages(response):
            if "data" in message:
                event = json.loads(message["data"])
                assert (message["id"], message["event"]) == (str(event["seq"]), event["type"])
                events.append(event)
                if event["seq"] == until:
                    break
    return events


def numbers(events: list[dict[str, Any]]) -> list[int]:
    return [event["seq"] for event in events]


class TestStreamDecisionSet:
    async def test_replays_the_whole_story_and_ends_after_run_complete(
        self, served: httpx.AsyncClient, stage: Stage
    ) -> None:
        design = await stage.start()
        await stage.tell_steps(design, 450)
        await stage.end(design)
        events = await read(served, design)
        assert numbers(events) == list(range(1, 452))
        assert events[-1]["type"] == "run-complete"
        assert events[0]["decision_set_id"] == design.decision_set_id

    async def test_follows_what_happens_while_it_is_open(
        self, served: httpx.AsyncClient, stage: Stage
    ) -> None:
        design = await stage.start()
        await stage.tell_steps(design, 2)
        reading = asyncio.create_task(read(served, design))
        for n in range(3, 8):
            await asyncio.sleep(0.03)
            await stage.tell_steps(design, 1, first=n)
        await stage.end(design)
        assert numbers(await asyncio.wait_for(reading, 10)) == list(range(1, 9))

    async def test_resumes_at_every_number_by_header_and_by_address(
        self, served: httpx.AsyncClient, stage: Stage
    ) -> None:
        design = await stage.start()
        await stage.tell_steps(design, 12)
        await stage.end(design)
        for last in range(13):
            expected = list(range(last + 1, 14))
            assert numbers(await read(served, design, last=last)) == expected
            assert numbers(await read(served, design, query=f"?after={last}")) == expected

    async def test_the_header_outweighs_the_address_of_a_returning_client(
        self, served: httpx.AsyncClient, stage: Stage
    ) -> None:
        design = await stage.start()
        await stage.tell_steps(design, 5)
        await stage.end(design)
        assert numbers(await read(served, design, last=4, query="?after=1")) == [5, 6]

    async def test_two_clients_see_the_same(self, served: httpx.AsyncClient, stage: Stage) -> None:
        design = await stage.start()
        readers = [asyncio.create_task(read(served, design)) for _ in range(3)]
        for n in range(1, 30):
            await stage.tell_steps(design, 1, first=n)
        await stage.end(design)
        first, second, third = await asyncio.wait_for(asyncio.gather(*readers), 10)
        assert first == second == third
        assert numbers(first) == list(range(1, 31))

    async def test_a_hundred_cuts_lose_and_double_nothing(
        self, served: httpx.AsyncClient, stage: Stage
    ) -> None:
        design = await stage.start()
        await stage.tell_steps(design, 100)
        await stage.end(design)
        seen: list[int] = []
        for cut in range(1, 101):
            seen += numbers(await read(served, design, last=seen[-1] if seen else None, until=cut))
        seen += numbers(await read(served, design, last=seen[-1]))
        assert seen == list(range(1, 102))

    async def test_another_replica_goes_on_where_the_first_stopped(
        self, settings: Settings, services: Services, served: httpx.AsyncClient, stage: Stage
    ) -> None:
        from api.main import create_app

        design = await stage.start()
        await stage.tell_steps(design, 4)
        first = await read(served, design, until=2)
        async with serving(create_app(settings, services)) as replica:
            await stage.end(design)
            rest = await read(replica, design, last=2)
        assert numbers(first) + numbers(rest) == [1, 2, 3, 4, 5]

    async def test_a_complete_story_tells_a_returning_client_to_stay_away(
        self, client: httpx.AsyncClient, stage: Stage
    ) -> None:
        design = await stage.start()
        await stage.end(design)
        answer = await client.get(f"/api/streams/{design.decision_set_id}", headers={"Last-Event-ID": "1"})
        assert (answer.status_code, answer.content) == (204, b"")

    async def test_a_story_that_goes_on_after_a_retry_is_told_behind_its_first_end(
        self, served: httpx.AsyncClient, stage: Stage
    ) -> None:
        design = await stage.start()
        await stage.tell_steps(design, 2)
        await served.post(f"/api/runs/{design.run_id}/cancel")
        assert numbers(await read(served, design)) == [1, 2, 3]
        await served.post(f"/api/runs/{design.run_id}/retry")
        late = asyncio.create_task(read(served, design, last=3))
        whole = asyncio.create_task(read(served, design))
        await stage.tell_steps(design, 1, first=3)
        await stage.end(design)
        assert [e["type"] for e in await asyncio.wait_for(late, 10)] == [
            "run-retried",
            "node-start",
            "run-complete",
        ]
        assert numbers(await asyncio.wait_for(whole, 10)) == [1, 2, 3, 4, 5, 6]
        answer = await served.get(f"/api/streams/{design.decision_set_id}", headers={"Last-Event-ID": "6"})
        assert answer.status_code == 204

    async def test_begins_with_retry_and_keeps_a_quiet_stream_alive(
        self, served: httpx.AsyncClient, stage: Stage
    ) -> None:
        design = await stage.start()
        async with served.stream("GET", f"/api/streams/{design.decision_set_id}") as response:
            story = messages(response)
            first, second = [await asyncio.wait_for(anext(story), 5) for _ in range(2)]
        assert first["retry"] == "1000"
        assert second == {"comment": "heartbeat"}
        assert response.headers["cache-control"].startswith("no-store")

    async def test_closes_itself_after_its_lifetime(
        self, settings: Settings, services: Services, stage: Stage
    ) -> None:
        from dataclasses import replace

        from api.main import create_app

        short = settings.model_copy(update={"stream_seconds": 0.2})
        design = await stage.start()
        await stage.tell_steps(design, 3)
        async with serving(create_app(short, replace(services, settings=short))) as client:
            events = await asyncio.wait_for(read(client, design), 5)
        assert numbers(events) == [1, 2, 3]

    @pytest.mark.parametrize("last", ["abc", "-1", "1.5", "9" * 40, "²"])
    async def test_a_number_that_is_none_is_refused(
        self, client: httpx.AsyncClient, stage: Stage, last: str
    ) -> None:
        design = await stage.start()
        headers = {"Last-Event-ID": last.encode()}
        answer = await client.get(f"/api/streams/{design.decision_set_id}", headers=headers)  # type: ignore[arg-type]
        problem(answer, 422, "api.invalid_request")

    async def test_a_number_that_was_never_given_out_is_refused(
        self, client: httpx.AsyncClient, stage: Stage
    ) -> None:
        design = await stage.start()
        answer = await client.get(f"/api/streams/{design.decision_set_id}?after=5")
        assert problem(answer, 422, "events.cursor_ahead")["latest"] == 0

    async def test_an_unknown_id_is_not_found(self, client: httpx.AsyncClient) -> None:
        problem(await client.get("/api/streams/ds_unknown"), 404)

    async def test_a_database_that_dies_ends_the_stream_in_order(
        self, app: FastAPI, services: Services, stage: Stage, settings: Settings
    ) -> None:
        design = await stage.start()
        await stage.tell_steps(design, 2)
        async with (
            serving(app) as client,
            client.stream("GET", f"/api/streams/{design.decision_set_id}") as response,
        ):
            story = messages(response)
            seen = [await anext(story) for _ in range(3)]
            for file in settings.home.glob("product.sqlite*"):
                file.unlink()
            await services.db.close()
            assert [m async for m in story if "data" in m] == []
        assert [m.get("id") for m in seen] == [None, "1", "2"]


class TestStreamRun:
    async def test_tells_the_same_story(self, served: httpx.AsyncClient, stage: Stage) -> None:
        design = await stage.start()
        await stage.tell_steps(design, 2)
        await stage.end(design)
        async with served.stream("GET", f"/api/runs/{design.run_id}/stream") as response:
            ids = [m["id"] async for m in messages(response) if "id" in m]
        assert ids == ["1", "2", "3"]

    async def test_an_unknown_run_is_not_found(self, app: FastAPI) -> None:
        async with client_of(app) as client:
            problem(await client.get("/api/runs/run_unknown/stream"), 404)

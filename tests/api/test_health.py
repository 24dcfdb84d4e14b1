"""/healthz and /readyz."""

import asyncio
from dataclasses import replace

import httpx
from fastapi import FastAPI

from api.main import create_app
from libs.bootstrap import Services
from libs.core.settings import Settings
from libs.projects.content import ContentStore
from libs.sandbox.port import Command, Outcome, Probe, SandboxUnavailable
from libs.storage.adapters.memory import MemoryStore
from libs.storage.port import StorageUnavailable
from tests.api.conftest import client_of
from tests.api.expect import problem
from tests.api.stage import BRIEF


class DeadStore(MemoryStore):
    async def get(self, key: str) -> bytes:
        raise StorageUnavailable("The disk is full.")


class OpenSandbox:
    """A machine on which nothing can be isolated."""

    name = "open"

    async def probe(self) -> Probe:
        return Probe(isolated=False, detail="bwrap is missing; install bubblewrap.")

    async def run(self, command: Command) -> Outcome:
        raise SandboxUnavailable


async def part(client: httpx.AsyncClient, name: str) -> dict[str, object]:
    parts = (await client.get("/readyz")).json()["parts"]
    return next(p for p in parts if p["name"] == name)


class TestHealth:
    async def test_answers_without_asking_anything(self, client: httpx.AsyncClient) -> None:
        answer = await client.get("/healthz")
        assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


class TestReadiness:
    async def test_names_database_storage_and_sandbox(self, client: httpx.AsyncClient) -> None:
        answer = await client.get("/readyz")
        assert answer.status_code == 200
        assert [p["name"] for p in answer.json()["parts"]] == ["database", "storage", "sandbox"]
        assert (await part(client, "database"))["ok"] is True

    async def test_a_dead_store_makes_it_unavailable(self, settings: Settings, services: Services) -> None:
        broken = replace(services, content=ContentStore(DeadStore()))
        async with client_of(create_app(settings, broken)) as client:
            answer = await client.get("/readyz")
            assert (answer.status_code, answer.json()["status"]) == (503, "unavailable")
            assert (await part(client, "storage"))["detail"] == "The disk is full."

    async def test_a_database_without_its_tables_makes_it_unavailable(
        self, settings: Settings, services: Services
    ) -> None:
        for file in settings.home.glob("product.sqlite*"):
            file.unlink()
        async with client_of(create_app(settings, services)) as client:
            assert (await client.get("/readyz")).status_code == 503
            answer = await client.post("/api/chat/async", json={"message": BRIEF})
            assert "again" in problem(answer, 503)["advice"] or "migrate" in answer.json()["advice"]
            assert answer.headers["retry-after"]

    async def test_without_a_worker_a_missing_sandbox_only_degrades(
        self, settings: Settings, services: Services
    ) -> None:
        open_ = replace(services, sandbox=OpenSandbox())
        async with client_of(create_app(settings, open_)) as client:
            answer = await client.get("/readyz")
        assert (answer.status_code, answer.json()["status"]) == (200, "degraded")


class TestBeside:
    async def test_what_runs_beside_starts_and_is_stopped_with_the_application(
        self, settings: Settings, services: Services
    ) -> None:
        story: list[str] = []

        async def worker(given: Services, stop: asyncio.Event) -> None:
            story.append("started" if given is services else "other services")
            await stop.wait()
            story.append("stopped")

        app = create_app(settings, services, beside=(worker,))
        async with app.router.lifespan_context(app), client_of(app) as client:
            await asyncio.sleep(0)
            assert (await part(client, "worker"))["ok"] is True
        assert story == ["started", "stopped"]

    async def test_a_worker_that_crashes_shows_and_leaves_the_server_answering(
        self, settings: Settings, services: Services
    ) -> None:
        async def worker(_services: Services, _stop: asyncio.Event) -> None:
            raise RuntimeError("broken")

        app = create_app(settings, services, beside=(worker,))
        async with app.router.lifespan_context(app), client_of(app) as client:
            await asyncio.sleep(0.01)
            assert (await part(client, "worker"))["ok"] is False
            assert (await client.get("/readyz")).status_code == 503
            assert (await client.get("/healthz")).status_code == 200

    async def test_with_a_worker_a_missing_sandbox_makes_it_unavailable(
        self, settings: Settings, services: Services
    ) -> None:
        async def worker(_services: Services, stop: asyncio.Event) -> None:
            await stop.wait()

        app: FastAPI = create_app(
            settings,
            replace(services, sandbox=OpenSandbox()),
            beside=(worker,),
        )
        async with app.router.lifespan_context(app), client_of(app) as client:
            assert (await client.get("/readyz")).status_code == 503
            assert "bubblewrap" in str((await part(client, "sandbox"))["detail"])

    async def test_services_are_built_and_closed_with_the_application(self, settings: Settings) -> None:
        app = create_app(settings)
        async with app.router.lifespan_context(app), client_of(app) as client:
            assert (await client.get("/api/projects")).json()["items"] == []

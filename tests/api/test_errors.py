"""Problems for everything that goes wrong, on every path."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from api.errors import STATUS_OF_KIND, status_of
from api.main import create_app
from libs.bootstrap import Services
from libs.core.errors import LimitReached, ProductError
from libs.core.settings import Settings
from libs.db.errors import DatabaseFull
from libs.runs.errors import GateAlreadyDecided, GateChanged
from tests.api.conftest import client_of
from tests.api.expect import problem
from tests.api.stage import BRIEF


class Broken:
    """Stands where a service was; whatever is asked of it fails."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def __getattr__(self, name: str) -> Any:
        async def fail(*_args: Any, **_rest: Any) -> Any:
            raise self._error

        return fail


class TestStatusOf:
    def test_every_kind_has_a_status_of_its_own(self) -> None:
        kinds = {kind for kind in ProductError.__subclasses__() if kind.__module__ == ProductError.__module__}
        assert set(STATUS_OF_KIND) == kinds
        assert len(set(STATUS_OF_KIND.values())) == len(kinds) == 7

    def test_derived_errors_have_that_of_their_kind_unless_their_code_says_otherwise(self) -> None:
        assert status_of(GateAlreadyDecided()) == 409
        assert status_of(GateChanged()) == 412
        assert status_of(ProductError()) == 500


class TestFrameworkErrors:
    @pytest.mark.parametrize(
        "path", ["/api", "/api/", "/api/nothing", "/api/decision-sets/ds_x/odd", "/nothing.txt"]
    )
    async def test_an_unknown_address_is_404(self, client: httpx.AsyncClient, path: str) -> None:
        for method in ("GET", "POST", "DELETE"):
            answer = await client.request(method, path)
            problem(answer, answer.status_code)
            assert answer.status_code == 404 or (method != "GET" and answer.status_code == 405)

    @pytest.mark.parametrize(
        ("method", "path", "allowed"),
        [
            ("GET", "/api/chat/async", "POST"),
            ("DELETE", "/api/inbox", "GET"),
            ("PUT", "/api/runs/run_x", "GET"),
            ("PUT", "/api/projects/prj_x", "GET, PATCH"),
            ("DELETE", "/api/projects", "GET, POST"),
        ],
    )
    async def test_a_wrong_method_is_405_and_says_which_is_right(
        self, client: httpx.AsyncClient, method: str, path: str, allowed: str
    ) -> None:
        answer = await client.request(method, path)
        problem(answer, 405, "api.method_not_allowed")
        assert answer.headers["allow"] == allowed

    async def test_an_error_nobody_expected_is_500_with_an_id_and_no_trace(
        self, settings: Settings, services: Services
    ) -> None:
        broken = replace(services, projects=Broken(RuntimeError("secret detail")))  # type: ignore[arg-type]
        async with client_of(create_app(settings, broken)) as client:
            answer = await client.get("/api/projects", headers={"X-Request-ID": "find-me-in-logs"})
        assert problem(answer, 500, "api.internal")["correlation_id"] == "find-me-in-logs"
        assert "secret detail" not in answer.text

    async def test_a_full_disk_is_503_and_says_what_was_kept(
        self, settings: Settings, services: Services
    ) -> None:
        full = DatabaseFull(advice="Nothing of this request was stored; free disk space, then try again.")
        broken = replace(services, designs=Broken(full))  # type: ignore[arg-type]
        async with client_of(create_app(settings, broken)) as client:
            answer = await client.post("/api/chat/async", json={"message": BRIEF})
        assert "free disk space" in problem(answer, 503, "db.full")["advice"]
        assert int(answer.headers["retry-after"]) > 0

    async def test_a_limit_is_429_and_says_when_it_lifts(
        self, settings: Settings, services: Services
    ) -> None:
        broken = replace(services, designs=Broken(LimitReached("Enough.", retry_after=9)))  # type: ignore[arg-type]
        async with client_of(create_app(settings, broken)) as client:
            answer = await client.post("/api/chat/async", json={"message": BRIEF})
        problem(answer, 429, "core.limit_reached")
        assert answer.headers["retry-after"] == "9"

    async def test_a_refusal_names_the_field_and_does_not_echo_the_value(
        self, client: httpx.AsyncClient
    ) -> None:
        answer = await client.post("/api/projects", json={"name": {"secret": "value-of-mine"}})
        assert problem(answer, 422)["errors"][0]["field"] == "body.name"
        assert "value-of-mine" not in answer.text


class TestCorrelation:
    async def test_a_well_formed_id_is_kept(self, client: httpx.AsyncClient) -> None:
        answer = await client.get("/healthz", headers={"X-Request-ID": "abc.DEF-123_"})
        assert answer.headers["x-request-id"] == "abc.DEF-123_"

    @pytest.mark.parametrize("given", ["short", "x" * 65, "with space 123", "új-azonosító", "a;b=c,d=e"])
    async def test_any_other_is_replaced(self, client: httpx.AsyncClient, given: str) -> None:
        answer = await client.get("/healthz", headers={"X-Request-ID": given.encode()})  # type: ignore[arg-type]
        assert answer.headers["x-request-id"].startswith("req_")

    async def test_every_request_has_its_own(self, client: httpx.AsyncClient) -> None:
        answers = await asyncio.gather(*(client.get("/healthz") for _ in range(5)))
        assert len({answer.headers["x-request-id"] for answer in answers}) == 5


class TestBodyLimit:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(update={"body_limit_bytes": 2000})

    async def test_an_announced_large_body_is_413(self, client: httpx.AsyncClient) -> None:
        answer = await client.post("/api/chat/async", json={"message": "x" * 2000})
        facts = problem(answer, 413, "api.body_too_large")
        assert facts["limit_bytes"] == 2000
        assert "Nothing of it was kept" in facts["advice"]
        assert (await client.get("/api/runs")).json()["items"] == []

    async def test_a_chunked_large_body_is_413(self, client: httpx.AsyncClient) -> None:
        async def chunks() -> AsyncIterator[bytes]:
            yield b'{"message": "'
            for _ in range(50):
                yield b"x" * 100
            yield b'"}'

        answer = await client.post(
            "/api/chat/async", content=chunks(), headers={"Content-Type": "application/json"}
        )
        problem(answer, 413)
        assert (await client.get("/api/runs")).json()["items"] == []

    async def test_the_limit_holds_for_addresses_that_are_not_there(self, client: httpx.AsyncClient) -> None:
        problem(await client.post("/api/nothing", content=b"x" * 2001), 413)

    async def test_a_body_up_to_the_limit_passes_whole_and_chunked(self, client: httpx.AsyncClient) -> None:
        body = b'{"message": "' + b"x" * (2000 - 15) + b'"}'
        assert len(body) == 2000

        async def chunks() -> AsyncIterator[bytes]:
            yield body[:700]
            yield body[700:]

        headers = {"Content-Type": "application/json"}
        assert (await client.post("/api/chat/async", content=body, headers=headers)).status_code == 202
        assert (await client.post("/api/chat/async", content=chunks(), headers=headers)).status_code == 202

    async def test_a_real_client_reads_the_answer_and_not_a_reset(self, served: httpx.AsyncClient) -> None:
        for _ in range(5):
            answer = await served.post("/api/chat/async", content=b"x" * 5_000_000)
            problem(answer, 413)


class TestSecurityHeaders:
    @pytest.mark.parametrize("path", ["/api/projects", "/api/nothing", "/", "/healthz"])
    async def test_every_answer_has_them(self, client: httpx.AsyncClient, path: str) -> None:
        headers = (await client.get(path)).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        policy = headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy

    async def test_answers_are_not_stored(self, client: httpx.AsyncClient) -> None:
        assert (await client.get("/api/projects")).headers["cache-control"] == "no-store"


class TestCompression:
    async def test_a_long_answer_is_sent_compressed_to_who_can_read_it(
        self, client: httpx.AsyncClient
    ) -> None:
        path = "/api/openapi.json"
        packed = await client.get(path, headers={"Accept-Encoding": "gzip"})
        plain = await client.get(path, headers={"Accept-Encoding": "identity"})
        assert packed.headers["content-encoding"] == "gzip"
        assert int(packed.headers["content-length"]) < int(plain.headers["content-length"]) / 3
        assert packed.json() == plain.json()
        assert "accept-encoding" in packed.headers["vary"].lower()


def test_the_application_serves_nothing_twice(app: FastAPI) -> None:
    operations = [
        operation["operationId"] for path in app.openapi()["paths"].values() for operation in path.values()
    ]
    assert len(operations) == len(set(operations))

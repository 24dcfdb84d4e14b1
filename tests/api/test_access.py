"""Who may reach the product: bind address, Host, Origin and token."""

import hashlib
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from api.binding import TokenMissing, check_bind, is_loopback
from api.main import create_app
from libs.bootstrap import Services
from libs.core.errors import Invalid
from libs.core.settings import Settings
from tests.api.conftest import client_of
from tests.api.expect import problem
from tests.api.stage import BRIEF

TOKEN = "a-token-for-tests"
TOKEN_SHA256 = SecretStr(hashlib.sha256(TOKEN.encode()).hexdigest())
POST: dict[str, Any] = {"json": {"message": BRIEF}}


class TestCheckBind:
    @pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "[::1]", "127.8.9.1"])
    def test_loopback_needs_no_token(self, host: str) -> None:
        check_bind(Settings(host=host))

    @pytest.mark.parametrize(
        "host", ["0.0.0.0", "::", "192.168.1.5", "mlops.example", "", "localhost.example"]
    )
    def test_anything_else_is_refused_without_one(self, host: str) -> None:
        with pytest.raises(TokenMissing) as refused:
            check_bind(Settings(host=host))
        assert "AGENTIC_MLOPS_BEARER_TOKEN_SHA256" in refused.value.advice
        check_bind(Settings(host=host, bearer_token_sha256=TOKEN_SHA256))

    def test_a_public_address_in_front_of_loopback_is_refused_without_one(self) -> None:
        with pytest.raises(TokenMissing):
            check_bind(Settings(public_url="https://mlops.example"))
        check_bind(Settings(public_url="https://mlops.example", bearer_token_sha256=TOKEN_SHA256))
        check_bind(Settings(public_url="http://localhost:9000"))

    @pytest.mark.parametrize("token", [TOKEN, "0" * 63, "g" * 64])
    def test_a_token_in_clear_is_refused_without_being_told(self, token: str) -> None:
        with pytest.raises(Invalid) as refused:
            check_bind(Settings(bearer_token_sha256=SecretStr(token)))
        assert token not in f"{refused.value.message} {refused.value.advice}"

    def test_the_application_does_not_come_into_being(self, services: Services) -> None:
        with pytest.raises(TokenMissing):
            create_app(services.settings.model_copy(update={"host": "0.0.0.0"}), services)

    @pytest.mark.parametrize(
        "name", ["localhost.evil.example", "127.0.0.1.evil.example", "", "0.0.0.0", "2130706433"]
    )
    def test_names_that_only_look_like_loopback_are_not(self, name: str) -> None:
        assert not is_loopback(name)


class TestMe:
    async def test_the_owner_of_an_installation_without_accounts_may_do_everything(
        self, client: httpx.AsyncClient
    ) -> None:
        assert (await client.get("/api/me")).json() == {
            "actor": "user:local-owner",
            "roles": ["viewer", "editor", "approver", "admin"],
        }


class TestHost:
    @pytest.mark.parametrize(
        "host", ["127.0.0.1:8000", "localhost:8000", "localhost", "[::1]:8000", "LOCALHOST:9000"]
    )
    async def test_names_of_this_machine_are_answered(self, client: httpx.AsyncClient, host: str) -> None:
        assert (await client.get("/api/projects", headers={"Host": host})).status_code == 200

    @pytest.mark.parametrize(
        "host",
        [
            "evil.example",
            "127.0.0.1.evil.example:8000",
            "localhost.evil.example",
            "",
            "a@localhost",
            "0.0.0.0",
        ],
    )
    async def test_a_rebound_name_is_not(self, client: httpx.AsyncClient, host: str) -> None:
        for path in ("/api/projects", "/", "/healthz"):
            problem(await client.get(path, headers={"Host": host}), 403, "api.host_not_allowed")


class TestOrigin:
    @pytest.mark.parametrize("origin", ["http://127.0.0.1:8000", "HTTP://127.0.0.1:8000"])
    async def test_the_served_page_may_post(self, client: httpx.AsyncClient, origin: str) -> None:
        assert (await client.post("/api/chat/async", headers={"Origin": origin}, **POST)).status_code == 202

    @pytest.mark.parametrize(
        "origin",
        [
            "http://evil.example",
            "null",
            "",
            "http://localhost:3000",
            "https://127.0.0.1:8000",
            "http://127.0.0.1",
        ],
    )
    async def test_pages_of_others_may_not(self, client: httpx.AsyncClient, origin: str) -> None:
        problem(
            await client.post("/api/chat/async", headers={"Origin": origin}, **POST),
            403,
            "api.origin_not_allowed",
        )
        assert (await client.get("/api/runs")).json()["items"] == []

    async def test_a_post_that_a_browser_calls_cross_site_is_refused_without_origin(
        self, client: httpx.AsyncClient
    ) -> None:
        headers = {"Sec-Fetch-Site": "cross-site"}
        problem(await client.post("/api/chat/async", headers=headers, **POST), 403)
        assert (await client.get("/healthz", headers=headers)).status_code == 200


class TestToken:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(
            update={
                "host": "0.0.0.0",
                "bearer_token_sha256": TOKEN_SHA256,
                "public_url": "https://mlops.example",
            }
        )

    async def test_the_token_opens_the_api_under_any_host(self, client: httpx.AsyncClient) -> None:
        headers = {
            "Authorization": f"Bearer {TOKEN}",
            "Host": "mlops.example",
            "Origin": "https://mlops.example",
        }
        answer = await client.post("/api/chat/async", headers=headers, **POST)
        assert answer.status_code == 202
        run = (await client.get(f"/api/runs/{answer.json()['run_id']}", headers=headers)).json()
        assert run["actor"] == "token:installation"

    @pytest.mark.parametrize(
        "authorization",
        [
            None,
            "",
            "Bearer",
            "Bearer ",
            "Bearer wrong",
            f"Basic {TOKEN}",
            TOKEN,
            f"Bearer {TOKEN}x",
            "Bearer \xff",
        ],
    )
    async def test_nothing_below_api_opens_without_it(
        self, client: httpx.AsyncClient, authorization: str | None
    ) -> None:
        headers = {} if authorization is None else {"Authorization": authorization.encode("latin-1")}
        for path in ("/api/projects", "/api/streams/ds_x", "/api/openapi.json", "/api/nothing"):
            answer = await client.get(path, headers=headers)  # type: ignore[arg-type]
            problem(answer, 401, "api.token_required")
            assert answer.headers["www-authenticate"] == "Bearer"

    async def test_health_and_pages_hold_no_data_and_are_open(self, client: httpx.AsyncClient) -> None:
        assert (await client.get("/healthz")).status_code == 200
        assert (await client.get("/readyz")).status_code == 200

    async def test_a_token_is_asked_for_on_loopback_too_once_there_is_one(
        self, settings: Settings, services: Services
    ) -> None:
        app = create_app(settings.model_copy(update={"host": "127.0.0.1"}), services)
        async with client_of(app) as client:
            problem(await client.get("/api/projects"), 401)

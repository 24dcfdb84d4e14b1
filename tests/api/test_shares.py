"""Making, listing and ending share links, and everything that a link opens and does not open."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from pydantic import SecretStr
from sqlalchemy import text

from api.main import create_app
from libs.bootstrap import Services
from libs.core.settings import Settings
from libs.workflow.service import StartedDesign
from tests.api.conftest import client_of
from tests.api.expect import problem
from tests.api.stage import Stage, card, packed

INSTALLATION = "a-token-for-tests"
OWNER = {"Authorization": f"Bearer {INSTALLATION}"}
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
DESIGN = "/api/decision-sets/{decision_set_id}"
OPEN = {
    "/api/shared",
    "/api/workflow/plan",
    DESIGN,
    f"{DESIGN}/events",
    f"{DESIGN}/cards",
    f"{DESIGN}/artifacts",
    f"{DESIGN}/plan",
    f"{DESIGN}/cost",
    f"{DESIGN}/policy",
    f"{DESIGN}/diff",
    f"{DESIGN}/files",
    f"{DESIGN}/files/{{path:path}}",
    "/api/streams/{decision_set_id}",
    "/api/runs/{run_id}",
    "/api/runs/{run_id}/agent-runs",
    "/api/artifacts/{artifact_id}/download",
}
"""Every address that a link may GET."""


@pytest.fixture(params=["without a token", "with a token"])
def settings(request: pytest.FixtureRequest, settings: Settings) -> Settings:
    """Both kinds of installation."""
    if request.param == "without a token":
        return settings
    digest = SecretStr(hashlib.sha256(INSTALLATION.encode()).hexdigest())
    return settings.model_copy(update={"bearer_token_sha256": digest})


async def finished(stage: Stage) -> tuple[StartedDesign, dict[str, str]]:
    """A design in which everything can be looked at, and the ids that its addresses are made of."""
    design = await stage.start()
    for name, content in {
        "plan.json": b"{}",
        "cost.json": b"{}",
        "policy.json": b"[]",
        "findings.json": b"[]",
        "diff.json": b"{}",
        "repository.zip": packed(),
    }.items():
        artifact = await stage.artifact(design, name, content)
    await stage.patch(design, plan_sha256="0" * 64)
    await stage.tell(design, card(1))
    await stage.end(design)
    ids = {
        "decision_set_id": design.decision_set_id,
        "run_id": design.run_id,
        "job_id": design.job_id,
        "artifact_id": artifact.id,
        "project_id": artifact.project_id,
        "path": "README.md",
    }
    return design, ids


async def share(client: httpx.AsyncClient, design: StartedDesign, **body: Any) -> dict[str, Any]:
    made = await client.post(f"/api/decision-sets/{design.decision_set_id}/shares", json=body, headers=OWNER)
    assert made.status_code == 201, made.text
    return made.json()  # type: ignore[no-any-return]


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def addresses(app: FastAPI) -> Iterator[str]:
    """Every address below /api that some route answers."""
    found = {route.path for route in iter_route_contexts(app.routes)}
    return (path for path in sorted(found) if path.startswith("/api"))


def filled(path: str, ids: dict[str, str]) -> str:
    for name, value in {**ids, "dataset_id": "dat_any", "share_id": "shr_any"}.items():
        path = path.replace(f"{{{name}}}", value).replace(f"{{{name}:path}}", value)
    assert "{" not in path, f"say which {path} belongs to a design"
    return path


class TestCreateShare:
    async def test_shows_the_token_this_once(self, client: httpx.AsyncClient, stage: Stage) -> None:
        design = await stage.start()
        made = await share(client, design, expires_in_days=7, note="for the review")
        assert made.keys() == {
            "id", "decision_set_id", "token", "path", "note", "created_by", "created_at", "expires_at",
        }  # fmt: skip
        assert made["path"] == f"/shared/#{made['token']}"
        lasts = datetime.fromisoformat(made["expires_at"]) - datetime.fromisoformat(made["created_at"])
        assert lasts == timedelta(days=7)
        listed = await client.get(f"/api/decision-sets/{design.decision_set_id}/shares", headers=OWNER)
        assert made["token"] not in listed.text

    async def test_lasts_thirty_days_unless_it_is_said(self, client: httpx.AsyncClient, stage: Stage) -> None:
        made = await share(client, await stage.start())
        expires = datetime.fromisoformat(made["expires_at"])
        assert timedelta(days=29) < expires - datetime.now(UTC) <= timedelta(days=30)
        assert made["note"] == ""

    @pytest.mark.parametrize(
        "body",
        [
            {"expires_in_days": 0},
            {"expires_in_days": 366},
            {"expires_in_days": "soon"},
            {"note": "x" * 201},
            {"note": None},
            {"token": "share_mine"},
            [],
        ],
    )
    async def test_refuses_what_is_no_share(self, client: httpx.AsyncClient, stage: Stage, body: Any) -> None:
        design = await stage.start()
        path = f"/api/decision-sets/{design.decision_set_id}/shares"
        problem(await client.post(path, json=body, headers=OWNER), 422)
        assert (await client.get(path, headers=OWNER)).json()["items"] == []

    async def test_of_an_unknown_design_is_not_found(self, client: httpx.AsyncClient) -> None:
        answer = await client.post("/api/decision-sets/ds_unknown/shares", json={}, headers=OWNER)
        problem(answer, 404, "projects.decision_set_not_found")


class TestListShares:
    async def test_pages_newest_first_and_says_which_still_work(
        self, client: httpx.AsyncClient, stage: Stage, services: Services
    ) -> None:
        design = await stage.start()
        path = f"/api/decision-sets/{design.decision_set_id}/shares"
        made = [(await share(client, design))["id"] for _ in range(3)]
        await client.delete(f"{path}/{made[1]}", headers=OWNER)
        await expire(services, made[0])
        first = (await client.get(f"{path}?limit=2", headers=OWNER)).json()
        rest = (await client.get(f"{path}?cursor={first['next_cursor']}", headers=OWNER)).json()
        items = [*first["items"], *rest["items"]]
        assert [item["id"] for item in items] == made[::-1]
        assert [item["status"] for item in items] == ["active", "revoked", "expired"]
        assert rest["next_cursor"] is None
        assert items[0].keys() == {
            "id", "decision_set_id", "note", "created_by", "created_at", "expires_at", "revoked_at", "status",
        }  # fmt: skip


class TestRevokeShare:
    async def test_ends_the_link_at_once_and_may_be_repeated(
        self, client: httpx.AsyncClient, stage: Stage
    ) -> None:
        design = await stage.start()
        made = await share(client, design)
        shown = f"/api/decision-sets/{design.decision_set_id}"
        assert (await client.get(shown, headers=bearer(made["token"]))).status_code == 200
        for _ in range(2):
            ended = await client.delete(f"{shown}/shares/{made['id']}", headers=OWNER)
            assert (ended.status_code, ended.content) == (204, b"")
        refused = await client.get(shown, headers=bearer(made["token"]))
        assert problem(refused, 401, "shares.link_revoked")["advice"]
        assert refused.headers["www-authenticate"] == "Bearer"

    async def test_one_that_there_is_not_is_not_found(self, client: httpx.AsyncClient, stage: Stage) -> None:
        design, other = await stage.start(), await stage.start()
        made = await share(client, design)
        for path in (
            f"{design.decision_set_id}/shares/shr_unknown",
            f"{other.decision_set_id}/shares/{made['id']}",
        ):
            answer = await client.delete(f"/api/decision-sets/{path}", headers=OWNER)
            problem(answer, 404, "shares.share_not_found")


class TestGetShared:
    async def test_says_what_the_link_shows(self, client: httpx.AsyncClient, stage: Stage) -> None:
        design = await stage.start()
        made = await share(client, design, note="for the review")
        shown = await client.get("/api/shared", headers=bearer(made["token"]))
        assert shown.json() == {
            "decision_set_id": design.decision_set_id,
            "expires_at": made["expires_at"],
            "note": "for the review",
        }

    async def test_without_a_link_there_is_nothing(self, client: httpx.AsyncClient) -> None:
        problem(await client.get("/api/shared", headers=OWNER), 404, "shares.no_link_presented")


class TestEveryRoute:
    """The matrix: each route of the application, each method, with a link."""

    async def test_a_link_opens_what_is_listed_and_nothing_else(
        self, app: FastAPI, client: httpx.AsyncClient, stage: Stage
    ) -> None:
        design, ids = await finished(stage)
        headers = bearer((await share(client, design))["token"])
        wrong = []
        for path in addresses(app):
            for method in METHODS:
                answer = await client.request(method, filled(path, ids), headers=headers)
                if method == "GET" and path in OPEN:
                    right = answer.status_code == 200
                else:
                    right = answer.status_code == 403
                    if right and method != "HEAD":
                        refusal = problem(answer, 403, "shares.outside_of_link")
                        assert design.decision_set_id in refusal["advice"]
                if not right:
                    wrong.append(f"{method} {path}: {answer.status_code}")
        assert not wrong
        assert set(addresses(app)) >= OPEN

    async def test_a_link_opens_no_other_design(self, client: httpx.AsyncClient, stage: Stage) -> None:
        design, ids = await finished(stage)
        _, others = await finished(stage)
        headers = bearer((await share(client, design))["token"])
        nothing = {name: f"{name}_unknown" for name in ids} | {"path": "README.md"}
        for path in sorted(OPEN):
            if "{" in path:
                for given in (others, nothing):
                    answer = await client.get(filled(path, given), headers=headers)
                    problem(answer, 403, "shares.outside_of_link")

    @pytest.mark.parametrize(
        "path",
        [
            "/api", "/api/", "/api/nothing", "/api//shared", "/api/shared/", "/api/shared/x", "/api/decision-sets/",
            "/api/decision-sets", "/api/openapi.json", "{design}x", "{design}%2F..%2Fds_other", "{design}/shares/",
            "{design}%2Fshares", "{run}/stream", "{run}/", "/api/jobs/job_x/status",
        ],
    )  # fmt: skip
    async def test_addresses_beside_the_listed_ones_are_refused_before_any_route_looks(
        self, client: httpx.AsyncClient, stage: Stage, path: str
    ) -> None:
        design = await stage.start()
        headers = bearer((await share(client, design))["token"])
        address = path.format(
            design=f"/api/decision-sets/{design.decision_set_id}", run=f"/api/runs/{design.run_id}"
        )
        answer = await client.get(address, headers=headers)
        problem(answer, 403, "shares.outside_of_link")

    async def test_what_is_outside_of_the_api_needs_no_right(
        self, client: httpx.AsyncClient, stage: Stage
    ) -> None:
        headers = bearer((await share(client, await stage.start()))["token"])
        assert (await client.get("/healthz", headers=headers)).status_code == 200


class TestDiff:
    async def test_may_be_made_against_the_parent_alone(
        self, client: httpx.AsyncClient, stage: Stage
    ) -> None:
        parent, other = await stage.start(), await stage.start()
        body = {"message": "In us-east-1.", "decision_set_id": parent.decision_set_id}
        child = (await client.post("/api/chat/async", json=body, headers=OWNER)).json()["decision_set_id"]
        made = await client.post(f"/api/decision-sets/{child}/shares", json={}, headers=OWNER)
        headers = bearer(made.json()["token"])
        diff = f"/api/decision-sets/{child}/diff"
        for query in (
            f"against={other.decision_set_id}",
            f"against={parent.decision_set_id}&against={other.decision_set_id}",
            f"against={other.decision_set_id}&against={parent.decision_set_id}",
            f"ag%61inst={other.decision_set_id}",
            "against=",
            "against=ds_unknown",
        ):
            answer = await client.get(f"{diff}?{query}", headers=headers)
            problem(answer, 403, "shares.outside_of_link")
        # Neither has a plan yet; that is what the route says once it is let through.
        answer = await client.get(f"{diff}?against={parent.decision_set_id}", headers=headers)
        problem(answer, 404, "projects.artifact_not_found")
        problem(await client.get(f"/api/decision-sets/{parent.decision_set_id}", headers=headers), 403)

    async def test_a_first_version_has_nothing_to_be_compared_with(
        self, client: httpx.AsyncClient, stage: Stage
    ) -> None:
        design, other = await stage.start(), await stage.start()
        headers = bearer((await share(client, design))["token"])
        path = f"/api/decision-sets/{design.decision_set_id}/diff?against={other.decision_set_id}"
        problem(await client.get(path, headers=headers), 403, "shares.outside_of_link")


class TestToken:
    async def test_one_that_expired_says_so(
        self, client: httpx.AsyncClient, stage: Stage, services: Services
    ) -> None:
        made = await share(client, await stage.start())
        await expire(services, made["id"])
        for path in ("/api/shared", "/api/projects"):
            answer = await client.get(path, headers=bearer(made["token"]))
            assert problem(answer, 401, "shares.link_expired")["advice"]

    @pytest.mark.parametrize(
        "authorization",
        [
            ["Bearer share_unknown"],
            ["bearer  share_unknown"],
            ["Bearer share_"],
            ["Bearer share_\xfc"],
            ["Bearer anything", "Bearer share_unknown"],
            [f"Bearer {INSTALLATION}", "Bearer share_unknown"],
        ],
    )
    async def test_one_that_nobody_has_never_becomes_the_owner_s_right(
        self, client: httpx.AsyncClient, authorization: list[str]
    ) -> None:
        headers = [("Authorization", value.encode("latin-1")) for value in authorization]
        answer = await client.get("/api/projects", headers=headers)  # type: ignore[arg-type]
        problem(answer, 401, "shares.link_unknown")

    async def test_the_narrow_right_holds_beside_a_wide_one(
        self, client: httpx.AsyncClient, stage: Stage
    ) -> None:
        made = await share(client, await stage.start())
        headers = [("Authorization", f"Bearer {t}") for t in (INSTALLATION, made["token"])]
        problem(await client.get("/api/projects", headers=headers), 403, "shares.outside_of_link")

    async def test_a_page_of_another_site_gets_nothing_with_it(
        self, client: httpx.AsyncClient, stage: Stage, settings: Settings
    ) -> None:
        made = await share(client, await stage.start())
        headers = bearer(made["token"]) | {"Host": "evil.example"}
        if settings.bearer_token_sha256 is None:
            problem(await client.get("/api/shared", headers=headers), 403, "api.host_not_allowed")

    async def test_an_installation_s_own_token_may_look_like_one(
        self, settings: Settings, services: Services
    ) -> None:
        own = "share_and_enjoy"
        digest = SecretStr(hashlib.sha256(own.encode()).hexdigest())
        app = create_app(settings.model_copy(update={"bearer_token_sha256": digest}), services)
        async with client_of(app) as client:
            assert (await client.get("/api/projects", headers=bearer(own))).status_code == 200

    async def test_it_acts_under_its_own_name_in_its_own_organisation(
        self, client: httpx.AsyncClient, stage: Stage, services: Services
    ) -> None:
        design = await stage.start()
        made = await share(client, design)
        async with services.db.write() as session:
            await session.execute(text("UPDATE shares SET organisation_id = 'org_other'"))
        path = f"/api/decision-sets/{design.decision_set_id}"
        problem(await client.get(path, headers=bearer(made["token"])), 404)


async def expire(services: Services, share_id: str) -> None:
    async with services.db.write() as session:
        await session.execute(
            text("UPDATE shares SET expires_at = '2020-01-01 00:00:00' WHERE id = :id"), {"id": share_id}
        )

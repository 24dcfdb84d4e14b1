"""PATCH /api/decision-sets/{id}."""

import asyncio
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from libs.bootstrap import Services
from tests.api.expect import problem
from tests.api.stage import Stage

AUDITED = text("SELECT count(*) FROM audit_log WHERE action = 'decision_set.change'")


def path(decision_set_id: str) -> str:
    return f"/api/decision-sets/{decision_set_id}"


class TestChangeDecisionSet:
    @pytest.fixture
    async def resting(self, stage: Stage) -> str:
        """A design whose run has ended."""
        design = await stage.start()
        await stage.end(design)
        return design.decision_set_id

    async def test_changes_only_what_is_sent_and_shows_the_whole(
        self, client: httpx.AsyncClient, resting: str
    ) -> None:
        before = (await client.get(path(resting))).json()
        answer = await client.patch(path(resting), json={"title": "  Churn, nightly "})
        assert answer.status_code == 200
        changed = answer.json()
        assert changed == before | {"title": "Churn, nightly", "updated_at": changed["updated_at"]}
        for mark in ({"pinned": True}, {"archived": True}, {"pinned": False, "archived": False}):
            changed = (await client.patch(path(resting), json=mark)).json()
            assert mark.items() <= changed.items()
        again = await client.get(path(resting))
        assert again.json() == changed

    async def test_is_one_line_of_the_audit_log(
        self, client: httpx.AsyncClient, services: Services, resting: str
    ) -> None:
        for _ in range(2):
            await client.patch(path(resting), json={"title": "New", "pinned": True, "archived": True})
        await client.patch(path(resting), json={})
        async with services.db.read() as session:
            assert (await session.execute(AUDITED)).scalar_one() == 1

    @pytest.mark.parametrize(
        "body",
        [
            {"title": ""},
            {"title": "  \n"},
            {"title": "\u200b"},
            {"title": "x" * 201},
            {"title": 7},
            {"pinned": "perhaps"},
            {"archived": []},
            {"status": "done"},
            {"title": "a\0b"},
            ["title"],
        ],
    )
    async def test_refuses_what_is_no_change(
        self, client: httpx.AsyncClient, resting: str, body: Any
    ) -> None:
        before = (await client.get(path(resting))).json()
        problem(await client.patch(path(resting), json=body), 422)
        assert (await client.get(path(resting))).json() == before

    async def test_a_run_at_work_is_stopped_before_it_is_archived(
        self, client: httpx.AsyncClient, stage: Stage
    ) -> None:
        design = await stage.start()
        address = path(design.decision_set_id)
        refused = problem(
            await client.patch(address, json={"archived": True}), 409, "projects.decision_set_working"
        )
        assert "Stop the run first" in refused["advice"]
        assert refused["run_id"] == design.run_id
        await client.post(f"/api/runs/{design.run_id}/cancel")
        assert (await client.patch(address, json={"archived": True})).json()["archived"]

    async def test_an_unknown_one_is_not_found(self, client: httpx.AsyncClient) -> None:
        problem(
            await client.patch(path("ds_unknown"), json={"pinned": True}),
            404,
            "projects.decision_set_not_found",
        )

    async def test_the_answer_has_the_tag_for_the_next_change(
        self, client: httpx.AsyncClient, resting: str
    ) -> None:
        tag = (await client.get(path(resting))).headers["etag"]
        first = await client.patch(path(resting), json={"title": "One"}, headers={"If-Match": tag})
        assert first.headers["etag"] == (await client.get(path(resting))).headers["etag"] != tag
        old = await client.patch(path(resting), json={"title": "Two"}, headers={"If-Match": tag})
        assert problem(old, 412, "api.precondition_failed")["etag"] == first.headers["etag"]
        for allowed in (first.headers["etag"], "*"):
            answer = await client.patch(path(resting), json={"title": allowed}, headers={"If-Match": allowed})
            assert answer.status_code == 200

    async def test_one_of_many_with_the_same_tag_wins(self, client: httpx.AsyncClient, resting: str) -> None:
        tag = (await client.get(path(resting))).headers["etag"]
        answers = await asyncio.gather(
            *(
                client.patch(path(resting), json={"title": f"T{n}"}, headers={"If-Match": tag})
                for n in range(10)
            )
        )
        assert sorted(answer.status_code for answer in answers) == [200] + [412] * 9

    async def test_a_gate_that_waits_takes_no_notice(self, client: httpx.AsyncClient, stage: Stage) -> None:
        design = await stage.start()
        gate = await stage.gate(design, shown={"monthly_usd": 700})
        address = path(design.decision_set_id)
        before = await client.get(address)
        changes = {"title": "Renamed", "pinned": True, "archived": True}
        changed = await client.patch(address, json=changes)
        assert (changed.json()["gate"], changed.json()["status"]) == (before.json()["gate"], "waiting")

        decision = {"gate_id": gate.id, "digest": gate.digest, "decision": "approve"}
        old = {"If-Match": before.headers["etag"]}
        problem(await client.post(f"{address}/approve", json=decision, headers=old), 412)
        assert (await client.post(f"{address}/approve", json=decision)).status_code == 202

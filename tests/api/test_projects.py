"""/api/projects."""

import asyncio

import httpx
import pytest

from tests.api.expect import problem
from tests.api.stage import BRIEF


class TestCreateProject:
    async def test_makes_a_project_with_its_gate_policy(self, client: httpx.AsyncClient) -> None:
        answer = await client.post(
            "/api/projects", json={"name": " Churn  ", "gate_policy": {"final": "trips"}}
        )
        assert answer.status_code == 201
        made = answer.json()
        assert (made["name"], made["gate_policy"]["final"]) == ("Churn", "trips")
        assert (await client.get(f"/api/projects/{made['id']}")).json() == made

    async def test_a_name_is_taken_once_however_many_ask_at_once(self, client: httpx.AsyncClient) -> None:
        answers = await asyncio.gather(
            *(client.post("/api/projects", json={"name": "One"}) for _ in range(10))
        )
        assert sorted(a.status_code for a in answers) == [201] + [409] * 9
        problem(next(a for a in answers if a.status_code == 409), 409, "projects.name_taken")

    async def test_a_name_is_one_line_without_characters_nobody_sees(self, client: httpx.AsyncClient) -> None:
        made = (await client.post("/api/projects", json={"name": "Wer\n kündigt\u202e\x1b"})).json()
        assert made["name"] == "Wer kündigt"
        path = f"/api/projects/{made['id']}"
        assert (await client.patch(path, json={"name": "Who\u2066 leaves"})).json()["name"] == "Who leaves"
        hidden = problem(await client.patch(path, json={"name": "\u200b\u202e"}), 422)
        assert hidden["detail"] == "The name is empty."

    @pytest.mark.parametrize(
        "body",
        [
            {},
            {"name": "  "},
            {"name": "x" * 121},
            {"name": "a", "gate_policy": {"final": "maybe"}},
            {"name": "a", "gate_policy": {"final_deadline": {"seconds": -1, "outcome": "remind"}}},
            {"name": "a", "id": "prj_mine"},
        ],
    )
    async def test_refuses_what_is_no_project(
        self, client: httpx.AsyncClient, body: dict[str, object]
    ) -> None:
        problem(await client.post("/api/projects", json=body), 422)


class TestListProjects:
    async def test_pages_newest_first_and_leaves_out_archived_ones(self, client: httpx.AsyncClient) -> None:
        made = [(await client.post("/api/projects", json={"name": f"P{n}"})).json()["id"] for n in range(5)]
        await client.patch(f"/api/projects/{made[1]}", json={"archived": True})
        first = (await client.get("/api/projects?limit=2")).json()
        second = (await client.get(f"/api/projects?limit=2&cursor={first['next_cursor']}")).json()
        assert [p["id"] for p in first["items"] + second["items"]] == [made[4], made[3], made[2], made[0]]
        assert second["next_cursor"] is None

    async def test_finds_by_name_and_pin(self, client: httpx.AsyncClient) -> None:
        made = [
            (await client.post("/api/projects", json={"name": name})).json()["id"]
            for name in ("Fraud API", "Fraud in shops", "Churn")
        ]
        await client.patch(f"/api/projects/{made[0]}", json={"pinned": True})

        async def found(query: str) -> list[str]:
            return [item["name"] for item in (await client.get(f"/api/projects?{query}")).json()["items"]]

        assert await found("q=FRAUD") == ["Fraud in shops", "Fraud API"]
        assert await found("q=fraud%20api") == await found("pinned=true") == ["Fraud API"]
        assert await found("q=fraud&pinned=false") == ["Fraud in shops"]
        assert await found("q=_") == []


class TestDeletedProject:
    async def test_its_name_stays_taken_and_it_comes_back_with_a_design(
        self, client: httpx.AsyncClient
    ) -> None:
        await client.post("/api/chat/async", json={"message": "Churn scores every night in eu-central-1."})
        [usual] = (await client.get("/api/projects")).json()["items"]
        await client.patch(f"/api/projects/{usual['id']}", json={"archived": True})
        refused = await client.post("/api/projects", json={"name": usual["name"]})
        assert "deleted project" in problem(refused, 409)["detail"]
        other = (await client.post("/api/projects", json={"name": "Other"})).json()
        renamed = await client.patch(f"/api/projects/{other['id']}", json={"name": usual["name"]})
        assert "deleted project" in problem(renamed, 409)["detail"]
        await client.patch(f"/api/projects/{other['id']}", json={"archived": True})

        # A design without a project goes there again, where it has to be found.
        await client.post("/api/chat/async", json={"message": "Fraud scores for payments in eu-west-1."})
        assert (await client.get("/api/projects")).json()["items"] == [usual]

    async def test_nothing_new_starts_in_it_and_its_designs_go_on(self, client: httpx.AsyncClient) -> None:
        made = (await client.post("/api/projects", json={"name": "Old"})).json()
        brief = {"message": BRIEF, "project_id": made["id"]}
        started = (await client.post("/api/chat/async", json=brief)).json()
        await client.patch(f"/api/projects/{made['id']}", json={"archived": True})
        refused = problem(await client.post("/api/chat/async", json=brief), 409, "projects.project_deleted")
        assert "'Old'" in refused["detail"]
        assert "Nothing was started" in refused["advice"]

        again = {"message": BRIEF, "fork_of": started["decision_set_id"]}
        assert (await client.post("/api/chat/async", json=again)).status_code == 202


class TestChangeProject:
    async def test_changes_only_what_is_sent(self, client: httpx.AsyncClient) -> None:
        made = (await client.post("/api/projects", json={"name": "Old", "gate_policy": {"needs": 2}})).json()
        changed = (await client.patch(f"/api/projects/{made['id']}", json={"name": "New"})).json()
        assert changed == made | {"name": "New"}
        pinned = (await client.patch(f"/api/projects/{made['id']}", json={"pinned": True})).json()
        assert (made["pinned"], pinned) == (False, changed | {"pinned": True})
        policy = {"input": "never", "final": "trips", "cost_trip_usd_month": 500}
        changed = (await client.patch(f"/api/projects/{made['id']}", json={"gate_policy": policy})).json()
        assert (changed["name"], changed["gate_policy"]["cost_trip_usd_month"]) == ("New", 500)

    async def test_a_taken_name_is_refused(self, client: httpx.AsyncClient) -> None:
        await client.post("/api/projects", json={"name": "Taken"})
        made = (await client.post("/api/projects", json={"name": "Mine"})).json()
        answer = await client.patch(f"/api/projects/{made['id']}", json={"name": "Taken"})
        problem(answer, 409, "projects.name_taken")

    async def test_an_unknown_project_is_not_found(self, client: httpx.AsyncClient) -> None:
        problem(await client.patch("/api/projects/prj_unknown", json={"name": "x"}), 404)
        problem(await client.get("/api/projects/prj_unknown"), 404, "projects.project_not_found")

    async def test_a_design_starts_in_the_project_that_is_named(self, client: httpx.AsyncClient) -> None:
        made = (await client.post("/api/projects", json={"name": "Mine"})).json()
        started = (
            await client.post("/api/chat/async", json={"message": BRIEF, "project_id": made["id"]})
        ).json()
        design = (await client.get(f"/api/decision-sets/{started['decision_set_id']}")).json()
        assert (design["project_id"], design["version"]) == (made["id"], 1)

"""Edit and fork: POST /api/chat/async with `fork_of`, and GET /api/decision-sets/{id}/branches."""

from typing import Any

import httpx
import pytest

from tests.api.expect import problem
from tests.api.stage import BRIEF, Stage

PATH = "/api/chat/async"
EDITED = BRIEF.replace("two million", "three million")


async def start(client: httpx.AsyncClient, message: str = BRIEF, **more: Any) -> dict[str, Any]:
    """The decision set that the message makes."""
    answer = await client.post(PATH, json={"message": message, **more})
    assert answer.status_code == 202, answer.text
    shown: dict[str, Any] = (
        await client.get(f"/api/decision-sets/{answer.json()['decision_set_id']}")
    ).json()
    return shown


class TestStartFork:
    async def test_begins_again_where_the_other_began(self, client: httpx.AsyncClient) -> None:
        project = (await client.post("/api/projects", json={"name": "Mine"})).json()
        first = await start(client, project_id=project["id"])
        await client.patch(f"/api/decision-sets/{first['id']}", json={"title": "Renamed", "pinned": True})
        fork = await start(client, EDITED, fork_of=first["id"])
        assert (fork["forked_from"], fork["parent_id"]) == (first["id"], None)
        assert (fork["project_id"], fork["version"]) == (project["id"], 2)
        assert (fork["messages"], first["messages"]) == ([EDITED], [BRIEF])
        assert (fork["title"], fork["pinned"], fork["archived"]) == (
            first["title"].replace("two", "three"),
            False,
            False,
        )

    async def test_of_a_child_version_has_the_same_parent(self, client: httpx.AsyncClient) -> None:
        parent = await start(client)
        child = await start(client, "In us-east-1.", decision_set_id=parent["id"])
        fork = await start(client, "In eu-west-1.", fork_of=child["id"])
        assert (fork["parent_id"], fork["forked_from"]) == (parent["id"], child["id"])
        assert (fork["title"], fork["messages"]) == (parent["title"], ["In eu-west-1."])
        run = (await client.get(f"/api/runs/{fork['run_id']}")).json()
        assert run["input"]["parent_id"] == parent["id"]

    async def test_takes_several_messages(self, client: httpx.AsyncClient) -> None:
        first = await start(client)
        answer = await client.post(PATH, json={"messages": [EDITED, "GDPR applies."], "fork_of": first["id"]})
        fork = (await client.get(f"/api/decision-sets/{answer.json()['decision_set_id']}")).json()
        assert fork["messages"] == [EDITED, "GDPR applies."]

    async def test_knows_nothing_of_the_gates_of_the_other(
        self, client: httpx.AsyncClient, stage: Stage
    ) -> None:
        design = await stage.start()
        gate = await stage.gate(design)
        decision = {"gate_id": gate.id, "digest": gate.digest, "decision": "approve"}
        await client.post(f"/api/decision-sets/{design.decision_set_id}/approve", json=decision)
        fork = await start(client, EDITED, fork_of=design.decision_set_id)
        assert (fork["gate"], fork["status"]) == (None, "queued")
        refused = await client.post(f"/api/decision-sets/{fork['id']}/approve", json=decision)
        problem(refused, 404, "runs.no_gate_waiting")

    async def test_is_either_a_fork_or_a_child_version(self, client: httpx.AsyncClient) -> None:
        first = await start(client)
        body = {"message": EDITED, "fork_of": first["id"], "decision_set_id": first["id"]}
        refused = problem(await client.post(PATH, json=body), 422)
        assert "Nothing was started" in refused["advice"]
        assert len((await client.get("/api/decision-sets")).json()["items"]) == 1

    @pytest.mark.parametrize("unknown", ["ds_unknown", "run_unknown", ""])
    async def test_of_an_unknown_one_is_not_found(self, client: httpx.AsyncClient, unknown: str) -> None:
        problem(await client.post(PATH, json={"message": EDITED, "fork_of": unknown}), 404)


class TestListBranches:
    async def test_shows_every_fork_of_an_origin_from_each_of_them(self, client: httpx.AsyncClient) -> None:
        first = await start(client)
        second = await start(client, EDITED, fork_of=first["id"])
        third = await start(client, f"{EDITED} Daily.", fork_of=second["id"])
        await start(client, "In us-east-1.", decision_set_id=first["id"])
        for each in (first, second, third):
            page = (await client.get(f"/api/decision-sets/{each['id']}/branches")).json()
            assert [item["id"] for item in page["items"]] == [first["id"], second["id"], third["id"]]
            assert page["next_cursor"] is None
        assert [item["forked_from"] for item in page["items"]] == [None, first["id"], second["id"]]
        assert page["items"] == (await client.get("/api/decision-sets")).json()["items"][:0:-1]

    async def test_pages(self, client: httpx.AsyncClient) -> None:
        first = await start(client)
        forks = [(await start(client, EDITED, fork_of=first["id"]))["id"] for _ in range(2)]
        address = f"/api/decision-sets/{first['id']}/branches?limit=2"
        page = (await client.get(address)).json()
        rest = (await client.get(f"{address}&cursor={page['next_cursor']}")).json()
        assert [item["id"] for item in page["items"] + rest["items"]] == [first["id"], *forks]
        assert rest["next_cursor"] is None

    async def test_of_an_unknown_one_are_not_found(self, client: httpx.AsyncClient) -> None:
        problem(await client.get("/api/decision-sets/ds_unknown/branches"), 404)

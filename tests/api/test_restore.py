"""POST /api/decision-sets/{decision_set_id}/restore."""

import asyncio

import httpx
import pytest

from libs.workflow.service import StartedDesign
from tests.api.expect import problem
from tests.api.stage import Stage
from tests.support.product import CHURN, Product


@pytest.fixture
async def versions(stage: Stage) -> tuple[StartedDesign, StartedDesign]:
    """Two finished versions of one design."""
    product = Product(stage.services)
    first = await product.through(CHURN)
    return first, await product.through("It has to run in us-east-1.", parent=first.decision_set_id)


def address(design: StartedDesign) -> str:
    return f"/api/decision-sets/{design.decision_set_id}/restore"


class TestRestore:
    async def test_answers_with_the_new_version_that_is_done(
        self, client: httpx.AsyncClient, versions: tuple[StartedDesign, StartedDesign]
    ) -> None:
        first, second = versions
        answer = await client.post(address(first))
        assert answer.status_code == 201, answer.text
        made = answer.json()
        assert made.keys() == {"decision_set_id", "thread_id", "run_id", "job_id", "status"}
        assert (made["job_id"], made["status"]) == (None, "done")
        base = f"/api/decision-sets/{made['decision_set_id']}"
        old = (await client.get(f"/api/decision-sets/{first.decision_set_id}")).json()
        new = (await client.get(base)).json()
        for same in ("payload_sha256", "plan_sha256", "constraints", "title", "project_id"):
            assert new[same] == old[same]
        assert (new["parent_id"], new["version"], new["gate"]) == (second.decision_set_id, 3, None)
        assert new["summary"]["restored_from"] == first.decision_set_id
        for part in ("plan", "cost", "policy", "files"):
            shown, before = [
                (await client.get(f"/api/decision-sets/{each}/{part}")).json()
                for each in (made["decision_set_id"], first.decision_set_id)
            ]
            assert (shown.get("files") or shown) == (before.get("files") or before)
        stored = (await client.get(f"{base}/diff")).json()
        again = (await client.get(f"{base}/diff?against={second.decision_set_id}")).json()
        assert stored == again
        [card] = (await client.get(f"{base}/cards")).json()["items"]
        assert (card["agent"], card["title"]) == ("Archivist", "Version 1 restored")
        run = (await client.get(f"/api/runs/{made['run_id']}")).json()
        assert (run["kind"], run["status"], run["finished_at"] is None) == ("design", "done", False)
        kept = (await client.get(f"/api/runs/{first.run_id}")).json()["input"]
        about = {"parent_id": second.decision_set_id, "restored_from": first.decision_set_id}
        assert run["input"] == {**kept, **about}
        problem(await client.post(f"/api/runs/{made['run_id']}/retry"), 409, "runs.not_retryable")

    async def test_sent_twice_with_one_key_it_makes_one_version(
        self, client: httpx.AsyncClient, versions: tuple[StartedDesign, StartedDesign]
    ) -> None:
        headers = {"Idempotency-Key": "back"}
        answers = await asyncio.gather(
            *(client.post(address(versions[0]), headers=headers) for _ in range(3))
        )
        assert {answer.status_code for answer in answers} == {201}
        assert len({answer.json()["decision_set_id"] for answer in answers}) == 1
        assert (await client.post(address(versions[0]), headers=headers)).json() == answers[0].json()
        assert len((await client.get("/api/decision-sets")).json()["items"]) == 3

    async def test_the_next_message_designs_on_from_it(
        self, client: httpx.AsyncClient, stage: Stage, versions: tuple[StartedDesign, StartedDesign]
    ) -> None:
        restored = (await client.post(address(versions[0]))).json()["decision_set_id"]
        message = {"decision_set_id": restored, "message": "The budget is 2000 dollars a month."}
        started = await client.post("/api/chat/async", json=message)
        assert started.status_code == 202, started.text
        await Product(stage.services).work()
        child = (await client.get(f"/api/decision-sets/{started.json()['decision_set_id']}")).json()
        assert (child["parent_id"], child["status"], child["version"]) == (restored, "waiting", 4)
        values = {c["field"]: c["value"] for c in child["constraints"]}
        assert (values["regions"], values["budget_usd_month"]) == (["eu-central-1"], 2000)

    async def test_an_unfinished_version_is_refused_with_advice(
        self, client: httpx.AsyncClient, stage: Stage
    ) -> None:
        design = await stage.start()
        assert problem(await client.post(address(design)), 409, "workflow.version_unfinished")["advice"]
        await stage.end(design)
        # Done by its status, yet without a repository.
        problem(await client.post(address(design)), 409, "workflow.version_unfinished")

    async def test_the_newest_version_is_refused_with_advice(
        self, client: httpx.AsyncClient, versions: tuple[StartedDesign, StartedDesign]
    ) -> None:
        refused = problem(await client.post(address(versions[1])), 409, "workflow.version_is_newest")
        assert refused["advice"]

    async def test_an_unknown_version_is_not_found(self, client: httpx.AsyncClient) -> None:
        problem(await client.post("/api/decision-sets/ds_unknown/restore"), 404)

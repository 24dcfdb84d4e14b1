"""What only several real connections can race for: keys, versions, names and gates on PostgreSQL."""

import asyncio
from pathlib import Path

import httpx
import pytest

from libs.core.settings import Settings
from tests.api.stage import BRIEF, Stage
from tests.api.test_streams import numbers, read

pytestmark = pytest.mark.postgres
PATH = "/api/chat/async"


@pytest.fixture
def settings(tmp_path: Path, postgres_url: str) -> Settings:
    return Settings(
        home=tmp_path, database_url=postgres_url, sandbox="recorded", checks="twin", heartbeat_seconds=0.3
    )


class TestRaces:
    async def test_fifty_posts_with_one_key_make_one_run(self, client: httpx.AsyncClient) -> None:
        headers = {"Idempotency-Key": "one"}
        answers = await asyncio.gather(
            *(client.post(PATH, json={"message": BRIEF}, headers=headers) for _ in range(50))
        )
        assert {answer.status_code for answer in answers} == {202}, {answer.text for answer in answers}
        assert len({answer.json()["run_id"] for answer in answers}) == 1
        assert len((await client.get("/api/runs")).json()["items"]) == 1

    async def test_posts_without_a_key_each_become_a_design_of_their_own(
        self, client: httpx.AsyncClient
    ) -> None:
        answers = await asyncio.gather(*(client.post(PATH, json={"message": BRIEF}) for _ in range(20)))
        assert {answer.status_code for answer in answers} == {202}, {answer.text for answer in answers}
        items = (await client.get("/api/decision-sets")).json()["items"]
        assert [item["version"] for item in items] == [1] * 20

    async def test_one_of_many_decisions_wins(self, client: httpx.AsyncClient, stage: Stage) -> None:
        design = await stage.start()
        gate = await stage.gate(design)
        sent = {"gate_id": gate.id, "digest": gate.digest}
        answers = await asyncio.gather(
            *(
                client.post(
                    f"/api/decision-sets/{design.decision_set_id}/approve",
                    json={**sent, "decision": "approve" if n % 2 else "reject"},
                )
                for n in range(30)
            )
        )
        assert sorted(answer.status_code for answer in answers) == [202] + [409] * 29

    async def test_one_of_many_retries_wins(self, client: httpx.AsyncClient, stage: Stage) -> None:
        design = await stage.start()
        await client.post(f"/api/runs/{design.run_id}/cancel")
        answers = await asyncio.gather(*(client.post(f"/api/runs/{design.run_id}/retry") for _ in range(20)))
        assert sorted(answer.status_code for answer in answers) == [200] + [409] * 19
        story = await stage.services.events.read(stage.principal, design.run_id, after=0, limit=10)
        assert [event.type for event in story] == ["run-complete", "run-retried"]

    async def test_a_stream_follows_through_notifications(
        self, served: httpx.AsyncClient, stage: Stage
    ) -> None:
        design = await stage.start()
        reading = asyncio.create_task(read(served, design))
        for n in range(1, 20):
            await stage.tell_steps(design, 1, first=n)
        await stage.end(design)
        assert numbers(await asyncio.wait_for(reading, 10)) == list(range(1, 21))

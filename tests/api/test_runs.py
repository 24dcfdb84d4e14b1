"""/api/runs, /api/jobs and /api/workflow."""

from datetime import UTC, datetime

import httpx

from libs.runs import repository
from libs.runs.approvals import ADVANCE
from libs.runs.models import AgentRun
from tests.api.expect import problem
from tests.api.stage import Stage


class TestRuns:
    async def test_lists_newest_first_and_filters_by_status(
        self, client: httpx.AsyncClient, stage: Stage
    ) -> None:
        first, second = await stage.start(), await stage.start()
        await stage.end(first)
        page = (await client.get("/api/runs?limit=1")).json()
        assert [run["id"] for run in page["items"]] == [second.run_id]
        rest = (await client.get(f"/api/runs?limit=1&cursor={page['next_cursor']}")).json()
        assert [run["id"] for run in rest["items"]] == [first.run_id]
        done = (await client.get("/api/runs?status=done")).json()["items"]
        assert [run["id"] for run in done] == [first.run_id]

    async def test_shows_one(self, client: httpx.AsyncClient, stage: Stage) -> None:
        design = await stage.start()
        run = (await client.get(f"/api/runs/{design.run_id}")).json()
        assert (run["id"], run["status"], run["finished_at"]) == (design.run_id, "queued", None)
        assert "organisation_id" not in run

    async def test_says_how_many_are_before_it(self, client: httpx.AsyncClient, stage: Stage) -> None:
        first, second = await stage.start(), await stage.start()

        async def places() -> list[int | None]:
            runs = [(await client.get(f"/api/runs/{design.run_id}")).json() for design in (first, second)]
            return [run["position"] for run in runs]

        assert await places() == [0, 1]
        assert await stage.services.queue.claim("w1", [ADVANCE]) is not None
        assert await places() == [None, 0]

    async def test_an_unknown_run_is_not_found(self, client: httpx.AsyncClient) -> None:
        for part in ("", "/agent-runs"):
            problem(await client.get(f"/api/runs/run_unknown{part}"), 404, "runs.run_not_found")
        problem(await client.post("/api/runs/run_unknown/cancel"), 404)

    async def test_shows_who_worked_on_it(self, client: httpx.AsyncClient, stage: Stage) -> None:
        design = await stage.start()
        visit = AgentRun(
            run_id=design.run_id,
            visit="v1",
            node="planner",
            provider="engine",
            model="built-in",
            input_tokens=0,
            output_tokens=0,
            cost_usd=0.0,
            seconds=0.2,
            finished_at=datetime(2026, 1, 1, tzinfo=UTC),
        )
        claimed = await stage.services.queue.claim("w1", [ADVANCE])
        assert claimed is not None
        holding = stage.services.queue.holding(claimed.lease)
        async with stage.services.db.write() as session:
            assert await repository.insert_agent_run(session, await stage.run(design), visit, {}, holding)
        items = (await client.get(f"/api/runs/{design.run_id}/agent-runs")).json()["items"]
        assert [(item["node"], item["provider"], item["seconds"]) for item in items] == [
            ("planner", "engine", 0.2)
        ]


class TestCancelRun:
    async def test_ends_the_run_once_and_keeps_its_story(
        self, client: httpx.AsyncClient, stage: Stage
    ) -> None:
        design = await stage.start()
        await stage.tell_steps(design, 2)
        cancelled = await client.post(f"/api/runs/{design.run_id}/cancel")
        assert (cancelled.status_code, cancelled.json()["status"]) == (200, "cancelled")
        problem(await client.post(f"/api/runs/{design.run_id}/cancel"), 409, "runs.run_is_final")
        events = (await client.get(f"/api/decision-sets/{design.decision_set_id}/events")).json()["items"]
        assert [event["type"] for event in events] == ["node-start", "node-start", "run-complete"]
        job = (await client.get(f"/api/jobs/{design.job_id}/status")).json()
        assert job["status"] == "cancelled"


class TestRetryRun:
    async def test_a_stopped_run_is_queued_again_with_a_new_job(
        self, client: httpx.AsyncClient, stage: Stage
    ) -> None:
        design = await stage.start()
        await stage.tell_steps(design, 2)
        await client.post(f"/api/runs/{design.run_id}/cancel")
        answer = await client.post(f"/api/runs/{design.run_id}/retry")
        run = answer.json()
        assert (answer.status_code, run["id"], run["status"]) == (200, design.run_id, "queued")
        assert (run["problem"], run["finished_at"]) == (None, None)
        found = (await client.get(f"/api/decision-sets/{design.decision_set_id}")).json()
        assert found["status"] == "queued"
        events = (await client.get(f"/api/decision-sets/{design.decision_set_id}/events")).json()["items"]
        assert [event["type"] for event in events[2:]] == ["run-complete", "run-retried"]
        assert events[-1]["data"] == {"by": "user:local-owner", "attempt": 2}
        claimed = await stage.services.queue.claim("w1", [ADVANCE])
        assert claimed is not None
        assert (claimed.job.run_id, claimed.job.attempts) == (design.run_id, 1)
        assert claimed.job.id != design.job_id

    async def test_a_failed_run_loses_its_problem(self, client: httpx.AsyncClient, stage: Stage) -> None:
        design = await stage.start()
        claimed = await stage.services.queue.claim("w1", [ADVANCE])
        assert claimed is not None
        await stage.services.queue.fail(claimed.lease, "the disk is full", retryable=False)
        failed = (await client.get(f"/api/runs/{design.run_id}")).json()
        assert (failed["status"], failed["problem"]["code"]) == ("failed", "runs.job_dead")
        assert "retry" in failed["problem"]["advice"]
        retried = (await client.post(f"/api/runs/{design.run_id}/retry")).json()
        assert (retried["status"], retried["problem"]) == ("queued", None)

    async def test_sent_twice_with_one_key_it_is_retried_once(
        self, client: httpx.AsyncClient, stage: Stage
    ) -> None:
        design = await stage.start()
        await client.post(f"/api/runs/{design.run_id}/cancel")
        headers = {"Idempotency-Key": "again"}
        first = await client.post(f"/api/runs/{design.run_id}/retry", headers=headers)
        second = await client.post(f"/api/runs/{design.run_id}/retry", headers=headers)
        assert first.json() == second.json()
        assert second.headers["idempotency-replayed"] == "true"
        problem(await client.post(f"/api/runs/{design.run_id}/retry"), 409, "runs.not_retryable")

    async def test_a_run_that_did_not_break_off_is_refused_with_advice(
        self, client: httpx.AsyncClient, stage: Stage
    ) -> None:
        queued, waiting, done = await stage.start(), await stage.start(), await stage.start()
        await stage.gate(waiting)
        await stage.end(done)
        for design, status in ((queued, "queued"), (waiting, "waiting"), (done, "done")):
            refused = problem(
                await client.post(f"/api/runs/{design.run_id}/retry"), 409, "runs.not_retryable"
            )
            assert status in refused["detail"]
            assert refused["advice"]

    async def test_an_unknown_run_is_not_found(self, client: httpx.AsyncClient) -> None:
        problem(await client.post("/api/runs/run_unknown/retry"), 404, "runs.run_not_found")


class TestJobStatus:
    async def test_counts_who_waits_before_it(self, client: httpx.AsyncClient, stage: Stage) -> None:
        jobs = [(await stage.start()).job_id for _ in range(3)]
        found = [(await client.get(f"/api/jobs/{job}/status")).json() for job in jobs]
        assert [(job["status"], job["position"]) for job in found] == [
            ("queued", 0),
            ("queued", 1),
            ("queued", 2),
        ]

    async def test_an_unknown_job_is_not_found(self, client: httpx.AsyncClient) -> None:
        problem(await client.get("/api/jobs/job_unknown/status"), 404, "jobs.not_found")


class TestWorkflowPlan:
    async def test_shows_thirteen_nodes_and_their_edges(self, client: httpx.AsyncClient) -> None:
        plan = (await client.get("/api/workflow/plan")).json()
        names = [node["name"] for node in plan["nodes"]]
        assert (len(names), names[0], names[-1]) == (13, "intake_extract", "diff_and_persist")
        assert [n["name"] for n in plan["nodes"] if n["kind"] == "gate"] == [
            "hitl_gate_input",
            "hitl_gate_final",
        ]
        ends = {*names, "__start__", "__end__"}
        assert all({edge["from"], edge["to"]} <= ends for edge in plan["edges"])

"""Decision sets: list, one, events, cards, artifacts, plan, cost, policy."""

import httpx
import pytest

from libs.core.values import canonical_json
from libs.projects.models import GatePolicy
from tests.api.expect import problem
from tests.api.stage import BRIEF, Stage, card


class TestListDecisionSets:
    async def test_pages_newest_first_without_gap_or_repeat(
        self, client: httpx.AsyncClient, stage: Stage
    ) -> None:
        made = [(await stage.start()).decision_set_id for _ in range(7)]
        seen: list[str] = []
        cursor = ""
        while True:
            page = (await client.get(f"/api/decision-sets?limit=3{cursor}")).json()
            seen += [item["id"] for item in page["items"]]
            if page["next_cursor"] is None:
                break
            cursor = f"&cursor={page['next_cursor']}"
        assert seen == made[::-1]

    async def test_a_page_that_is_exactly_full_is_the_last(
        self, client: httpx.AsyncClient, stage: Stage
    ) -> None:
        await stage.start()
        await stage.start()
        assert (await client.get("/api/decision-sets?limit=2")).json()["next_cursor"] is None

    async def test_filters_by_status_and_project(self, client: httpx.AsyncClient, stage: Stage) -> None:
        queued, waiting = await stage.start(), await stage.start()
        await stage.gate(waiting)
        found = (await client.get("/api/decision-sets?status=waiting")).json()["items"]
        assert [item["id"] for item in found] == [waiting.decision_set_id]
        project_id = found[0]["project_id"]
        both = (await client.get(f"/api/decision-sets?project_id={project_id}")).json()["items"]
        assert {item["id"] for item in both} == {queued.decision_set_id, waiting.decision_set_id}
        assert (await client.get("/api/decision-sets?project_id=prj_other")).json()["items"] == []

    async def test_finds_words_in_titles_and_project_names(
        self, client: httpx.AsyncClient, stage: Stage
    ) -> None:
        plain = await stage.start()
        named = await stage.start("Detect fraud.", policy=GatePolicy())
        project = (await client.get("/api/projects?q=fraud")).json()["items"][0]

        async def found(query: str) -> list[str]:
            items = (await client.get(f"/api/decision-sets?{query}")).json()["items"]
            return [item["id"] for item in items]

        assert await found("q=CHURN%20million") == [plain.decision_set_id]
        assert await found(f"q=fraud%20{project['name'][-6:]}") == [named.decision_set_id]
        assert await found("q=designs") == [plain.decision_set_id]
        assert await found("q=%25") == await found("q=churn%20fraud") == []
        assert len(await found("q=")) == len(await found("q=%20")) == 2

    async def test_filters_by_pin_and_leaves_archived_ones_out_unless_asked(
        self, client: httpx.AsyncClient, stage: Stage
    ) -> None:
        designs = [await stage.start() for _ in range(3)]
        plain, pinned, archived = (design.decision_set_id for design in designs)
        await stage.patch(designs[1], pinned=True)
        await stage.patch(designs[2], archived=True)

        async def found(query: str) -> list[str]:
            items = (await client.get(f"/api/decision-sets?{query}")).json()["items"]
            return [item["id"] for item in items]

        assert await found("") == await found("archived=false") == [pinned, plain]
        assert await found("archived=true") == [archived, pinned, plain]
        assert (await found("pinned=true"), await found("pinned=false")) == ([pinned], [plain])

    async def test_an_item_names_its_project_and_where_it_came_from(
        self, client: httpx.AsyncClient, stage: Stage
    ) -> None:
        design = await stage.start()
        (item,) = (await client.get("/api/decision-sets")).json()["items"]
        assert item.keys() == {
            "id", "project_id", "project_name", "parent_id", "forked_from", "line_id", "version", "run_id", "status",
            "title", "summary", "created_by", "created_at", "updated_at", "pinned", "archived",
        }  # fmt: skip
        assert (item["id"], item["project_name"]) == (design.decision_set_id, "Designs")
        assert (item["forked_from"], item["pinned"], item["archived"]) == (None, False, False)

    @pytest.mark.parametrize(
        "query",
        [
            "limit=0", "limit=201", "limit=x", "status=odd", "cursor=%00", "cursor=a%27b", "q=a%00b",
            f"q={'x' * 201}", "pinned=perhaps", "archived=2",
        ],
    )  # fmt: skip
    async def test_a_query_that_makes_no_sense_is_422(self, client: httpx.AsyncClient, query: str) -> None:
        problem(await client.get(f"/api/decision-sets?{query}"), 422, "api.invalid_request")


class TestGetDecisionSet:
    async def test_shows_what_was_sent_and_the_marks(self, client: httpx.AsyncClient, stage: Stage) -> None:
        design = await stage.start()
        shown = (await client.get(f"/api/decision-sets/{design.decision_set_id}")).json()
        assert (shown["messages"], shown["dataset"]) == ([BRIEF], None)
        assert (shown["pinned"], shown["archived"], shown["forked_from"]) == (False, False, None)

    async def test_shows_the_waiting_gate_and_an_etag(self, client: httpx.AsyncClient, stage: Stage) -> None:
        design = await stage.start()
        before = await client.get(f"/api/decision-sets/{design.decision_set_id}")
        assert before.json()["gate"] is None
        gate = await stage.gate(design, shown={"monthly_usd": 700})
        answer = await client.get(f"/api/decision-sets/{design.decision_set_id}")
        shown = answer.json()["gate"]
        assert shown.keys() >= {
            "id", "kind", "digest", "decisions", "questions", "deadline", "on_deadline", "needs", "shown",
        }  # fmt: skip
        assert (shown["id"], shown["digest"], shown["shown"]) == (gate.id, gate.digest, {"monthly_usd": 700})
        assert answer.headers["etag"] != before.headers["etag"]

    @pytest.mark.parametrize("bad", ["ds_unknown", "%00", "..%2f..", "x" * 300, "%F0%9F%92%A9", "a'b"])
    async def test_an_unknown_id_is_not_found(self, client: httpx.AsyncClient, bad: str) -> None:
        problem(await client.get(f"/api/decision-sets/{bad}"), 404)

    async def test_that_of_another_organisation_is_not_found(
        self, client: httpx.AsyncClient, stage: Stage
    ) -> None:
        from sqlalchemy import text

        design = await stage.start()
        async with stage.services.db.write() as session:
            await session.execute(text("UPDATE decision_sets SET organisation_id = 'org_other'"))
        for part in ("", "/events", "/files", "/cost", "/artifacts", "/cards", "/diff"):
            problem(await client.get(f"/api/decision-sets/{design.decision_set_id}{part}"), 404)


class TestListEvents:
    async def test_pages_through_the_story_in_order(self, client: httpx.AsyncClient, stage: Stage) -> None:
        design = await stage.start()
        await stage.tell_steps(design, 25)
        path = f"/api/decision-sets/{design.decision_set_id}/events?limit=10"
        first = (await client.get(path)).json()
        second = (await client.get(f"{path}&cursor={first['next_cursor']}")).json()
        third = (await client.get(f"{path}&cursor={second['next_cursor']}")).json()
        seen = [e["seq"] for page in (first, second, third) for e in page["items"]]
        assert seen == list(range(1, 26))
        assert third["next_cursor"] is None
        assert first["items"][0].keys() == {"seq", "type", "run_id", "decision_set_id", "node", "at", "data"}


class TestListCards:
    async def test_finds_cards_among_other_events_and_pages(
        self, client: httpx.AsyncClient, stage: Stage
    ) -> None:
        design = await stage.start()
        for number in range(1, 6):
            await stage.tell(design, card(number))
            await stage.tell_steps(design, 3, first=number * 10)
        path = f"/api/decision-sets/{design.decision_set_id}/cards?limit=2"
        seen, cursor = [], ""
        while True:
            page = (await client.get(path + cursor)).json()
            seen += [item["title"] for item in page["items"]]
            if page["next_cursor"] is None:
                break
            cursor = f"&cursor={page['next_cursor']}"
        assert seen == [f"Card {n}" for n in range(1, 6)]


class TestListArtifacts:
    async def test_names_each_with_digest_and_download(self, client: httpx.AsyncClient, stage: Stage) -> None:
        design = await stage.start()
        made = await stage.artifact(design, "plan.json", b"{}", "application/json")
        items = (await client.get(f"/api/decision-sets/{design.decision_set_id}/artifacts")).json()["items"]
        assert [(i["id"], i["name"], i["sha256"], i["bytes"]) for i in items] == [
            (made.id, "plan.json", made.sha256, 2)
        ]
        assert (await client.get(items[0]["download"])).content == b"{}"


class TestPlanCostPolicy:
    async def test_show_what_the_run_stored_last(self, client: httpx.AsyncClient, stage: Stage) -> None:
        design = await stage.start()
        base = f"/api/decision-sets/{design.decision_set_id}"
        plan = await stage.artifact(design, "plan.json", canonical_json({"contract": 1}))
        await stage.artifact(design, "cost.json", canonical_json({"expected_usd": 700.0}))
        await stage.artifact(design, "policy.json", b"[1]")
        await stage.artifact(design, "policy.json", b"[]")
        await stage.artifact(design, "findings.json", b"[]")
        await stage.patch(design, plan_sha256=plan.sha256)
        assert (await client.get(f"{base}/plan")).json() == {"contract": 1}
        assert (await client.get(f"{base}/cost")).json() == {"expected_usd": 700.0}
        assert (await client.get(f"{base}/policy")).json() == {"results": [], "findings": []}

    @pytest.mark.parametrize("part", ["plan", "cost", "policy"])
    async def test_without_a_plan_they_say_why(
        self, client: httpx.AsyncClient, stage: Stage, part: str
    ) -> None:
        design = await stage.start()
        await stage.artifact(design, "plan.json", b"{}")
        answer = await client.get(f"/api/decision-sets/{design.decision_set_id}/{part}")
        assert problem(answer, 404, "projects.artifact_not_found")["advice"]

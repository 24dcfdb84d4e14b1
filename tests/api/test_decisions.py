"""POST /api/decision-sets/{id}/approve and GET /api/inbox."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from libs.accounts.tables import AuditRow
from libs.bootstrap import Services
from libs.core.values import canonical_json
from libs.projects.content import object_key
from libs.projects.models import GatePolicy
from libs.runs.models import Approval
from libs.workflow.service import StartedDesign
from tests.api.expect import problem
from tests.api.stage import Stage


def path(design: StartedDesign) -> str:
    return f"/api/decision-sets/{design.decision_set_id}/approve"


def body(gate: Approval, decision: str = "approve", **rest: Any) -> dict[str, Any]:
    return {"gate_id": gate.id, "digest": gate.digest, "decision": decision, **rest}


async def advance_jobs(services: Services) -> int:
    async with services.db.read() as session:
        return (await services.queue.counts(session)).get("queued", 0)


class TestDecide:
    async def test_answers_202_with_the_updated_gate(self, client: httpx.AsyncClient, stage: Stage) -> None:
        design = await stage.start()
        gate = await stage.gate(design)
        answer = await client.post(path(design), json=body(gate, comment="Fine."))
        assert answer.status_code == 202
        decided = answer.json()
        assert (decided["id"], decided["status"], decided["decision"]) == (gate.id, "decided", "approve")
        assert decided["decided_by"] == "user:local-owner"
        design_now = (await client.get(f"/api/decision-sets/{design.decision_set_id}")).json()
        assert (design_now["gate"], design_now["status"]) == (None, "running")

    async def test_one_of_fifty_wins_and_the_others_learn_who_and_when(
        self, client: httpx.AsyncClient, stage: Stage, services: Services
    ) -> None:
        design = await stage.start()
        gate = await stage.gate(design)
        before = await advance_jobs(services)
        sent = [body(gate, "approve" if n % 2 else "reject", comment=f"{n}") for n in range(50)]
        answers = await asyncio.gather(*(client.post(path(design), json=one) for one in sent))
        lost = [answer for answer in answers if answer.status_code != 202]
        assert len(lost) == 49
        facts = problem(lost[0], 409, "runs.gate_already_decided")
        assert facts["decided_by"] == "user:local-owner"
        assert facts["decided_at"]
        won = next(one for one, answer in zip(sent, answers, strict=True) if answer.status_code == 202)
        assert (facts["gate_id"], facts["decision"], facts["comment"]) == (
            gate.id,
            won["decision"],
            won["comment"],
        )
        events = (await client.get(f"/api/decision-sets/{design.decision_set_id}/events")).json()["items"]
        assert [event["type"] for event in events].count("gate-decided") == 1
        assert await advance_jobs(services) == before + 1

    async def test_another_digest_is_412_and_the_gate_still_waits(
        self, client: httpx.AsyncClient, stage: Stage
    ) -> None:
        design = await stage.start()
        gate = await stage.gate(design)
        answer = await client.post(path(design), json=body(gate) | {"digest": "0" * 64})
        problem(answer, 412, "runs.gate_changed")
        assert len((await client.get("/api/inbox")).json()["items"]) == 1

    async def test_a_changed_artifact_is_412(
        self, client: httpx.AsyncClient, stage: Stage, services: Services
    ) -> None:
        design = await stage.start()
        cost = await stage.artifact(design, "cost.json", canonical_json({"expected_usd": 700}))
        gate = await stage.gate(design, shown={"cost": {"sha256": cost.sha256}})
        key = object_key(cost.organisation_id, cost.sha256)
        await services.blobs.delete(key)
        await services.blobs.put(key, b'{"expected_usd":7}')
        problem(await client.post(path(design), json=body(gate)), 412, "runs.gate_changed")

    async def test_another_plan_than_the_shown_one_is_412(
        self, client: httpx.AsyncClient, stage: Stage
    ) -> None:
        design = await stage.start()
        plan = await stage.artifact(design, "plan.json", b"{}")
        await stage.patch(design, plan_sha256=plan.sha256)
        gate = await stage.gate(design, shown={"plan": {"sha256": plan.sha256}})
        await stage.patch(design, plan_sha256="0" * 64)
        problem(await client.post(path(design), json=body(gate)), 412, "runs.gate_changed")

    async def test_the_gate_of_another_design_is_not_found(
        self, client: httpx.AsyncClient, stage: Stage
    ) -> None:
        mine, other = await stage.start(), await stage.start()
        gate = await stage.gate(other)
        problem(await client.post(path(mine), json=body(gate)), 404, "runs.no_gate_waiting")

    async def test_an_unknown_design_is_not_found(self, client: httpx.AsyncClient) -> None:
        sent = {"gate_id": "gate_x", "digest": "0" * 64, "decision": "approve"}
        answer = await client.post("/api/decision-sets/ds_unknown/approve", json=sent)
        problem(answer, 404, "projects.decision_set_not_found")

    async def test_without_the_right_it_is_403(self, app: Any, stage: Stage, services: Services) -> None:
        from api.deps import principal
        from tests.api.conftest import client_of

        design = await stage.start()
        gate = await stage.gate(design)
        editor = stage.principal.model_copy(update={"roles": frozenset({"editor"}), "actor": "user:editor"})
        app.dependency_overrides[principal] = lambda: editor
        async with client_of(app) as client:
            problem(await client.post(path(design), json=body(gate)), 403)

    @pytest.mark.parametrize(
        ("decision", "rest"),
        [
            ("respond", {}),
            ("respond", {"answers": {"budget_usd_month": "a lot"}}),
            ("respond", {"answers": {"no_such_field": 1}}),
            ("edit", {}),
            ("edit", {"edits": {"components": {"serve": "no_such_option"}}}),
            ("edit", {"edits": {"constraints": {"regions": 7}}}),
            ("reject", {"revise": True}),
            ("respond", {"answers": [1]}),
            ("maybe", {}),
            ("approve", {"comment": "x" * 4001}),
        ],
    )
    async def test_what_does_not_fit_the_gate_is_422_and_decides_nothing(
        self, client: httpx.AsyncClient, stage: Stage, decision: str, rest: dict[str, Any]
    ) -> None:
        design = await stage.start()
        gate = await stage.gate(design)
        problem(await client.post(path(design), json=body(gate, decision, **rest)), 422)
        assert len((await client.get("/api/inbox")).json()["items"]) == 1

    async def test_a_blocked_gate_does_not_offer_approval(
        self, client: httpx.AsyncClient, stage: Stage
    ) -> None:
        design = await stage.start()
        gate = await stage.gate(design, decisions=("respond", "reject"))
        facts = problem(await client.post(path(design), json=body(gate)), 422, "runs.decision_not_offered")
        assert facts["offered"] == ["respond", "reject"]

    async def test_the_same_key_gives_the_first_answer_again(
        self, client: httpx.AsyncClient, stage: Stage
    ) -> None:
        design = await stage.start()
        gate = await stage.gate(design)
        headers = {"Idempotency-Key": "decide-1"}
        first = await client.post(path(design), json=body(gate), headers=headers)
        again = await client.post(path(design), json=body(gate), headers=headers)
        assert (again.status_code, again.json()) == (202, first.json())

    async def test_where_two_must_approve_one_vote_leaves_it_waiting(
        self, client: httpx.AsyncClient, stage: Stage
    ) -> None:
        design = await stage.start()
        gate = await stage.gate(design, policy=GatePolicy(needs=2))
        decided = (await client.post(path(design), json=body(gate))).json()
        assert (decided["status"], decided["needs"]["votes"]) == ("waiting", 1)
        assert decided["needs"]["voters"] == ["user:local-owner"]
        problem(await client.post(path(design), json=body(gate)), 403)

    async def test_a_cancelled_run_has_no_gate_to_decide(
        self, client: httpx.AsyncClient, stage: Stage
    ) -> None:
        design = await stage.start()
        gate = await stage.gate(design)
        await client.post(f"/api/runs/{design.run_id}/cancel")
        facts = problem(await client.post(path(design), json=body(gate)), 409, "runs.gate_already_decided")
        assert (facts["decision"], facts["decided_by"], facts["comment"]) == ("cancelled", None, "")


def waiver(**changes: Any) -> dict[str, Any]:
    expires = (datetime.now(UTC).date() + timedelta(days=90)).isoformat()
    return {"rule": "baseline.backups", "reason": "Moves in May.", "expires": expires} | changes


async def failing(stage: Stage) -> tuple[StartedDesign, Approval]:
    """A gate at which a rule fails."""
    design = await stage.start()
    shown = {"failing_rules": ["baseline.backups"], "waivers": []}
    return design, await stage.gate(design, shown=shown, decisions=("respond", "edit", "reject"))


class TestWaive:
    async def test_an_administrator_waives_a_failing_rule(
        self, client: httpx.AsyncClient, stage: Stage, services: Services
    ) -> None:
        design, gate = await failing(stage)
        answer = await client.post(path(design), json=body(gate, "edit", waivers=[waiver()]))
        assert (answer.status_code, answer.json()["decision"]) == (202, "edit")
        async with services.db.read() as session:
            rows = await session.scalars(select(AuditRow).where(AuditRow.action == "policy.waive"))
            [row] = rows.all()
        assert (row.actor, row.subject, row.data) == ("user:local-owner", gate.id, waiver())

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"reason": ""}, "waivers.0.reason"),
            ({"expires": "2020-01-01"}, "waivers.0.expires"),
            ({"expires": "2999-01-01"}, "waivers.0.expires"),
            ({"rule": "baseline.nothing"}, "waivers.0.rule"),
            ({"rule": "baseline.tags"}, "waivers.0.rule"),
        ],
    )
    async def test_one_that_cannot_be_given_is_422_and_names_its_field(
        self, client: httpx.AsyncClient, stage: Stage, changes: dict[str, Any], field: str
    ) -> None:
        design, gate = await failing(stage)
        answer = await client.post(path(design), json=body(gate, "edit", waivers=[waiver(**changes)]))
        assert problem(answer, 422, "runs.decision_invalid")["field"] == field
        assert len((await client.get("/api/inbox")).json()["items"]) == 1

    @pytest.mark.parametrize(
        ("sent", "field"),
        [
            ({k: v for k, v in waiver().items() if k != "reason"}, "body.waivers.0.reason"),
            ({k: v for k, v in waiver().items() if k != "expires"}, "body.waivers.0.expires"),
            (waiver(expires="soon"), "body.waivers.0.expires"),
            # Whoever sends it is the owner; nobody signs for somebody else.
            (waiver(owner="user:somebody-else"), "body.waivers.0.owner"),
        ],
    )
    async def test_one_that_is_incomplete_or_signed_for_another_is_422(
        self, client: httpx.AsyncClient, stage: Stage, sent: dict[str, Any], field: str
    ) -> None:
        design, gate = await failing(stage)
        answer = await client.post(path(design), json=body(gate, "edit", waivers=[sent]))
        assert [each["field"] for each in problem(answer, 422)["errors"]] == [field]

    @pytest.mark.parametrize("role", ["viewer", "editor", "approver"])
    async def test_nobody_below_admin_may(
        self, app: Any, stage: Stage, services: Services, role: str
    ) -> None:
        from api.deps import principal
        from tests.api.conftest import client_of

        design, gate = await failing(stage)
        somebody = stage.principal.model_copy(update={"roles": frozenset({role}), "actor": f"user:{role}"})
        app.dependency_overrides[principal] = lambda: somebody
        async with client_of(app) as client:
            facts = problem(await client.post(path(design), json=body(gate, "edit", waivers=[waiver()])), 403)
        assert facts["role"] == ("admin" if role == "approver" else "approver")
        async with services.db.read() as session:
            rows = await session.scalars(select(AuditRow).where(AuditRow.action == "policy.waive"))
            assert rows.all() == []


class TestWithdraw:
    async def waived(self, stage: Stage) -> tuple[StartedDesign, Approval]:
        design = await stage.start()
        shown = {"failing_rules": [], "waivers": [{**waiver(), "owner": "user:ana", "resource": ""}]}
        return design, await stage.gate(design, shown=shown)

    async def test_an_administrator_withdraws_a_waiver(
        self, client: httpx.AsyncClient, stage: Stage, services: Services
    ) -> None:
        design, gate = await self.waived(stage)
        sent = body(gate, "edit", withdrawn=["baseline.backups"], comment="Called off.")
        answer = await client.post(path(design), json=sent)
        assert (answer.status_code, answer.json()["decision"]) == (202, "edit")
        async with services.db.read() as session:
            rows = await session.scalars(select(AuditRow).where(AuditRow.action == "policy.withdraw"))
            [row] = rows.all()
        assert (row.actor, row.subject) == ("user:local-owner", gate.id)
        assert row.data == {"rule": "baseline.backups", "comment": "Called off."}

    async def test_of_a_rule_that_is_not_waived_is_422_and_names_its_field(
        self, client: httpx.AsyncClient, stage: Stage
    ) -> None:
        design, gate = await self.waived(stage)
        answer = await client.post(path(design), json=body(gate, "edit", withdrawn=["baseline.tags"]))
        assert problem(answer, 422, "runs.decision_invalid")["field"] == "withdrawn.0"


class TestRefusals:
    @pytest.mark.parametrize(
        ("decision", "rest", "field"),
        [
            ("respond", {"answers": {"budget_usd_month": "a lot"}}, "budget_usd_month"),
            ("respond", {"answers": {"no_such_field": 1}}, "no_such_field"),
            ("edit", {"edits": {"constraints": {"regions": 7}}}, "regions"),
            ("edit", {"edits": {"components": {"serve": "no_such_option"}}}, "serve"),
            ("edit", {"edits": {"assumptions": {"ci_minutes": -1}}}, "ci_minutes"),
        ],
    )
    async def test_the_field_that_is_wrong_is_named(
        self, client: httpx.AsyncClient, stage: Stage, decision: str, rest: dict[str, Any], field: str
    ) -> None:
        design = await stage.start()
        gate = await stage.gate(design)
        answer = await client.post(path(design), json=body(gate, decision, **rest))
        assert problem(answer, 422, "runs.decision_invalid")["field"] == field


class TestIfMatch:
    async def test_the_present_tag_is_accepted(self, client: httpx.AsyncClient, stage: Stage) -> None:
        design = await stage.start()
        gate = await stage.gate(design)
        tag = (await client.get(f"/api/decision-sets/{design.decision_set_id}")).headers["etag"]
        answer = await client.post(path(design), json=body(gate), headers={"If-Match": f'"0", {tag}'})
        assert answer.status_code == 202

    async def test_an_older_tag_is_412(self, client: httpx.AsyncClient, stage: Stage) -> None:
        design = await stage.start()
        gate = await stage.gate(design)
        tag = (await client.get(f"/api/decision-sets/{design.decision_set_id}")).headers["etag"]
        await stage.patch(design, title="Renamed")
        answer = await client.post(path(design), json=body(gate), headers={"If-Match": tag})
        assert problem(answer, 412, "api.precondition_failed")["etag"] != tag

    async def test_any_tag_is_accepted_with_a_star(self, client: httpx.AsyncClient, stage: Stage) -> None:
        design = await stage.start()
        gate = await stage.gate(design)
        assert (
            await client.post(path(design), json=body(gate), headers={"If-Match": "*"})
        ).status_code == 202


class TestInbox:
    async def test_lists_waiting_gates_the_longest_waiting_first(
        self, client: httpx.AsyncClient, stage: Stage
    ) -> None:
        first, second = await stage.start(), await stage.start()
        gates = [await stage.gate(design) for design in (first, second)]
        items = (await client.get("/api/inbox")).json()["items"]
        assert [item["gate"]["id"] for item in items] == [gate.id for gate in gates]
        assert items[0]["decision_set_id"] == first.decision_set_id
        assert items[0]["gate"]["decisions"] == ["approve", "respond", "edit", "reject"]

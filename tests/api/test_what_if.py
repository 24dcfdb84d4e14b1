"""A change tried on a stored design: what it would do is answered, and nothing of it is kept."""

from typing import Any

import httpx
import pytest
from sqlalchemy import text

from libs.bootstrap import Services
from libs.planning.catalogue.loading import load_catalogue
from libs.planning.models import Plan
from libs.planning.prices.lookup import load_prices
from libs.planning.solver import plan
from libs.workflow.service import StartedDesign
from tests.api.expect import problem
from tests.api.stage import Stage
from tests.unit.planning.scenes import AS_OF, CHURN, given, needs

TABLES = ("decision_sets", "artifacts", "runs", "approvals", "events", "jobs")


@pytest.fixture(scope="module")
def planned() -> Plan:
    made = plan(
        needs(CHURN, budget_usd_month=900),
        load_catalogue(),
        load_prices(),
        as_of=AS_OF,
        written_only=True,
        forced={"serve": "fargate_batch"},
    )
    assert isinstance(made, Plan)
    return made


@pytest.fixture
async def design(stage: Stage, planned: Plan) -> StartedDesign:
    started = await stage.start()
    constraints = [c.to_json() for c in given(CHURN, budget_usd_month=900)]
    await stage.patch(started, constraints=constraints)
    await stage.artifact(started, "plan.json", planned.model_dump_json().encode(), "application/json")
    return started


async def tried(client: httpx.AsyncClient, design: StartedDesign, **edits: Any) -> httpx.Response:
    return await client.post(f"/api/decision-sets/{design.decision_set_id}/what-if", json={"edits": edits})


async def effect(client: httpx.AsyncClient, design: StartedDesign, **edits: Any) -> dict[str, Any]:
    response = await tried(client, design, **edits)
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.json()
    return found


async def rows(services: Services) -> dict[str, list[Any]]:
    async with services.db.read() as session:
        return {
            table: [tuple(row) for row in await session.execute(text(f"SELECT * FROM {table} ORDER BY 1"))]
            for table in TABLES
        }


class TestTryEdits:
    async def test_an_exchanged_component_comes_back_with_what_it_moves(
        self, client: httpx.AsyncClient, design: StartedDesign, planned: Plan
    ) -> None:
        found = await effect(client, design, components={"store": "rds_postgres"})
        before = planned.cost.expected_usd
        assert found["summary"]["components"]["store"] == "rds_postgres"
        assert found["monthly_usd_delta"] == pytest.approx(found["cost"]["expected_usd"] - before, abs=0.01)
        assert found["monthly_usd_delta"] > 10
        assert found["ops_hours_delta"] > 0
        changed = {change["slot"]: change for change in found["diff"]["components"]}
        assert changed["store"]["before"]["option"] == "s3_lake"
        assert changed["store"]["after"]["option"] == "rds_postgres"
        assert found["broken"] == []

    async def test_the_same_choice_moves_nothing(
        self, client: httpx.AsyncClient, design: StartedDesign
    ) -> None:
        found = await effect(client, design, components={"serve": "fargate_batch"})
        deltas = ("monthly_usd_delta", "p95_ms_delta", "availability_pct_delta", "ops_hours_delta")
        assert [found[name] for name in deltas] == [0, 0, 0, 0]
        assert not found["diff"]["changed"]

    async def test_a_constraint_that_would_not_be_kept_is_named(
        self, client: httpx.AsyncClient, design: StartedDesign
    ) -> None:
        found = await effect(client, design, constraints={"budget_usd_month": 20})
        (broken,) = found["broken"]
        assert broken["field"] == "budget_usd_month"
        assert "$20" in broken["message"]
        assert "cost.over_budget" in {finding["code"] for finding in found["findings"]}

    async def test_more_demand_costs_more(self, client: httpx.AsyncClient, design: StartedDesign) -> None:
        found = await effect(client, design, constraints={"predictions_per_day": 1_000_000})
        assert found["monthly_usd_delta"] > 0
        fields = {change["field"] for change in found["diff"]["requirements"]}
        assert "predictions_per_day" in fields

    async def test_a_changed_assumption_moves_the_bill_and_is_told(
        self, client: httpx.AsyncClient, design: StartedDesign
    ) -> None:
        found = await effect(client, design, assumptions={"ci_minutes": 1600})
        assert found["monthly_usd_delta"] == pytest.approx(1000 * 0.006)
        (change,) = found["diff"]["assumptions"]
        assert (change["field"], change["before"], change["after"]) == ("ci_minutes", 600, 1600)

    async def test_policies_of_the_changed_design_are_told(
        self, client: httpx.AsyncClient, design: StartedDesign
    ) -> None:
        found = await effect(client, design, constraints={"compliance": ["PCI-DSS"]})
        packs = {result["pack"] for result in found["policies"]}
        assert "pci_dss" in packs
        assert {result["outcome"] for result in found["policies"]} <= {"warn", "fail"}

    async def test_nothing_is_written(
        self, client: httpx.AsyncClient, design: StartedDesign, services: Services
    ) -> None:
        before = await rows(services)
        assert before["artifacts"]
        await effect(client, design, components={"serve": "aws_batch"}, assumptions={"ci_minutes": 1600})
        await tried(client, design, components={"serve": "mainframe"})
        assert await rows(services) == before


class TestRefusals:
    @pytest.mark.parametrize(
        ("edits", "named"),
        [
            ({"components": {"serve": "mainframe"}}, "mainframe"),
            ({"components": {"kitchen": "s3_lake"}}, "kitchen"),
            ({"assumptions": {"ops_hour_rate_euro": 5}}, "ops_hour_rate_euro"),
            ({"assumptions": {"utilisation": 7}}, "utilisation"),
            ({"constraints": {"latency": 5}}, "latency"),
            ({"constraints": {"availability_pct": 200}}, "availability_pct"),
            ({"components": {"serve": "lambda_service"}}, "lambda_service"),
            ({"components": {"llm": "bedrock_nova_lite"}}, "llm"),
        ],
        ids=lambda value: value if isinstance(value, str) else None,
    )
    async def test_what_there_is_not_is_422_and_named(
        self, client: httpx.AsyncClient, design: StartedDesign, edits: dict[str, Any], named: str
    ) -> None:
        body = problem(await tried(client, design, **edits), 422)
        assert named in body["detail"]
        assert body["advice"]

    @pytest.mark.parametrize(
        "body", [{}, {"edits": 5}, {"edits": {"surprise": 1}}, {"edits": {"assumptions": {"x": "y"}}}]
    )
    async def test_a_body_of_another_shape_is_422(
        self, client: httpx.AsyncClient, design: StartedDesign, body: dict[str, Any]
    ) -> None:
        path = f"/api/decision-sets/{design.decision_set_id}/what-if"
        problem(await client.post(path, json=body), 422, "api.invalid_request")

    async def test_an_unknown_decision_set_is_404(self, client: httpx.AsyncClient) -> None:
        problem(await client.post("/api/decision-sets/ds_unknown/what-if", json={"edits": {}}), 404)

    async def test_a_decision_set_without_a_plan_is_404(
        self, client: httpx.AsyncClient, stage: Stage
    ) -> None:
        started = await stage.start()
        problem(await tried(client, started, assumptions={"ci_minutes": 100}), 404)

    async def test_that_of_another_organisation_is_404(
        self, client: httpx.AsyncClient, design: StartedDesign, services: Services
    ) -> None:
        async with services.db.write() as session:
            await session.execute(text("UPDATE decision_sets SET organisation_id = 'org_other'"))
        problem(await tried(client, design, assumptions={"ci_minutes": 100}), 404)

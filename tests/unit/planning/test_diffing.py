"""The joint diff of two plans."""

import json

from libs.planning.diffing import diff_plans
from tests.unit.planning.scenes import CHURN, SMALL, Desk


class TestDiffPlans:
    def test_a_plan_does_not_differ_from_itself(self, desk: Desk) -> None:
        made = desk.plan(SMALL)
        diff = diff_plans(made, made)
        assert diff["changed"] is False
        assert diff["cost"]["delta"] == 0
        assert diff["components"] == diff["requirements"] == []

    def test_a_first_plan_adds_everything(self, desk: Desk) -> None:
        diff = diff_plans(None, desk.plan(CHURN))
        assert {c["kind"] for c in diff["components"]} == {"added"}
        assert len(diff["components"]) == 12
        assert diff["cost"]["delta"] is None

    def test_a_changed_constraint_shows_in_requirements_components_and_cost(self, desk: Desk) -> None:
        before, after = desk.plan(SMALL), desk.plan(SMALL, deployment_preference="containers")
        diff = diff_plans(before, after)
        assert {"field": "deployment_preference", "before": None, "after": "containers"} in diff[
            "requirements"
        ]
        [serve] = [c for c in diff["components"] if c["slot"] == "serve"]
        assert serve["kind"] == "replaced"
        assert (serve["before"]["option"], serve["after"]["option"]) == (
            "lambda_service",
            "ecs_fargate_service",
        )
        delta = after.cost.expected_usd - before.cost.expected_usd
        assert diff["cost"]["delta"] == round(delta, 6)
        assert any(line["before"] is None for line in diff["cost"]["lines"])
        assert any(line["after"] is None for line in diff["cost"]["lines"])

    def test_more_traffic_resizes(self, desk: Desk) -> None:
        before = desk.plan(SMALL, deployment_preference="containers", throughput_rps=500)
        after = desk.plan(SMALL, deployment_preference="containers", throughput_rps=5000)
        kinds = {c["slot"]: c["kind"] for c in diff_plans(before, after)["components"]}
        assert kinds["serve"] == "resized"

    def test_it_is_plain_json(self, desk: Desk) -> None:
        diff = diff_plans(desk.plan(CHURN), desk.plan(CHURN, regions=["eu-west-1"]))
        assert json.loads(json.dumps(diff)) == diff

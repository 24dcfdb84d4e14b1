"""When nothing fits: the smallest conflicting set, in words, with ways out."""

from typing import Any

import pytest

from libs.planning.models import Plan
from tests.unit.planning.scenes import FRAUD, SMALL, Desk

CASES: list[tuple[dict[str, Any], set[str]]] = [
    ({"latency_ms_p95": 5}, {"latency_ms_p95"}),
    ({"availability_pct": 99.999}, {"availability_pct"}),
    ({"budget_usd_month": 10}, {"budget_usd_month"}),
    ({"gpu_needed": True, "deployment_preference": "serverless"}, {"gpu_needed", "deployment_preference"}),
    ({"gpu_needed": True, "budget_usd_month": 300}, {"gpu_needed", "budget_usd_month"}),
    ({"latency_ms_p95": 30, "deployment_preference": "managed", "budget_usd_month": 100}, set()),
]


class TestConflictingSet:
    @pytest.mark.parametrize(("fields", "expected"), CASES[:-1], ids=[",".join(f) for f, _ in CASES[:-1]])
    def test_names_what_cannot_hold_together(
        self, desk: Desk, fields: dict[str, Any], expected: set[str]
    ) -> None:
        refused = desk.refusal(SMALL, **fields)
        assert set(refused.conflicting) == expected
        assert refused.relaxations

    @pytest.mark.parametrize(("fields", "_expected"), CASES, ids=[",".join(f) for f, _ in CASES])
    def test_is_smallest_every_single_one_is_needed(
        self, desk: Desk, fields: dict[str, Any], _expected: set[str]
    ) -> None:
        refused = desk.refusal(SMALL, **fields)
        for dropped in refused.conflicting:
            rest = {k: v for k, v in {**SMALL, **fields}.items() if k != dropped}
            kept = {k: v for k, v in rest.items() if k in refused.conflicting or k in SMALL}
            relaxed = {"latency_ms_p95": 5000, "availability_pct": 95.0}
            kept.update({k: v for k, v in relaxed.items() if k == dropped})
            assert isinstance(desk.result(kept), Plan), dropped


class TestWaysOut:
    def test_the_budget_that_would_do_is_named_and_does(self, desk: Desk) -> None:
        refused = desk.refusal(FRAUD, budget_usd_month=500)
        assert refused.conflicting == ("budget_usd_month",)
        cost = desk.plan(FRAUD).cost.expected_usd
        assert f"${cost:,.0f}" in refused.relaxations[0]
        assert isinstance(desk.result(FRAUD, budget_usd_month=cost + 1), Plan)

    def test_the_nearest_latency_is_named_and_does(self, desk: Desk) -> None:
        refused = desk.refusal(SMALL, latency_ms_p95=5)
        assert "accept a p95 of 18 ms" in refused.relaxations[0]
        assert isinstance(desk.result(SMALL, latency_ms_p95=18), Plan)

    def test_the_nearest_availability_is_named(self, desk: Desk) -> None:
        assert "99.98 %" in desk.refusal(SMALL, availability_pct=99.999).relaxations[0]

    def test_what_has_to_give_together_is_named_when_one_thing_is_not_enough(self, desk: Desk) -> None:
        refused = desk.refusal(SMALL, availability_pct=99.999, latency_ms_p95=5, budget_usd_month=10)
        assert any("together" in way for way in refused.relaxations)

    def test_the_cheapest_way_comes_first(self, desk: Desk) -> None:
        refused = desk.refusal(SMALL, gpu_needed=True, deployment_preference="serverless")
        assert "need for a GPU" in refused.relaxations[0]
        assert "deployment preference" in refused.relaxations[1]

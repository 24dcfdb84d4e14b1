"""When nothing fits: the smallest conflicting set, in words, with ways out."""

import re
from typing import Any

import pytest

from libs.planning.models import Plan
from tests.unit.planning.scenes import FRAUD, RAG, SMALL, Desk

CASES: list[tuple[dict[str, Any], set[str]]] = [
    ({"latency_ms_p95": 5}, {"latency_ms_p95"}),
    ({"availability_pct": 99.999}, {"availability_pct"}),
    ({"budget_usd_month": 10}, {"budget_usd_month"}),
    ({"gpu_needed": True, "deployment_preference": "serverless"}, {"gpu_needed", "deployment_preference"}),
    ({"gpu_needed": True, "budget_usd_month": 300}, {"gpu_needed", "budget_usd_month"}),
    ({"latency_ms_p95": 30, "deployment_preference": "managed", "budget_usd_month": 100}, set()),
]
PATIENT: dict[str, Any] = {"latency_ms_p95": 5000, "availability_pct": 95.0}
"""What takes the place of a dropped field that would get a default."""


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
        assert refused.conflicting
        for dropped in refused.conflicting:
            rest = {k: v for k, v in {**SMALL, **fields}.items() if k != dropped}
            kept = {k: v for k, v in rest.items() if k in refused.conflicting or k in SMALL}
            kept.update({k: v for k, v in PATIENT.items() if k == dropped})
            assert isinstance(desk.result(kept), Plan), dropped

    @pytest.mark.parametrize("fields", [fields for fields, _ in CASES], ids=[",".join(f) for f, _ in CASES])
    def test_names_only_what_somebody_asked_for(self, desk: Desk, fields: dict[str, Any]) -> None:
        assert set(desk.refusal(SMALL, **fields).conflicting) <= set(fields)

    def test_an_option_without_a_size_is_not_thought_to_be_free(self, desk: Desk) -> None:
        # An asynchronous endpoint is too slow for a card payment; were nobody to wait, it would still cost its hours.
        assert desk.refusal(FRAUD, budget_usd_month=500).conflicting == ("budget_usd_month",)

    def test_what_needs_patience_is_priced_before_patience_is_offered(self, desk: Desk) -> None:
        # With a minute to wait a queue in front of GPUs that sleep is cheaper than a service that answers at once.
        rarely = {"predictions_per_day": 40, "throughput_rps": 0.01}
        refused = desk.refusal(SMALL, gpu_needed=True, latency_ms_p95=1000, budget_usd_month=300, **rarely)
        assert set(refused.conflicting) == {"latency_ms_p95", "gpu_needed", "budget_usd_month"}
        [patience] = [way for way in refused.relaxations if way.startswith("accept a p95")]
        assert "a month)" in patience

    def test_an_option_that_is_ruled_out_twice_is_no_way_out(self, desk: Desk) -> None:
        refused = desk.refusal(SMALL, gpu_needed=True, deployment_preference="serverless")
        assert not any("asynchronous" in way for way in refused.relaxations)


class TestWaysOut:
    def test_the_budget_that_would_do_is_named_and_does(self, desk: Desk) -> None:
        refused = desk.refusal(FRAUD, budget_usd_month=500)
        cost = desk.plan(FRAUD).cost.expected_usd
        assert f"${cost:,.0f}" in refused.relaxations[0]
        assert isinstance(desk.result(FRAUD, budget_usd_month=cost + 1), Plan)

    def test_the_nearest_latency_is_named_and_does(self, desk: Desk) -> None:
        refused = desk.refusal(SMALL, latency_ms_p95=5)
        assert "accept a p95 of 18 ms" in refused.relaxations[0]
        assert isinstance(desk.result(SMALL, latency_ms_p95=18), Plan)

    def test_the_nearest_availability_is_named_and_does(self, desk: Desk) -> None:
        way = desk.refusal(SMALL, availability_pct=99.999).relaxations[0]
        nearest = float(re.findall(r"accept an availability of ([\d.]+) %", way)[0])
        assert isinstance(desk.result(SMALL, availability_pct=nearest), Plan)
        assert desk.refusal(SMALL, availability_pct=nearest + 0.002).conflicting == ("availability_pct",)

    def test_what_has_to_give_together_is_named_when_one_thing_is_not_enough(self, desk: Desk) -> None:
        refused = desk.refusal(SMALL, availability_pct=99.999, latency_ms_p95=5, budget_usd_month=10)
        assert any("together" in way for way in refused.relaxations)

    def test_the_cheapest_way_comes_first(self, desk: Desk) -> None:
        refused = desk.refusal(SMALL, gpu_needed=True, deployment_preference="serverless")
        assert "need for a GPU" in refused.relaxations[0]
        assert "deployment preference" in refused.relaxations[1]

    def test_a_volume_that_is_too_much_is_lowered_not_paid_for(self, desk: Desk) -> None:
        refused = desk.refusal(SMALL, throughput_rps=5_000_000, budget_usd_month=1_000_000_000)
        assert refused.conflicting == ("throughput_rps",)
        assert "request rate" in refused.relaxations[0]


class TestSelfHosting:
    def test_a_model_of_ones_own_against_a_small_budget_is_said(self, desk: Desk) -> None:
        refused = desk.refusal(RAG, llm_hosting="self_hosted", budget_usd_month=500)
        assert {"llm_hosting", "budget_usd_month"} <= set(refused.conflicting)

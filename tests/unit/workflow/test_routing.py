"""Where a design goes next, and how often it may go back."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from libs.workflow import routing
from libs.workflow.state import DesignState


def gate(decision: str, **details: object) -> DesignState:
    return {
        "gate": {
            "decision": decision,
            "revise": False,
            "edits": {"constraints": {}, "components": {}},
            **details,
        }
    }


class TestAfterGates:
    @pytest.mark.parametrize(
        ("state", "at_input", "at_final"),
        [
            (gate("approve"), "planner", "codegen"),
            (gate("respond"), "intake_extract", "intake_extract"),
            (
                gate("edit", edits={"constraints": {"regions": ["us-east-1"]}, "components": {}}),
                *["intake_extract"] * 2,
            ),
            (
                gate("edit", edits={"constraints": {}, "components": {"serve": "lambda_service"}}),
                *["planner"] * 2,
            ),
            (gate("reject"), "__end__", "__end__"),
            (gate("reject", revise=True), "intake_extract", "intake_extract"),
        ],
    )
    def test_goes_where_the_decision_says(self, state: DesignState, at_input: str, at_final: str) -> None:
        assert routing.after_gate_input(state) == at_input
        assert routing.after_gate_final(state) == at_final


class TestWaivers:
    WAIVERS = ({"rule": "a.b", "reason": "r", "expires": "2027-01-01"},)

    @pytest.mark.parametrize("given", [{"waivers": WAIVERS}, {"withdrawn": ("a.b",)}])
    def test_alone_they_have_the_rules_look_at_the_same_plan_again(self, given: dict[str, Any]) -> None:
        assert routing.after_gate_final(gate("edit", **given)) == "policy_eval"

    @pytest.mark.parametrize(
        ("edits", "node"),
        [
            ({"constraints": {"regions": ["us-east-1"]}, "components": {}}, "intake_extract"),
            ({"constraints": {}, "components": {"serve": "lambda_service"}}, "planner"),
            ({"constraints": {}, "components": {}, "assumptions": {"ci_minutes": None}}, "planner"),
        ],
    )
    def test_beside_a_change_the_change_says_where_to(self, edits: object, node: str) -> None:
        assert routing.after_gate_final(gate("edit", edits=edits, waivers=self.WAIVERS)) == node


class TestBounds:
    @given(replans=st.integers(0, 50), counterexamples=st.integers(0, 50))
    def test_a_plan_is_tried_again_at_most_three_times(self, replans: int, counterexamples: int) -> None:
        assert routing.may_replan(replans, counterexamples) == (counterexamples > 0 and replans < 3)

    def test_a_red_check_is_repaired_at_most_three_times(self) -> None:
        assert [routing.may_repair([str(n) for n in range(rounds)]) for rounds in (1, 2, 3, 4)] == [
            *[True] * 3,
            False,
        ]

    def test_a_repair_that_changed_nothing_is_the_last(self) -> None:
        assert not routing.may_repair(["a", "a"])
        assert routing.may_repair(["a", "b"])


class TestAfterPlanner:
    def test_both_critics_look_at_a_plan_and_a_person_at_none(self) -> None:
        assert routing.after_planner({"infeasible": False}) == ["critic_tech", "critic_cost"]
        assert routing.after_planner({"infeasible": True}) == ["hitl_gate_input"]


class TestAfterValidators:
    @pytest.mark.parametrize(
        ("verified", "node"),
        [("green", "rationale_compile"), ("red", "codegen"), ("stuck", "hitl_gate_final")],
    )
    def test_green_goes_on_and_red_goes_back(self, verified: str, node: str) -> None:
        assert routing.after_validators({"verified": verified}) == node

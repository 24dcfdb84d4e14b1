"""Which options go back to the planner as counterexamples."""

from datetime import date
from functools import cache

from libs.planning import solver
from libs.planning.catalogue.loading import load_catalogue
from libs.planning.models import Finding, Plan, PolicyResult
from libs.planning.prices.lookup import load_prices
from libs.planning.requirements import resolve
from libs.workflow.nodes.policy_eval import counterexamples_of

AS_OF = date(2026, 11, 21)


@cache
def plan() -> Plan:
    requirements, _ = resolve([], AS_OF)
    found = solver.plan(requirements, load_catalogue(), load_prices(), as_of=AS_OF)
    assert isinstance(found, Plan)
    return found


def finding(**changes: object) -> Finding:
    values = {
        "code": "feasibility.too_slow",
        "severity": "error",
        "message": "m",
        "evidence": "e",
        "fix": "f",
        "blocking": True,
        "slot": "serve",
        "option": "lambda_service",
    }
    return Finding.model_validate(values | changes)


def failed(slot: str) -> PolicyResult:
    return PolicyResult.model_validate(
        {
            "rule": "r",
            "pack": "p",
            "control": "c",
            "outcome": "fail",
            "message": "m",
            "evidence": "e",
            "slot": slot,
        }
    )


class TestCounterexamples:
    def test_a_blocking_finding_names_the_option_it_refuses(self) -> None:
        assert counterexamples_of(plan(), [finding()], [], {}) == [["serve", "lambda_service"]]

    def test_a_finding_that_does_not_block_is_none(self) -> None:
        assert counterexamples_of(plan(), [finding(blocking=False)], [], {}) == []

    def test_a_failed_policy_refuses_the_chosen_option_of_its_slot(self) -> None:
        chosen = plan().component("security").option
        assert counterexamples_of(plan(), [], [failed("security")], {}) == [["security", chosen]]

    def test_what_a_person_forced_is_shown_as_blocked_and_not_replaced(self) -> None:
        assert counterexamples_of(plan(), [finding()], [], {"forced": {"serve": "lambda_service"}}) == []

    def test_a_known_counterexample_is_not_given_twice(self) -> None:
        assert counterexamples_of(plan(), [finding()], [], {"excluded": [["serve", "lambda_service"]]}) == []

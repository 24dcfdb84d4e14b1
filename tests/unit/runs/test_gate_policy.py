"""Which requests a project's gate policy lets through without a person."""

from typing import Any

import pytest

from libs.projects.models import GatePolicy
from libs.runs.models import GateRequest
from libs.runs.runner import passes


def request(
    kind: Any = "final", trips: tuple[str, ...] = (), decisions: Any = ("approve",), **shown: Any
) -> GateRequest:
    return GateRequest(kind=kind, title="t", message="m", decisions=decisions, trips=trips, shown=shown)


class TestPasses:
    @pytest.mark.parametrize(("when", "passed"), [("always", False), ("trips", True), ("never", True)])
    def test_a_request_that_trips_nothing(self, when: Any, passed: bool) -> None:
        assert passes(GatePolicy(final=when), request()) is passed

    @pytest.mark.parametrize(("when", "passed"), [("always", False), ("trips", False), ("never", True)])
    def test_a_request_that_trips_something(self, when: Any, passed: bool) -> None:
        assert passes(GatePolicy(final=when), request(trips=("policy:x",))) is passed

    def test_no_policy_approves_what_may_not_be_approved(self) -> None:
        assert not passes(GatePolicy(final="never"), request(decisions=("respond", "reject")))

    @pytest.mark.parametrize(("monthly", "passed"), [(99.0, True), (101.0, False)])
    def test_a_bill_above_the_threshold_trips(self, monthly: float, passed: bool) -> None:
        policy = GatePolicy(final="trips", cost_trip_usd_month=100.0)
        assert passes(policy, request(monthly_usd=monthly)) is passed

    def test_each_gate_has_its_own_rule(self) -> None:
        policy = GatePolicy(input="never", final="always")
        assert passes(policy, request(kind="input", trips=("question:regions",)))
        assert not passes(policy, request(kind="final"))

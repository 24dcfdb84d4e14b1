"""Which waivers a decision may bring, and what becomes of those of a run."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from libs.planning.policies.packs import load_packs
from libs.runs.errors import DecisionInvalid
from libs.runs.models import GateDecision, GateRequest
from libs.workflow import waiving

TODAY = date(2026, 11, 22)
FAILING = ("baseline.backups", "baseline.tags")


def request(*failing: str, as_of: date = TODAY, **shown: Any) -> GateRequest:
    return GateRequest(
        kind="final",
        title="Approve",
        message="m",
        decisions=("edit",),
        shown={"failing_rules": list(failing), "as_of": as_of.isoformat(), **shown},
    )


def decision(*waivers: dict[str, Any], kind: str = "edit") -> GateDecision:
    return GateDecision.model_validate(
        {"gate_id": "gate_1", "digest": "d", "decision": kind, "waivers": waivers}
    )


def waiver(rule: str = FAILING[0], reason: str = "r", expires: date = TODAY) -> dict[str, Any]:
    return {"rule": rule, "reason": reason, "expires": expires}


def refused(asked: GateRequest, sent: GateDecision, today: date = TODAY) -> str:
    with pytest.raises(DecisionInvalid) as raised:
        waiving.checked_waivers(asked, sent, load_packs(), today)
    assert "still waits" in raised.value.advice
    return str(raised.value.facts["field"])


class TestChecked:
    @given(days=st.integers(-800, 800), ahead=st.integers(-400, 400))
    def test_an_expiry_is_taken_from_the_first_day_on_for_a_year(self, days: int, ahead: int) -> None:
        asked = request(*FAILING, as_of=TODAY + timedelta(days=ahead))
        sent = decision(waiver(expires=TODAY + timedelta(days=days)))
        if 0 <= days - max(ahead, 0) <= 365:
            assert len(waiving.checked_waivers(asked, sent, load_packs(), TODAY)) == 1
        else:
            assert refused(asked, sent) == "waivers.0.expires"

    @given(
        failing=st.sets(st.sampled_from([*FAILING, "baseline.encryption_at_rest"])), rule=st.text(max_size=30)
    )
    def test_only_rules_that_fail_here_are_taken(self, failing: set[str], rule: str) -> None:
        for wanted in (rule or "x", *FAILING):
            sent = decision(waiver(wanted))
            if wanted in failing:
                [taken] = waiving.checked_waivers(request(*sorted(failing)), sent, load_packs(), TODAY)
                assert taken.rule == wanted
            else:
                assert refused(request(*sorted(failing)), sent) == "waivers.0.rule"

    def test_a_rule_is_waived_once_and_the_wrong_one_of_several_is_named(self) -> None:
        assert refused(request(*FAILING), decision(waiver(), waiver())) == "waivers.1.rule"
        assert refused(request(*FAILING), decision(waiver(), waiver(FAILING[1], " "))) == "waivers.1.reason"

    def test_a_gate_of_before_there_were_waivers_takes_none(self) -> None:
        asked = request().model_copy(update={"shown": {}})
        assert refused(asked, decision(waiver())) == "waivers.0.rule"

    def test_one_that_was_given_may_be_renewed(self) -> None:
        asked = request(waivers=[{"rule": FAILING[0]}])
        assert waiving.checked_waivers(asked, decision(waiver()), load_packs(), TODAY)


class TestWithdrawn:
    @staticmethod
    def field_of(*withdrawn: str, kind: str = "edit", waivers: tuple[dict[str, Any], ...] = ()) -> str:
        asked = request(FAILING[1], waivers=[{"rule": FAILING[0]}])
        sent = decision(*waivers, kind=kind).model_copy(update={"withdrawn": withdrawn})
        with pytest.raises(DecisionInvalid) as raised:
            waiving.checked_withdrawals(asked, sent)
        assert "still waits" in raised.value.advice
        return str(raised.value.facts["field"])

    def test_only_a_waiver_of_the_gate_is_taken_and_once(self) -> None:
        asked = request(FAILING[1], waivers=[{"rule": FAILING[0]}])
        waiving.checked_withdrawals(asked, decision().model_copy(update={"withdrawn": (FAILING[0],)}))
        assert self.field_of(FAILING[1]) == "withdrawn.0"
        assert self.field_of(FAILING[0], FAILING[0]) == "withdrawn.1"
        assert self.field_of(FAILING[0], kind="reject") == "withdrawn"

    def test_a_rule_is_not_waived_anew_at_once(self) -> None:
        assert self.field_of(FAILING[0], waivers=(waiver(),)) == "withdrawn.0"

    def test_those_of_other_rules_hold_on(self) -> None:
        sent = [{"rule": rule, "reason": "r", "expires": "2027-01-01"} for rule in ("a.b", "a.c")]
        kept = waiving.with_waivers(waiving.with_waivers([], sent, "user:a"), [], "user:b", ["a.b"])
        assert [(each["rule"], each["owner"]) for each in kept] == [("a.c", "user:a")]


class TestOfARun:
    def test_the_owner_is_whoever_decided_and_a_new_one_replaces_the_old(self) -> None:
        sent = [{"rule": "a.b", "reason": "r", "expires": "2027-01-01"}]
        first = waiving.with_waivers([], [*sent, {**sent[0], "rule": "a.c"}], "user:a")
        second = waiving.with_waivers(first, sent, "user:b")
        assert [(w["rule"], w["owner"]) for w in second] == [("a.c", "user:a"), ("a.b", "user:b")]

    @given(days=st.integers(-30, 30))
    def test_holds_on_its_last_day_and_not_after(self, days: int) -> None:
        kept = waiving.with_waivers(
            [], [{"rule": "a.b", "reason": "r", "expires": TODAY.isoformat()}], "user:a"
        )
        assert (waiving.still_holding(kept, TODAY + timedelta(days=days)) == kept) == (days <= 0)

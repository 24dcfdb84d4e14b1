"""`runs try` shows what an edit would do and decides nothing; `runs edit` takes it, and child versions keep it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from libs.core.errors import Invalid
from libs.runs.errors import DecisionInvalid
from tests.support.product import CHURN
from tests.support.terminal import Terminal

WAITING = 4
BLOCKED = 5


@pytest.fixture
def run_id(terminal: Terminal) -> str:
    """A run that waits for the approval of its architecture."""
    waiting = terminal.json("design", CHURN, code=WAITING)
    if waiting["gate"]["kind"] == "input":
        waiting = terminal.json("runs", "approve", waiting["run_id"], code=WAITING)
    assert waiting["gate"]["kind"] == "final"
    found: str = waiting["run_id"]
    return found


class TestTry:
    def test_tells_price_and_components_and_leaves_the_gate_as_it_was(
        self, terminal: Terminal, run_id: str
    ) -> None:
        before = terminal.json("runs", "show", run_id)
        told = terminal("runs", "try", run_id, "--use", "store=rds_postgres").output
        assert "a month (+" in told
        assert "replaced      store: s3_lake -> rds_postgres" in told
        assert "Nothing was decided" in told
        assert terminal.json("runs", "show", run_id) == before

    def test_a_limit_that_would_break_is_told(self, terminal: Terminal, run_id: str) -> None:
        told = terminal("runs", "try", run_id, "--set", "budget_usd_month=20").output
        assert "NOT KEPT      the budget" in told

    def test_an_assumption_changes_the_bill(self, terminal: Terminal, run_id: str) -> None:
        effect = terminal.json("runs", "try", run_id, "--assume", "ci_minutes=1600")
        assert effect["monthly_usd_delta"] == pytest.approx(6.0)
        assert [c["field"] for c in effect["diff"]["assumptions"]] == ["ci_minutes"]

    def test_what_does_not_exist_is_refused_by_name(self, terminal: Terminal, run_id: str) -> None:
        assert "mainframe" in terminal.refused("runs", "try", run_id, "--use", "serve=mainframe").message
        assert "hopes" in terminal.refused("runs", "try", run_id, "--assume", "hopes=1").message

    @pytest.mark.parametrize("given", ["ci_minutes=many", "ci_minutes"])
    def test_what_is_no_number_is_refused_before_anything_is_looked_up(
        self, terminal: Terminal, given: str
    ) -> None:
        refusal = terminal.refused("runs", "try", "run_any", "--assume", given)
        assert "ci_minutes" in refusal.message
        assert refusal.advice


class TestEdit:
    def test_an_assumption_is_taken_kept_by_a_child_version_and_given_back(
        self, terminal: Terminal, run_id: str
    ) -> None:
        first = terminal.json("runs", "show", run_id)["plan"]
        edited = terminal.json("runs", "edit", run_id, "--assume", "ci_minutes=1600", code=WAITING)
        assert edited["plan"]["requirements"]["assumptions"] == {"ci_minutes": 1600}
        more = edited["plan"]["cost"]["expected_usd"] - first["cost"]["expected_usd"]
        assert more == pytest.approx(6.0, abs=0.01)
        done = terminal.json("runs", "approve", run_id)

        child = terminal.json(
            "design", "It has to run in us-east-1.", "--parent", done["decision_set_id"], code=WAITING
        )
        if child["gate"]["kind"] == "input":
            child = terminal.json("runs", "approve", child["run_id"], code=WAITING)
        assert child["plan"]["requirements"]["region"] == "us-east-1"
        assert child["plan"]["requirements"]["assumptions"] == {"ci_minutes": 1600}

        back = terminal.json("runs", "edit", child["run_id"], "--assume", "ci_minutes=", code=WAITING)
        assert back["plan"]["requirements"]["assumptions"] == {}


class TestWaive:
    RULE = "house.home_region"
    PACK = """\
title: Rules of the house
rules:
  - {id: home_region, control: House 1, severity: fail, message: Runs in us-east-1., fix: Choose it.,
     test: {kind: region_in, regions: [us-east-1]}}
"""

    @pytest.fixture
    def blocked(self, terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
        """A run that a rule of the house stops."""
        folder = tmp_path / "policies"
        folder.mkdir()
        (folder / "house.yaml").write_text(self.PACK)
        monkeypatch.setenv("AGENTIC_MLOPS_POLICY_DIR", str(folder))
        waiting = terminal.json("design", CHURN, code=WAITING)
        if waiting["gate"]["kind"] == "input":
            waiting = terminal.json("runs", "approve", waiting["run_id"], code=BLOCKED)
        assert waiting["gate"]["shown"]["failing_rules"] == [self.RULE]
        found: str = waiting["run_id"]
        return found

    def test_a_failing_rule_is_waived_with_a_reason_and_a_day(self, terminal: Terminal, blocked: str) -> None:
        until = (datetime.now(UTC).date() + timedelta(days=30)).isoformat()
        why = ("--reason", "Moves in May.", "--until", until)
        with_other = terminal.refused(
            "runs", "edit", blocked, "--waive", "baseline.tags", *why, by=DecisionInvalid
        )
        assert with_other.facts["field"] == "waivers.0.rule"
        waived = terminal.json("runs", "edit", blocked, "--waive", self.RULE, *why, code=WAITING)
        [waiver] = waived["gate"]["shown"]["waivers"]
        assert (waiver["owner"], waiver["reason"], waiver["expires"]) == (
            "user:local-owner",
            "Moves in May.",
            until,
        )
        assert "approve" in waived["gate"]["decisions"]

        refused = terminal.refused("runs", "edit", blocked, "--withdraw", "baseline.tags", by=DecisionInvalid)
        assert refused.facts["field"] == "withdrawn.0"
        again = terminal.json(
            "runs", "edit", blocked, "--withdraw", self.RULE, "--reason", "Called off.", code=BLOCKED
        )
        assert again["gate"]["shown"]["waivers"] == []
        assert again["gate"]["shown"]["failing_rules"] == [self.RULE]

    @pytest.mark.parametrize(
        "given",
        [
            ("--waive", "a.b"),
            ("--waive", "a.b", "--reason", "r"),
            ("--waive", "a.b", "--until", "2027-01-01"),
            ("--waive", "a.b", "--reason", "r", "--until", "soon"),
            ("--reason", "r"),
        ],
    )
    def test_half_a_waiver_is_refused_before_anything_is_looked_up(
        self, terminal: Terminal, given: tuple[str, ...]
    ) -> None:
        assert "Nothing was decided" in terminal.refused("runs", "edit", "run_any", *given, by=Invalid).advice

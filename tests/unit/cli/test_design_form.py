"""`design --set`: a form on the command line."""

import pytest

from tests.support.product import CHURN
from tests.support.terminal import Terminal

WAITING = 4


def test_what_was_set_holds_and_says_that_a_person_gave_it(terminal: Terminal) -> None:
    waiting = terminal.json(
        "design", CHURN, "--answers", "defaults", "--set", "regions=eu-west-1", "--set", "compliance=[GDPR, SOC2]",
        "--set", "budget_usd_month=1200", code=WAITING,
    )  # fmt: skip
    needs = waiting["plan"]["requirements"]
    assert (needs["region"], needs["compliance"]) == ("eu-west-1", ["GDPR", "SOC2"])
    assert needs["budget_usd_month"] == 1200
    assert {needs["sources"][field] for field in ("regions", "compliance", "budget_usd_month")} == {
        "answered"
    }
    assert needs["sources"]["availability_pct"] == "stated"


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ("colour=blue", "colour"),
        ("availability_pct=often", "availability_pct"),
        ("availability_pct=", "availability_pct"),
        ("regions=[eu-west-1", "regions"),
        ("regions", "regions"),
    ],
)
def test_a_wrong_one_starts_nothing(terminal: Terminal, given: str, named: str) -> None:
    refusal = terminal.refused("design", CHURN, "--set", given)
    assert named in refusal.message
    assert "Nothing was started" in refusal.advice
    assert terminal.json("runs", "list")["runs"] == []

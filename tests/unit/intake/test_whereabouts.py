"""What is planned with when a text names no region but says where its writers are."""

import pytest

from libs.intake.extraction import extract
from libs.planning.requirements import resolve
from tests.unit.planning.scenes import AS_OF

FRAUD = "detect fraud in card payments within 80 ms, on AWS, for 15,000 EUR a month."


@pytest.mark.parametrize(
    ("text", "region"),
    [
        (f"A bank in Frankfurt wants to {FRAUD}", "eu-central-1"),
        (f"We are a lender in Lyon and want to {FRAUD}", "eu-west-3"),
        (f"A bank in Toronto wants to {FRAUD}", "ca-central-1"),
        (f"A bank wants to {FRAUD}", "us-east-1"),
        (f"A bank with branches in Paris and Tokyo wants to {FRAUD}", "us-east-1"),
    ],
)
def test_a_region_near_the_writers_is_assumed_and_never_said_to_be_stated(text: str, region: str) -> None:
    constraints = extract(text).constraints
    assert all(each.source == "default" for each in constraints if each.field == "regions")
    requirements, defaults = resolve(constraints, AS_OF)
    assert requirements.region == region
    assert "regions" in {each.field for each in defaults}

"""Workloads that follow from the rhythm of scoring."""

import pytest

from libs.intake.extraction import extract


@pytest.mark.parametrize(
    "text",
    [
        "Nightly churn scoring for 250k customers, GDPR, budget 900 dollars a month",
        "Churn scores for every customer each night.",
        "Weekly lead scoring for the sales team, peak season in December",
    ],
)
def test_scores_made_to_a_rhythm_are_batch_inference(text: str) -> None:
    found = extract(text).find("workloads")
    assert found is not None
    assert found.value == ["batch_inference"]


def test_a_rhythm_of_traffic_is_no_scoring() -> None:
    found = extract("An API that scores loans. Our daily traffic volume is 40k requests.").find("workloads")
    assert found is None or "batch_inference" not in found.value

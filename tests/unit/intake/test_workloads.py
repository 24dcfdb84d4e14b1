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


@pytest.mark.parametrize(
    "text",
    [
        "Predict which customers leave, scored every night, in eu-central-1, budget 800 dollars a month.",
        "Predict churn, scored every night, budget 800 dollars a month, in Frankfurt.",
        "Predict which machines fail, checked hourly, costs at most 300 USD per month.",
        "Vorhersage der Kündigungen, jede Nacht bewertet, Budget 800 Euro im Monat.",
        "Flag churners every night: the budget is 500 EUR a month.",
    ],
)
def test_a_budget_in_the_next_clause_takes_no_rhythm_away(text: str) -> None:
    workloads, budget = extract(text).find("workloads"), extract(text).find("budget_usd_month")
    assert workloads is not None
    assert workloads.value == ["batch_inference"]
    assert budget is not None

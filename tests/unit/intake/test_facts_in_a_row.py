"""Facts of one design read the same whether commas, semicolons or full stops stand between them, in any order."""

from itertools import permutations
from typing import Any

import pytest

from libs.intake.extraction import extract

TASKS = ("Predict which customers leave", "Forecast sales per store", "Rank job applicants for recruiters")
FACTS: dict[str, dict[str, Any]] = {
    "scored every night": {"workloads": ["batch_inference"], "scoring_frequency": "daily"},
    "budget 800 dollars a month": {"budget_usd_month": 800.0},
    "in eu-central-1": {"regions": ["eu-central-1"]},
    "retrained every month": {"training_frequency": "monthly"},
    "50 GB of data": {"data_volume_gb": 50.0},
    "a team of 4": {"team_size": 4},
    "200,000 customers a day": {"predictions_per_day": 200_000.0},
    "99.5% availability": {"availability_pct": 99.5},
}
PAIRS = list(permutations(FACTS, 2))


@pytest.mark.parametrize("joined_by", [", ", "; ", ". "], ids=["commas", "semicolons", "sentences"])
@pytest.mark.parametrize("task", TASKS)
def test_no_fact_hides_another(task: str, joined_by: str) -> None:
    for first, second in PAIRS:
        brief = joined_by.join(words[0].upper() + words[1:] for words in (task, first, second)) + "."
        found: dict[str, Any] = {each.field: each.value for each in extract(brief).constraints}
        for field, value in {**FACTS[first], **FACTS[second]}.items():
            held = found.get(field)
            assert held == value or (field == "workloads" and set(value) <= set(held or ())), (
                brief,
                field,
                held,
            )


def test_the_rhythm_of_runs_is_not_the_rhythm_of_a_load() -> None:
    found = extract("Forecast sales per store, 200,000 customers a day, scores refreshed weekly.").find(
        "scoring_frequency"
    )
    assert found is not None
    assert found.value == "weekly"

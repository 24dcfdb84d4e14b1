"""Values as documents say them."""

import pytest

from libs.codegen.wording import constraint_value, counted


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("team_size", 1, "1 person"),
        ("team_size", 3, "3 people"),
        ("predictions_per_day", 1, "1 prediction a day"),
        ("latency_ms_p95", 1, "1 ms at p95"),
        ("data_volume_gb", 1, "1 GB"),
        ("gpu_needed", True, "yes"),
    ],
)
def test_units_agree_with_the_number(field: str, value: object, said: str) -> None:
    assert constraint_value(field, value) == said


@pytest.mark.parametrize(
    ("value", "words", "said"),
    [
        (1, "minutes", "1 minute"),
        (1.0, "requests/s", "1 request/s"),
        (1440, "minutes", "1,440 minutes"),
        (0.5, "hours", "0.5 hours"),
    ],
)
def test_what_is_counted_agrees_with_the_number(value: float, words: str, said: str) -> None:
    assert counted(value, words) == said

"""Values as documents say them."""

import pytest

from libs.codegen.wording import constraint_value


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

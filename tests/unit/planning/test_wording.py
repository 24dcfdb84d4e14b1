"""Figures of a bill as people say them."""

import pytest

from libs.planning.wording import counted, quantity


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (730, "hour", "730 hours"),
        (1, "vCPU-hour", "1 vCPU-hour"),
        (24.8, "GB", "24.8 GB"),
        (0.0123, "GB-month", "0.0123 GB-months"),
        (0.02, "1M events", "20,000 events"),
        (3, "10k requests", "30,000 requests"),
        (1.5, "1B samples", "1,500,000,000 samples"),
        (0, "alarm-month", "0 alarm-months"),
    ],
)
def test_a_quantity_is_said_with_its_unit(value: float, unit: str, said: str) -> None:
    assert quantity(value, unit) == said


@pytest.mark.parametrize(
    ("value", "words", "said"),
    [(1, "minutes", "1 minute"), (2.5, "hours", "2.5 hours"), (1440.0, "minutes", "1,440 minutes")],
)
def test_what_is_counted_agrees_with_the_number(value: float, words: str, said: str) -> None:
    assert counted(value, words) == said

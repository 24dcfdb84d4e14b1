"""Cron expressions as rhythms."""

import pytest

from libs.intake.cron import find_expressions


@pytest.mark.parametrize(
    ("expression", "rhythm"),
    [
        ("*/10 * * * *", "hourly"),
        ("0 * * * *", "hourly"),
        ("0 */6 * * *", "several_times_daily"),
        ("0 3 * * *", "daily"),
        ("0 3 * * 1-5", "daily"),
        ("30 4 * * sun", "weekly"),
        ("0 4 1 * *", "monthly"),
        ("0 0 1 */3 *", "quarterly"),
    ],
)
def test_tells_the_rhythm(expression: str, rhythm: str) -> None:
    text = f"retrain: {expression} (utc)"

    ((found, start, end),) = find_expressions(text)

    assert (found, text[start:end]) == (rhythm, expression)


@pytest.mark.parametrize(
    "text", ["99 99 * * *", "1 2 3 4", "10 20 30 40 50 60", "0 0 1 1 *", "* * * bullet points"]
)
def test_takes_nothing_else_for_one(text: str) -> None:
    assert list(find_expressions(text)) == []

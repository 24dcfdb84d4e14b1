"""Questions and ways on, as a terminal shows them."""

from typing import Any

import pytest

from libs.cli.gate_words import default_in_words, ways_on


@pytest.mark.parametrize(
    ("default", "words"),
    [
        (None, "no default"),
        (False, "default: no"),
        ([], "default: none"),
        (["eu-west-1"], "default: eu-west-1"),
        (12000.0, "default: 12,000 GB"),
        ("weekly", "default: weekly"),
    ],
)
def test_a_default_reads_as_words(default: Any, words: str) -> None:
    assert default_in_words({"default": default, "unit": "GB"}) == words


def test_only_what_the_gate_offers_is_a_way_on() -> None:
    ways = ways_on({"decisions": ["respond", "reject"]}, "run_1")
    assert [way.split()[2] for way in ways] == ["answer", "reject", "show"]

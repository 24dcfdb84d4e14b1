"""Slips of the pen in names."""

import pytest

from libs.intake.folding import fold
from libs.intake.spelling import mended
from tests.unit.intake.reading import checked, value_of


@pytest.mark.parametrize(
    ("written", "meant"),
    [("kuberntes", "kubernetes"), ("frankfrut", "frankfurt"), ("serverles", "serverles")],
)
def test_mends_one_slip_and_leaves_what_only_bends_a_name(written: str, meant: str) -> None:
    assert mended(fold(f"on {written} please")).text == f"on {meant} please"


@pytest.mark.parametrize(
    "word", ["forecasted", "container", "budgets", "months", "german", "request", "irelands"]
)
def test_leaves_words_that_are_right(word: str) -> None:
    assert mended(fold(word)).text == word


def test_the_quote_holds_what_was_written() -> None:
    extraction = checked("Our fraud model shall run in Frankfrut on a kuberntes cluster.")

    regions, deployment = extraction.find("regions"), extraction.find("deployment_preference")
    assert regions is not None
    assert deployment is not None
    assert (regions.value, regions.quote.text if regions.quote else "") == (["eu-central-1"], "Frankfrut")
    assert (deployment.value, deployment.quote.text if deployment.quote else "") == (
        "kubernetes",
        "kuberntes",
    )


def test_a_mended_word_moves_no_later_quote() -> None:
    assert value_of("latency_ms_p95", "kuberntes, kuberntes, answers within 120 ms") == 120

"""What a brief that tells a story says is wanted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from libs.codegen.titles import LONGEST, wish_of


@pytest.mark.parametrize(
    ("brief", "wish"),
    [
        (
            "We have 250,000 customers and want a churn score for each of them every night, before 6 am.",
            "Churn score for each of them every night",
        ),
        (
            "Claims come by mail.\nWe are an insurer and need to\nflag suspicious ones.",
            "Flag suspicious ones",
        ),
        ("Our goal is to forecast the load of tomorrow, for 96 feeders.", "Forecast the load of tomorrow"),
        ("We want AI in our app!! Something smart.", None),
        ("We need a lot of things.", None),
        ("It has to be cheap, we want a car.", None),
        ("", None),
    ],
)
def test_is_the_first_thing_that_is_wanted(brief: str, wish: str | None) -> None:
    assert wish_of(brief) == wish


@given(st.text(max_size=200))
def test_is_one_line_that_fits_whatever_is_wanted(text: str) -> None:
    wish = wish_of(f"We want to {text}")
    assert wish is None or (len(wish) <= LONGEST and wish.isprintable() and wish == wish.strip())

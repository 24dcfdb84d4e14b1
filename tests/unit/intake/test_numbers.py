"""Quantities in digits and words, and digits that are none."""

import pytest

from libs.intake.brief import Brief
from libs.intake.numbers import find_numbers


def values(text: str, language: str = "en") -> list[float]:
    return [number.value for number in find_numbers(text, language)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12,000", [12000]),
        ("1,234,567.5", [1234567.5]),
        ("2.4m uploads", [2_400_000]),
        ("10k", [10000]),
        ("1.2 million", [1_200_000]),
        ("thirty-eight thousand", [38000]),
        ("one hundred and twenty", [120]),
        ("a hundred thousand", [100_000]),
        ("half a million", [500_000]),
        ("a quarter of a million", [250_000]),
        ("two (2) seconds", [2]),
        ("a couple of seconds", [2]),
        ("12'000", [12000]),
        ("12 000 users", [12000]),
        ("sub-100ms", [100]),
        ("8-10k", [10000]),
        ("between 100 and 250", [250]),
        ("1.2 to 1.5 seconds", [1.5]),
        ("99.999 %", [99.999]),
    ],
)
def test_english(text: str, expected: list[float]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("12.000", "de", [12000]),
        ("99,5", "de", [99.5]),
        ("eine halbe minute", "de", [0.5]),
        ("funfundzwanzig", "de", [25]),
        ("zweitausend", "de", [2000]),
        ("3 millionen", "de", [3_000_000]),
        ("treinta y cinco", "es", [35]),
        ("dos mil", "es", [2000]),
        ("2 500", "fr", [2500]),
        ("quatre-vingt-dix", "fr", [90]),
        ("1,8", "fr", [1.8]),
    ],
)
def test_other_languages(text: str, language: str, expected: list[float]) -> None:
    assert values(text, language) == expected


@pytest.mark.parametrize(
    "text",
    [
        "eu-west-1",
        "ds-412",
        "p95",
        "2024-05-01",
        "05:30",
        "4 pm",
        "10.0.0.1",
        "v2.1",
        "soc 2",
        "24/7",
        "h100",
        "k8s",
        "1. first",
    ],
)
def test_digits_that_are_no_quantity(text: str) -> None:
    assert values(text) == []


def test_a_range_keeps_its_lower_end() -> None:
    (number,) = find_numbers("8-10k", "en")

    assert (number.low, number.value) == (8000, 10000)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("We need a model that answers in 100 ms.", "en"),
        ("Wir brauchen ein Modell, das in 100 ms antwortet und für die Kunden da ist.", "de"),
        ("Necesitamos un modelo para la tienda que responda en menos de 100 ms.", "es"),
        ("Nous avons besoin d'un modèle pour les clients qui répond en moins de 100 ms.", "fr"),
        ("eu-west-1, 100 ms, no GPU, no Kubernetes", "en"),
        ("", "en"),
    ],
)
def test_guesses_the_language(text: str, language: str) -> None:
    assert Brief(text).language == language


def test_quotes_survive_letters_that_fold_to_several() -> None:
    text = "Straße ﬁx İstanbul: ½ day, Größe 5 TB für Übermorgen"
    brief = Brief(text)
    number = next(each for each in brief.numbers if each.value == 5)

    quote = brief.quote(number.start, number.end)

    assert (quote.text, text[quote.start : quote.end]) == ("5", "5")


def test_a_wrapped_line_stays_one_statement() -> None:
    brief = Brief(
        "We would like the answer to every one of the requests to arrive\nwithin 100 ms at the latest.\nSecond."
    )

    assert [statement.text.split()[0] for statement in brief.statements] == ["we", "second."]


def test_abbreviations_end_no_statement() -> None:
    assert len(Brief("We store approx. 5 TB, e.g. Parquet files. Done.").statements) == 2

"""Words that sentences anywhere in the product need."""

import pytest

from libs.core.wording import counted, named, sentence


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0 checks"), (1, "1 check"), (2, "2 checks"), (1200, "1,200 checks")]
)
def test_things_are_counted(number: int, said: str) -> None:
    assert counted(number, "check") == said


@pytest.mark.parametrize(("text", "said"), [("an online API", "An online API"), ("", ""), ("S3", "S3")])
def test_a_sentence_begins_with_a_capital(text: str, said: str) -> None:
    assert sentence(text) == said


@pytest.mark.parametrize(
    ("actor", "name"),
    [
        ("user:ana", "ana"),
        ("policy:deadline", "the deadline"),
        ("policy:gates", "the project's policy"),
        ("cli", "cli"),
    ],
)
def test_actors_have_names(actor: str, name: str) -> None:
    assert named(actor) == name

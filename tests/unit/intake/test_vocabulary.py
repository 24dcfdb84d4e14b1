"""The data files of words: shipped ones are right, wrong ones are refused with file, line and reason."""

import re
from importlib import resources

import pytest

from libs.intake.errors import VocabularyInvalid
from libs.intake.vocabulary import cues, terms, territories

_FOLDER = resources.files("libs.intake.vocabulary")


def shipped(language: str) -> str:
    return (_FOLDER / "languages" / f"{language}.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", cues.LANGUAGES)
def test_the_shipped_files_hold_expressions_that_compile(language: str) -> None:
    assert cues.parse(shipped(language), f"{language}.yaml", cues.parse(shipped("en"), "en.yaml"))


@pytest.mark.parametrize("language", cues.LANGUAGES)
@pytest.mark.parametrize(
    "cue",
    [
        "background.target",
        "budget.limit",
        "latency.response",
        "negation.negator",
        "rhythm.daily",
        "rhythm.weekly",
        "rhythm.monthly",
        "task.forecasting.4",
        "task.classification.4",
        "team.role",
        "training.train",
        "residency.stay",
    ],
)
def test_every_language_knows_what_matters_most(language: str, cue: str) -> None:
    assert cue in cues.parse(shipped(language), f"{language}.yaml")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("budget.limit: cap\nbudget.lmit: max", "xx.yaml, line 2: budget.lmit: no rule asks for this cue"),
        ("budget.limit: cap||max", "line 1: budget.limit: there is nothing between two |"),
        ("budget.limit: höchstens", "line 1: budget.limit: rules read text without accents"),
        ("budget.limit: (cap", "line 1: budget.limit: not a regular expression"),
        ("budget.limit: 5", "line 1: budget.limit: words separated by | are expected"),
        ("budget.limit: a\nbudget.limit: b", "line 2: the key 'budget.limit' is used twice"),
        ("- a", "line 1: a mapping"),
    ],
)
def test_a_wrong_file_is_refused_with_its_line(text: str, problem: str) -> None:
    with pytest.raises(VocabularyInvalid, match=re.escape(problem)):
        cues.parse(text, "xx.yaml", {"budget.limit": "cap"})


def test_a_cue_that_no_file_holds_is_an_error() -> None:
    with pytest.raises(VocabularyInvalid, match=r"no\.such\.cue"):
        cues.words("no.such.cue")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("ci_provider:\n  travis: travis", "terms.yaml, line 2: ci_provider does not take travis"),
        ("nonsense:\n  a: b", "line 1: there is no field nonsense"),
        ("ci_provider:\n  jenkins: '(jenkins'", "line 2: not a regular expression"),
    ],
)
def test_a_wrong_name_is_refused_with_its_line(text: str, problem: str) -> None:
    with pytest.raises(VocabularyInvalid, match=re.escape(problem)):
        terms.parse(text, "terms.yaml")


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("belgien", "belgium"),
        ("arabie saoudite", "saudi arabia"),
        ("paesi bassi", "netherlands"),
        ("brasil", "brazil"),
    ],
)
def test_countries_are_known_in_every_language(name: str, country: str) -> None:
    assert territories.countries()[name] == country


def test_large_cities_lie_in_their_country() -> None:
    assert territories.cities()["warsaw"] == "poland"

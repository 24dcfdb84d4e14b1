"""Examples of tasks: what is like them, what is not, and what a wrong file is told."""

from importlib import resources

import pytest

from libs.intake.errors import VocabularyInvalid
from libs.intake.extraction import extract
from libs.intake.vocabulary import task_examples
from libs.intake.vocabulary.cues import LANGUAGES


def _tasks(text: str) -> set[str]:
    return {each.task for each in task_examples.likenesses(text) if each.weight >= 2}


def test_an_example_is_recognised_in_any_order_and_inflection() -> None:
    assert "recommendation" in _tasks("we propose to the visitor the three tariffs that suit best")


def test_words_of_an_example_that_stand_far_apart_say_nothing() -> None:
    far = (
        "the camera of the visitors office "
        + "stands unused behind several closed doors " * 3
        + "please count"
    )

    assert "vision" not in _tasks(far)


def test_a_task_that_does_not_exist_is_refused_with_file_and_line() -> None:
    with pytest.raises(VocabularyInvalid, match=r"x\.yaml, line 1: .*guessing"):
        task_examples.parse("guessing:\n  - guess number\n", "x.yaml")


def test_a_line_with_a_kind_that_no_language_has_is_refused() -> None:
    with pytest.raises(VocabularyInvalid, match=r"lines\.yaml, line 1: vision: no language has ROBOT"):
        task_examples.parse("vision:\n  - IMAGE ROBOT\n", "lines.yaml", {"IMAGE": "photo|camera"})


def test_words_of_a_kind_are_single_words() -> None:
    with pytest.raises(VocabularyInvalid, match=r"x\.yaml, line 2: ITEM: single words"):
        task_examples.kinds("DOC: mail\nITEM: two words|book\n", "x.yaml")


def test_every_language_has_words_for_every_kind() -> None:
    folder = resources.files("libs.intake.vocabulary") / "meanings"
    held = {
        language: set(
            task_examples.kinds((folder / f"{language}.yaml").read_text(encoding="utf-8"), language)
        )
        for language in LANGUAGES
    }

    assert all(kinds == held["en"] for kinds in held.values())


def test_the_end_of_a_compound_is_recognised() -> None:
    assert "forecasting" in _tasks("die lastprognose fur die nachsten stunden")


def test_stories_are_no_stores() -> None:
    assert "recommendation" not in _tasks("consumers see the stored number and want it")


@pytest.mark.parametrize(
    "text",
    [
        "Hi Ana, how many of you are coming tomorrow? I'd suggest the Italian place.",
        "Dear neighbours, the lift is out of order. The engineer expects the part to come next week.",
    ],
)
def test_talk_about_tomorrow_makes_no_brief(text: str) -> None:
    assert [each.value for each in extract(text).constraints] == ["none"]


def test_an_example_without_words_is_refused() -> None:
    with pytest.raises(VocabularyInvalid, match="without words"):
        task_examples.parse("vision:\n  - camera |\n", "x.yaml")


@pytest.mark.parametrize(
    "text",
    [
        "The kiln takes a batch of 40 mugs. Newcomers need training, Ada does that weekly. The model is a TM-902C.",
        "Minutes of the choir: training every Tuesday, budget 300 euros, please bring the notes.",
        (
            "Le gardien est tombé en panne quatre fois ce mois-ci. Budget voté : 48 000 euros pour l'immeuble et "
            "l'ascenseur, disponibilité de 99 % selon Mme Roux. La chorale s'entraîne chaque semaine jusqu'à 22 h au "
            "troisième étage, prochaine réunion à Lyon chez le syndic, la séance est levée à 20 h 40."
        ),
    ],
)
def test_words_that_mean_other_things_as_well_make_no_brief(text: str) -> None:
    extraction = extract(text)

    assert [(each.field, each.value) for each in extraction.constraints] == [("ml_task", "none")]


def test_scores_with_technical_requirements_are_a_brief_without_a_task() -> None:
    extraction = extract("Nightly scoring of 2 million rows on AWS in eu-west-1.")

    assert extraction.find("ml_task") is None
    assert extraction.find("cloud") is not None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (
            "Fraud model. The use of public clouds is not allowed. The system is to be built on AWS in eu-central-1.",
            "intake.cloud_forbidden_and_named",
        ),
        (
            (
                "Forecast the fill level. The model runs exclusively in batch, once a night. The app asks the model "
                "live at any hour and gets the prediction within 300 ms."
            ),
            "intake.batch_only_and_live",
        ),
        (
            "Rank the search results within 100 ms. Each answer is held back for two seconds before it is shown.",
            "intake.held_longer_than_target",
        ),
    ],
)
def test_demands_that_exclude_each_other_are_conflicts(text: str, code: str) -> None:
    assert code in {conflict.code for conflict in extract(text).conflicts}

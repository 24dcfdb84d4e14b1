"""The trained part of reading the task: weights and examples agree, and it speaks where no rule knows the words."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from libs.intake import purpose, task_model
from libs.intake.brief import Brief
from libs.intake.errors import VocabularyInvalid
from libs.intake.extraction import extract
from libs.intake.vocabulary import uses
from libs.intake.vocabulary.cues import LANGUAGES

ROOT = Path(__file__).resolve().parents[3]
SHIPPED = ROOT / "libs" / "intake" / "vocabulary" / task_model.WEIGHTS_FILE
SCRIPT = ROOT / "scripts" / "train_task_model.py"
FEWEST_EXAMPLES = 120
FEWEST_OPEN = 50
LARGEST_FILE = 400_000


def test_the_weights_were_trained_on_the_examples_beside_them() -> None:
    assert task_model.load().digest == uses.digest(uses.load())
    assert SHIPPED.stat().st_size < LARGEST_FILE


@pytest.mark.long
def test_training_again_gives_the_same_file(tmp_path: Path) -> None:
    again = tmp_path / "again.json"
    # A process of its own, on one thread: sums in another order could round differently.
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}

    subprocess.run([sys.executable, str(SCRIPT), "--out", str(again)], env=environment, check=True)

    assert again.read_bytes() == SHIPPED.read_bytes()


def test_every_label_has_enough_examples_in_every_language() -> None:
    examples = uses.load()

    for label in task_model.load().labels:
        of_label = [use for use in examples if use.task == label]
        assert len(of_label) >= (FEWEST_OPEN if label == uses.OPEN else FEWEST_EXAMPLES)
        assert {use.language for use in of_label} == set(LANGUAGES)


def test_no_example_stands_twice() -> None:
    texts = [use.text for use in uses.load()]

    assert len(texts) == len(set(texts))


def test_a_task_that_does_not_exist_is_refused() -> None:
    with pytest.raises(VocabularyInvalid, match="guessing"):
        uses.parse("en: |\n  guess a number\n", "wishes/guessing.yaml", "guessing")


def test_a_block_of_no_language_is_refused_with_its_line() -> None:
    with pytest.raises(VocabularyInvalid, match=r"x\.yaml, line 1"):
        uses.parse("klingon: |\n  a line\n", "x.yaml", "vision")


def test_probabilities_add_up_even_where_nothing_is_known() -> None:
    for text in ("", "zzz qqq", "a camera over the belt sees broken glass"):
        assert sum(task_model.probabilities(text).values()) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("text", "task"),
    [
        ("How many guests will sit in the canteen on each day of next week?", "forecasting"),
        ("A camera above the belt has to see chipped tiles.", "vision"),
        ("Staff ask in their own words and get the answer from our manuals.", "llm_rag"),
        ("Propose something else that the reader may like.", "recommendation"),
    ],
)
def test_the_opinion_follows_what_a_statement_asks_for(text: str, task: str) -> None:
    shares = purpose.opinion(Brief(text)).shares

    assert max(shares, key=lambda each: shares[each]) == task


def test_a_wish_for_machine_learning_as_such_names_no_task() -> None:
    for text in (
        "Make our shop smarter with AI, you decide how.",
        "A place with notebooks where teams train models.",
    ):
        assert purpose.opinion(Brief(text)).is_open


def test_the_quote_of_a_learned_task_is_a_statement_of_the_text() -> None:
    text = (
        "Road salt: tonnes per depot we will have to spread over the coming 72 h. Run 4 times daily on AWS."
    )
    constraint = extract(text).find("ml_task")

    assert constraint is not None
    assert constraint.value == "forecasting"
    assert constraint.quote is not None
    assert constraint.quote.text in text

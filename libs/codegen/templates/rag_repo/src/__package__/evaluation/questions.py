"""The evaluation set: what is asked by whom, and what a good system does with it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from ..passages import Passage
from ..running.errors import DataRefused, UsageError

Kind = Literal["answerable", "unanswerable", "forbidden", "attack"]


class Question(BaseModel):
    """One line of `data/evaluation.jsonl`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    kind: Kind
    """`forbidden`: a document answers it, but not for these groups; `attack`: the guard must stop it."""
    split: Literal["calibrate", "test"]
    """The threshold is chosen on the first half and measured on the second."""
    question: str
    groups: tuple[str, ...]
    document_id: str = ""
    answer: str = ""
    """The sentence of the document that answers it."""
    attack: str = ""


def load_questions(path: Path) -> list[Question]:
    """The questions of a file.

    Raises:
        UsageError: it is not there, or a line is not valid.
        DataRefused: a kind or split is missing, so that a figure would have no meaning.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
        questions = [Question.model_validate(json.loads(line)) for line in lines if line.strip()]
    except (OSError, ValueError, ValidationError) as error:
        raise UsageError(f"the evaluation set {path} is not valid: {error}") from error
    present = {(question.kind, question.split) for question in questions}
    for kind in ("answerable", "unanswerable"):
        for split in ("calibrate", "test"):
            if (kind, split) not in present:
                raise DataRefused(
                    f"The evaluation set has no {kind} question in the split {split}.",
                    "Add some: a threshold needs both kinds, in both halves.",
                )
    return questions


def expected_passages(questions: Iterable[Question], passages: Iterable[Passage]) -> dict[str, frozenset[str]]:
    """By question: the passages of its document that hold the sentence that answers it.

    Raises:
        DataRefused: a sentence is in no passage, because the document changed or was set aside.
    """
    by_document: dict[str, list[Passage]] = {}
    for passage in passages:
        by_document.setdefault(passage.document_id, []).append(passage)
    expected: dict[str, frozenset[str]] = {}
    lost: list[str] = []
    for question in questions:
        if question.kind != "answerable":
            continue
        holding = [
            passage.passage_id
            for passage in by_document.get(question.document_id, [])
            if _plain(question.answer) in _plain(passage.text)
        ]
        expected[question.id] = frozenset(holding)
        if not holding:
            lost.append(question.id)
    if lost:
        raise DataRefused(
            f"No passage holds the answer of {len(lost)} questions, such as {lost[0]}.",
            "The documents have changed: mend the evaluation set with them.",
        )
    return expected


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()

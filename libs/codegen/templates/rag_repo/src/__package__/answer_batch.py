"""Answers a table of questions, several at once; a question that fails is named, the others are answered."""

from __future__ import annotations

import json
import traceback
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from .answering import Answer, OutOfTime
from .documents.content import Unreadable, csv_rows, json_rows, text_of
from .embeddings.port import EmbeddingsUnavailable
from .guards.port import GuardUnavailable
from .models.port import ModelUnavailable
from .passages import EVERYONE
from .running.errors import DataRefused
from .stores.port import Scope, StoreUnavailable
from .system import System

UNAVAILABLE = (
    OutOfTime,
    EmbeddingsUnavailable,
    GuardUnavailable,
    ModelUnavailable,
    StoreUnavailable,
)
"""A part that the answer needs did not answer itself."""


def answer_batch(system: System, source: Path, target: Path) -> dict[str, int]:
    """Writes one JSON object a question.

    Args:
        system: that answers.
        source: CSV or JSON lines with `question`, and `id` and `groups` where there are some.
        target: JSON lines.

    Returns:
        How many were answered, refused and failed.

    Raises:
        DataRefused: there is no question, or none could be answered.
    """
    lines: list[dict[str, Any]] = []
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("w", encoding="utf-8") as stream:
        for line, _ in answer_rows(system, read_questions(source)):
            lines.append(line)
            stream.write(written([line]))
    return counts_of(lines, source.name)


def written(lines: list[dict[str, Any]]) -> str:
    """The answers as JSON lines."""
    return "".join(json.dumps(line, sort_keys=True, ensure_ascii=False) + "\n" for line in lines)


def counts_of(lines: list[dict[str, Any]], name: str) -> dict[str, int]:
    """How many questions of a table were answered, refused and failed.

    Raises:
        DataRefused: there is none, or none could be answered.
    """
    counts = {"answered": 0, "refused": 0, "failed": 0}
    for line in lines:
        counts[line["outcome"]] += 1
    if not lines:
        raise DataRefused(f"{name} holds no question.", "Give it a column named question.")
    if counts["failed"] == len(lines):
        raise DataRefused(f"No question of {name} could be answered.", f"For example: {lines[0]['error']}.")
    return counts


def read_questions(path: Path) -> Iterator[dict[str, Any]]:
    """The rows that hold a question, with their place as id where they have none.

    Raises:
        DataRefused: the file is not CSV or JSON lines with the field `question`.
    """
    try:
        text = text_of(path)
        rows = list(json_rows(text) if path.suffix == ".jsonl" else csv_rows(text))
    except Unreadable as error:
        raise DataRefused(f"{path.name} holds no table of questions: {error}.", "Mend the file.") from error
    for place, row in enumerate(rows, 1):
        question = str(row.get("question") or "").strip()
        if not question:
            continue
        groups = row.get("groups") or EVERYONE
        yield {
            "id": str(row.get("id") or place),
            "question": question,
            "groups": groups.split(",") if isinstance(groups, str) else groups,
        }


def answer_rows(system: System, rows: Iterable[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], Answer | None]]:
    """The answers to the rows of a table in their order, each as it is written and as it was found.

    A question mostly waits for the language model: `limits.concurrent` of them wait at once, as the plan of the run
    assumes. A model that is too busy is asked again by its client, which also slows down.
    """
    with ThreadPoolExecutor(system.config.limits.concurrent, thread_name_prefix="question") as pool:
        yield from pool.map(lambda row: _answer_row(system, row), rows)


def _answer_row(system: System, row: dict[str, Any]) -> tuple[dict[str, Any], Answer | None]:
    """The answer to one row, or why there is none."""
    limits = system.config.limits
    known = {"id": row["id"], "release": system.version}
    if len(row["question"]) > limits.question_characters:
        return {**known, "outcome": "failed", "error": "the question is too long"}, None
    try:
        scope = Scope((EVERYONE, *(str(group).strip() for group in row["groups"])))
        answer = system.answerer.answer(row["question"], scope, limits.answer_seconds)
    except UNAVAILABLE as error:
        return {**known, "outcome": "failed", "error": str(error) or type(error).__name__}, None
    except Exception as error:
        # Nobody foresaw it: it is shown whole, and costs the answers to the other questions nothing.
        traceback.print_exc()
        return {**known, "outcome": "failed", "error": f"{type(error).__name__}: {error}"}, None
    outcome = "refused" if answer.refused else "answered"
    return {**answer.to_json(), **known, "outcome": outcome, "question": answer.question}, answer

"""A judged sample of what users really asked: finds questions that the evaluation set does not know."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from typing import Any

from .. import storage
from ..models.port import ModelUnavailable
from ..passages import Passage
from .judge import Judge

FOLDER = "interactions"
_FILES = 5_000
"""The newest files that are looked at."""


def newest_interactions(artifacts: str, at_most: int, seed: int) -> list[dict[str, Any]]:
    """A random sample of the interactions that the service kept, from the newest files.

    Args:
        artifacts: `ARTIFACTS_URI`.
        at_most: size of the sample.
        seed: of the draw.
    """
    root = f"{artifacts}/{FOLDER}"
    found: list[dict[str, Any]] = []
    for name in storage.list_files(root)[-_FILES:]:
        content = storage.read_bytes(f"{root}/{name}")
        found += [json.loads(line) for line in (content or b"").splitlines()]
    if len(found) <= at_most:
        return found
    return random.Random(seed).sample(found, at_most)


def judged_sample(interactions: Sequence[dict[str, Any]], judge: Judge) -> dict[str, Any]:
    """Marks and refusals of the sample; answers without a mark are counted, not guessed."""
    faithful: list[float] = []
    relevant: list[float] = []
    unmarked = 0
    answered = [each for each in interactions if not each["refused"]]
    for each in answered:
        passages = [Passage.from_json(value) for value in each["passages"]]
        try:
            marks = judge.judged(each["question"], each["answer"], passages)
        except ModelUnavailable:
            unmarked += 1
            continue
        faithful.append(marks[0])
        relevant.append(marks[1])
    return {
        "interactions": len(interactions),
        "refused": len(interactions) - len(answered),
        "unmarked": unmarked,
        "faithfulness": _mean(faithful),
        "relevance": _mean(relevant),
    }


def _mean(values: Sequence[float]) -> float | None:
    return round(sum(values) / len(values), 6) if values else None

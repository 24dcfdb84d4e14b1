"""The relevance below which the system refuses, chosen on the calibration half of the evaluation set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Threshold:
    """The chosen value and how well it parts the calibration questions."""

    value: float
    answered: float
    """Share of answerable questions at or above it."""
    refused: float
    """Share of unanswerable questions below it."""


def choose_threshold(answerable: Sequence[float], unanswerable: Sequence[float]) -> Threshold:
    """The value with the largest mean of both shares.

    Between equal values the middle of the widest gap is taken: it is the farthest from both sides, so a new
    question has the most room.

    Args:
        answerable: best relevance of each question that the documents answer.
        unanswerable: the same of those that they do not.
    """
    points = sorted({0.0, *answerable, *unanswerable, 1.0})
    candidates = [
        (
            _share(answerable, middle, above=True) + _share(unanswerable, middle, above=False),
            b - a,
            middle,
        )
        for a, b in zip(points, points[1:], strict=False)
        for middle in [(a + b) / 2]
    ]
    _, _, value = max(candidates)
    return Threshold(
        value=round(value, 6),
        answered=_share(answerable, value, above=True),
        refused=_share(unanswerable, value, above=False),
    )


def _share(values: Sequence[float], limit: float, *, above: bool) -> float:
    return sum((value >= limit) == above for value in values) / len(values)

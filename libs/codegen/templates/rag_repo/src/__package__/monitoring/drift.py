"""Have the questions changed? Alarms at a chosen false-alarm rate, not at a rule of thumb.

The distance is that between the mean vector of a window of questions and the mean of the questions the release
was evaluated with. How large it becomes by chance depends on how many questions there are on both sides, so the
threshold is found by drawing both sides from the evaluation questions again and again.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ..config import DriftConfig
from ..embeddings.port import Embedder

_DRAWS = 2_000


@dataclass(frozen=True)
class QuestionDrift:
    """The distance of a window and what chance alone would reach."""

    questions: int
    distance: float
    threshold: float
    enough: bool
    """With too few questions no alarm is raised."""

    @property
    def alarm(self) -> bool:
        """Whether the change is more than chance."""
        return self.enough and self.distance > self.threshold

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {**vars(self), "alarm": self.alarm}


def check_questions(
    baseline: np.ndarray, questions: list[str], embedder: Embedder, config: DriftConfig, seed: int
) -> QuestionDrift:
    """Compares new questions with those of the release.

    Args:
        baseline: vectors of the evaluation questions, as `load_baseline` gives them.
        questions: a window of new ones.
        embedder: that of the release.
        config: false-alarm rate and the least number of questions.
        seed: of the draws that set the threshold.
    """
    enough = len(questions) >= config.minimum_questions
    if not questions:
        return QuestionDrift(0, 0.0, 0.0, enough)
    window = embedder.embed(questions, "question")
    limit = chance_threshold(baseline, len(questions), config.false_alarm_rate, seed)
    return QuestionDrift(len(questions), distance(baseline, window), limit, enough)


def distance(first: np.ndarray, second: np.ndarray) -> float:
    """Length of the difference of two mean vectors."""
    return float(np.linalg.norm(first.mean(axis=0) - second.mean(axis=0)))


def chance_threshold(baseline: np.ndarray, size: int, rate: float, seed: int) -> float:
    """The distance that unchanged questions exceed with the given chance; the baseline is a sample, too."""
    rng = np.random.default_rng(seed)
    first, second = (_drawn_means(baseline, n, rng) for n in (len(baseline), size))
    return float(np.quantile(np.linalg.norm(first - second, axis=1), 1 - rate))


def _drawn_means(baseline: np.ndarray, size: int, rng: np.random.Generator) -> np.ndarray:
    """Mean vectors of samples with repetition: how often each question is drawn, times the questions."""
    even = np.full(len(baseline), 1 / len(baseline))
    counts = rng.multinomial(size, even, size=_DRAWS)
    means: np.ndarray = counts @ baseline / size
    return means


def load_baseline(path: Path) -> np.ndarray:
    """The vectors of a release."""
    vectors: np.ndarray = np.load(path, allow_pickle=False)
    return vectors

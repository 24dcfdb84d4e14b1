"""What is remembered of a question that was asked, and of the questions that a release was evaluated with.

A question is remembered as its vector, never as its text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ..answering import Answer

BASELINE_FILE = "questions.npz"
_STOPPED = frozenset({"question_stopped", "answer_stopped"})


@dataclass(frozen=True)
class Signal:
    """One question."""

    vector: np.ndarray
    relevance: float
    """Of the best passage; 0 when none was found."""
    refused: bool
    support: float | None = None
    """Lowest support of a sentence that was shown; None for a refusal, and where no answer was asked for."""

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values, for the machine that puts the parts of several together."""
        return {**vars(self), "vector": self.vector.tolist()}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Signal:
        """What `to_json` gave."""
        return cls(**{**data, "vector": np.asarray(data["vector"])})


@dataclass(frozen=True)
class Baseline:
    """The answerable questions of the evaluation set, as the release answered them."""

    vectors: np.ndarray
    relevance: np.ndarray
    refused: np.ndarray
    """Of the half that the threshold was not chosen on."""
    support: np.ndarray
    """Of its answers; empty where the evaluation asked for none."""

    def save(self, path: Path) -> None:
        """Writes the arrays into one file."""
        np.savez(path, **vars(self))

    @classmethod
    def load(cls, path: Path) -> Baseline:
        """The baseline of a release or of a run."""
        with np.load(path, allow_pickle=False) as arrays:
            return cls(**{name: arrays[name] for name in ("vectors", "relevance", "refused", "support")})


def signal_of(answer: Answer) -> Signal | None:
    """What is remembered of an answer; nothing of a question that the guard stopped before it was searched."""
    if answer.vector is None or answer.reason in _STOPPED:
        return None
    best = max((found.relevance for found in answer.found), default=0.0)
    return Signal(answer.vector, best, answer.refused, None if answer.refused else answer.support)


def column(signals: Sequence[Signal], name: str) -> np.ndarray:
    """One field of all signals that have it."""
    values = [getattr(signal, name) for signal in signals]
    return np.asarray([value for value in values if value is not None], dtype=float)

"""Do people still ask what the release was evaluated with, and is it still answered as well?

Five checks share the false-alarm rate of a window evenly: the questions (mean of their vectors), the relevance of the
best passage, refusals, the support of answers, and what readers say. The first is drift: the figures of the evaluation
no longer describe what people get. The others are quality: something became worse.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from ..config import DriftConfig
from .chance import accepted_limit, distance, distance_limit, fall_limit, share_limit
from .signals import Baseline, Signal, column

CHECKS = ("questions", "relevance", "refusals", "support", "feedback")
_LEAST_RATINGS = 10


@dataclass(frozen=True)
class Checked:
    """One figure of a window next to the limit that chance sets."""

    check: str
    value: float
    limit: float
    worse: Literal["above", "below"]

    @property
    def alarm(self) -> bool:
        """Whether it is more than chance."""
        return self.value > self.limit if self.worse == "above" else self.value < self.limit

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {**vars(self), "value": round(self.value, 6), "limit": round(self.limit, 6), "alarm": self.alarm}


@dataclass(frozen=True)
class Ratings:
    """What readers said in the window."""

    bad: int = 0
    of: int = 0


@dataclass(frozen=True)
class Window:
    """What is looked at together."""

    signals: Sequence[Signal] = ()
    ratings: Ratings = Ratings()


def examine(
    baseline: Baseline, window: Window, config: DriftConfig, seed: int, rate: float | None = None
) -> dict[str, Any]:
    """Every check that the window is large enough for.

    Args:
        baseline: of the release.
        window: questions, and what readers say.
        config: false-alarm rate, the least number of questions, accepted shares.
        seed: of the draws that set the limits.
        rate: chance of a false alarm of the whole window, instead of that of a day.

    Returns:
        The checks, and `alarm`, `drift` and `quality`: whether any rang, whether the first did, whether another did.
    """
    each = (config.false_alarm_rate if rate is None else rate) / len(CHECKS)
    checked = list(_rated(window.ratings, config, each, seed))
    if len(window.signals) >= config.minimum_questions:
        checked = [*_asked(baseline, window.signals, config, each, seed), *checked]
    drift = any(one.alarm for one in checked if one.check == "questions")
    quality = any(one.alarm for one in checked if one.check != "questions")
    return {
        "questions": len(window.signals),
        "enough": len(window.signals) >= config.minimum_questions,
        "false_alarm_rate": each * len(CHECKS),
        "alarm": drift or quality,
        "drift": drift,
        "quality": quality,
        "checks": [one.to_json() for one in checked],
    }


def _asked(baseline: Baseline, signals: Sequence[Signal], config: DriftConfig, rate: float, seed: int) -> list[Checked]:
    size = len(signals)
    vectors = column(signals, "vector")
    limit = distance_limit(baseline.vectors, size, rate, seed)
    checked = [Checked("questions", distance(baseline.vectors, vectors), limit, "above")]
    for name, known in (("relevance", baseline.relevance), ("support", baseline.support)):
        seen = column(signals, name)
        if len(known) and len(seen) >= config.minimum_questions:
            lowest = fall_limit(known, len(seen), rate, seed)
            checked.append(Checked(name, float(seen.mean()), lowest, "below"))
    share = float(column(signals, "refused").mean())
    if config.usual_refusals is None:
        most = share_limit(int(baseline.refused.sum()), len(baseline.refused), size, rate, seed)
    else:
        most = accepted_limit(config.usual_refusals, size, rate, seed)
    checked.append(Checked("refusals", share, most, "above"))
    return checked


def _rated(ratings: Ratings, config: DriftConfig, rate: float, seed: int) -> list[Checked]:
    if ratings.of < _LEAST_RATINGS:
        return []
    limit = accepted_limit(config.accepted_bad_ratings, ratings.of, rate, seed)
    return [Checked("feedback", ratings.bad / ratings.of, limit, "above")]

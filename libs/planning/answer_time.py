"""How long an answer of a language model may take: what it needs, and what the way to the caller leaves of that."""

import math
from collections.abc import Mapping
from typing import NamedTuple

from libs.planning.demand import RETRIEVAL_SECONDS
from libs.planning.models import Archetype

HEADROOM, HEADROOM_OF_RUNS = 2, 4
"""Times the planned seconds of an answer: for slow days; where nobody waits, also for a model that is busy."""
LEAST_SECONDS, LEAST_SECONDS_OF_RUNS = 30, 120
MARGIN_SECONDS = 4
"""Kept for what comes before and after: the service itself says that an answer took too long."""
Sizes = Mapping[str, int | float | str | bool]


class AnswerTime(NamedTuple):
    """Seconds of one answer."""

    usual: float
    """As planned: retrieval, then the model at the stated lengths."""
    wanted: int
    """The same with headroom."""
    allowed: int
    """What an answer may take where nothing ends it before: a few seconds are too little to give up."""
    most: int | None
    """After which the way to the caller ends a request; None where it waits as long as it is told."""

    @property
    def limit(self) -> int:
        """What an answer may take."""
        return self.allowed if self.most is None else min(self.allowed, self.most - MARGIN_SECONDS)

    @property
    def cut(self) -> bool:
        """Whether the way to the caller leaves less than is wanted."""
        return self.limit < self.wanted


def answer_time(archetype: Archetype, llm: Sizes, serve: Sizes) -> AnswerTime | None:
    """The seconds of an answer by the sizes of the language model and of the service; None without a planned time."""
    if "answer_seconds" not in llm:
        return None
    usual = RETRIEVAL_SECONDS + float(llm["answer_seconds"])
    if archetype == "batch_scoring":
        wanted = math.ceil(HEADROOM_OF_RUNS * usual)
        return AnswerTime(usual, wanted, max(LEAST_SECONDS_OF_RUNS, wanted), None)
    wanted, most = math.ceil(HEADROOM * usual), serve.get("answer_seconds_most")
    return AnswerTime(usual, wanted, max(LEAST_SECONDS, wanted), None if most is None else int(most))

"""What every guard offers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

Side = Literal["question", "answer"]


class GuardUnavailable(Exception):
    """The guard did not decide; nothing passes without a decision."""


@dataclass(frozen=True)
class Verdict:
    """What the guard says about a text."""

    allowed: bool
    text: str
    """The text to go on with; personal data may be masked in it."""
    reason: str = ""
    """Why it was stopped, in one word such as `injection`; empty when it was not."""
    masked: int = 0
    """How many pieces of personal data were masked."""


class Guard(Protocol):
    """Looks at every question before it is answered, and at every answer before it is shown."""

    @property
    def name(self) -> str:
        """As it is recorded with every answer."""

    def check(self, text: str, side: Side, question: str = "") -> Verdict:
        """Decides about one text.

        Args:
            text: to decide about.
            side: what it is.
            question: that an answer is given to, as the guard let it pass.

        Raises:
            GuardUnavailable: there is no decision.
        """

"""No guard but the instructions in the prompt: every text passes, personal data masked."""

from __future__ import annotations

from ..settings import Settings
from .patterns import Patterns
from .port import Side, Verdict


class PromptGuard:
    """For data that anybody inside may see, and readers who know that answers can be wrong."""

    name = "prompt"

    def __init__(self, patterns: Patterns) -> None:
        """Takes the compiled patterns."""
        self._patterns = patterns

    def check(self, text: str, side: Side, question: str = "") -> Verdict:
        """Masks what has the form of personal data, and lets everything pass."""
        masked, count = self._patterns.masked(text)
        return Verdict(True, masked, masked=count)


def connect(settings: Settings, patterns: Patterns, policy: str) -> PromptGuard:
    """Needs the patterns alone."""
    return PromptGuard(patterns)

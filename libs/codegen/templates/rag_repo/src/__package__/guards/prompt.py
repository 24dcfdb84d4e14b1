"""No guard but the instructions in the prompt: every text passes as it is."""

from __future__ import annotations

from ..settings import Settings
from .patterns import Patterns
from .port import Side, Verdict


class PromptGuard:
    """For data that anybody inside may see, and readers who know that answers can be wrong."""

    name = "prompt"

    def check(self, text: str, side: Side) -> Verdict:
        """Lets everything pass."""
        return Verdict(True, text)


def connect(settings: Settings, patterns: Patterns, policy: str) -> PromptGuard:
    """Needs nothing."""
    return PromptGuard()

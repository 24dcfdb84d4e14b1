"""Rules of one's own: deterministic, inside the process, blind to new ways of asking for harm."""

from __future__ import annotations

from ..settings import Settings
from .patterns import Patterns
from .port import Side, Verdict


class RulesGuard:
    """Masks personal data; stops instructions, blocked words and, where topics are listed, other topics."""

    name = "rules"

    def __init__(self, patterns: Patterns) -> None:
        """Takes the compiled patterns."""
        self._patterns = patterns

    def check(self, text: str, side: Side, question: str = "") -> Verdict:
        """Decides at once, without asking anybody."""
        masked, count = self._patterns.masked(text)
        reason = ""
        if side == "question":
            reason = self._patterns.instruction_in(text)
            if not reason and self._patterns.off_topic(text):
                reason = "off_topic"
        if not reason and self._patterns.blocked_word_in(text):
            reason = "blocked_word"
        return Verdict(not reason, masked, reason, count)


def connect(settings: Settings, patterns: Patterns, policy: str) -> RulesGuard:
    """Needs the patterns alone."""
    return RulesGuard(patterns)

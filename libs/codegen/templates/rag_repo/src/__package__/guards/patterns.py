"""The patterns of `config/guard.yaml`: personal data, instructions to the model, topics."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]

from ..running.errors import UsageError
from ..text import words

_ZERO_WIDTH = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad]")


@dataclass(frozen=True)
class Patterns:
    """Compiled once, used for every text."""

    instructions: Mapping[str, tuple[re.Pattern[str], ...]]
    """By what they try: `injection`, `disclosure`."""
    personal: Mapping[str, re.Pattern[str]]
    """By the word that replaces what was found."""
    topics: frozenset[str]
    """Words of which a question must hold one; empty: every topic is allowed."""
    blocked: frozenset[str]
    """Words that stop a question or an answer."""

    @classmethod
    def load(cls, path: Path) -> Patterns:
        """Reads the file.

        Raises:
            UsageError: it is not there, no YAML, or holds a pattern that does not compile.
        """
        try:
            value: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
            return cls(
                instructions={
                    kind: tuple(re.compile(p, re.IGNORECASE) for p in patterns)
                    for kind, patterns in value["instructions"].items()
                },
                personal={name: re.compile(p) for name, p in value["personal"].items()},
                topics=frozenset(w for topic in value["topics"] for w in words(topic)),
                blocked=frozenset(w for word in value["blocked"] for w in words(word)),
            )
        except (OSError, yaml.YAMLError, re.error, KeyError, TypeError, AttributeError) as error:
            raise UsageError(f"the patterns {path} are not valid: {error}") from error

    def instruction_in(self, text: str) -> str:
        """What the text tries with the model; empty when it only says something."""
        seen = " ".join(visible(text).split())
        for kind, patterns in self.instructions.items():
            if any(pattern.search(seen) for pattern in patterns):
                return kind
        return ""

    def masked(self, text: str) -> tuple[str, int]:
        """The text with personal data replaced, and how often that happened."""
        count = 0
        for name, pattern in self.personal.items():
            accepts = _CHECKS.get(name)

            def replace(
                found: re.Match[str],
                name: str = name,
                accepts: Callable[[str], bool] | None = accepts,
            ) -> str:
                nonlocal count
                if accepts is not None and not accepts(found.group()):
                    return found.group()
                count += 1
                return f"[{name}]"

            text = pattern.sub(replace, text)
        return text, count

    def off_topic(self, text: str) -> bool:
        """Whether topics are listed and none of their words occurs."""
        return bool(self.topics) and self.topics.isdisjoint(words(text))

    def blocked_word_in(self, text: str) -> bool:
        """Whether a blocked word occurs."""
        return not self.blocked.isdisjoint(words(text))


def visible(text: str) -> str:
    """What a person would read: compatible forms joined, invisible characters removed."""
    return _ZERO_WIDTH.sub("", unicodedata.normalize("NFKC", text))


def _luhn(number: str) -> bool:
    """Whether the digits are those of a payment card, by their check digit."""
    digits = [int(c) for c in number if c.isdigit()]
    total = sum(sum(divmod(2 * digit, 10)) if place % 2 else digit for place, digit in enumerate(reversed(digits)))
    return len(digits) >= 13 and total % 10 == 0


def _iban(text: str) -> bool:
    """Whether the check digits of an account number hold."""
    compact = re.sub(r"\s", "", text).upper()
    numbers = "".join(str(int(c, 36)) for c in compact[4:] + compact[:4])
    return int(numbers) % 97 == 1


_CHECKS: Mapping[str, Callable[[str], bool]] = {"card": _luhn, "iban": _iban}
"""Patterns that would find too much are followed by a check digit."""

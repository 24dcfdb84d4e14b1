"""The local stand-in for a language model: it answers with the sentences that hold the question's words.

It cannot phrase, join or infer; every answer is a quotation. Tests and the laptop use it.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..sentences import sentences
from ..statistics import WordStatistics
from ..text import token_count, words
from .port import Prompt, Usage

_SENTENCES = 2
_NEAR = 0.85
"""Share of the best sentence's score from which another one is quoted as well."""


class ExtractiveModel:
    """Deterministic; the order of the passages decides between equal sentences."""

    name = "extractive"

    def __init__(self, statistics: WordStatistics) -> None:
        """Takes what says how rare words are."""
        self._statistics = statistics

    def stream(self, prompt: Prompt) -> Iterator[str | Usage]:
        """One piece a sentence."""
        asked = words(prompt.question)
        scored = [
            (self._score(asked, passage.title, sentence), -number, -place, sentence)
            for number, passage in enumerate(prompt.passages, 1)
            for place, sentence in enumerate(sentences(passage.text))
        ]
        scored.sort(key=lambda entry: entry[:3], reverse=True)
        written: list[str] = []
        for score, number, _, sentence in scored[:_SENTENCES]:
            if score > 0 and (not written or score >= _NEAR * scored[0][0]):
                written.append(f"{sentence.rstrip('.')} [{-number}].")
        for place, sentence in enumerate(written):
            yield sentence if place == 0 else f" {sentence}"
        prompt_tokens = token_count(prompt.system) + token_count(prompt.user)
        yield Usage(prompt_tokens, token_count(" ".join(written)))

    def _score(self, asked: list[str], title: str, sentence: str) -> float:
        """The words in the sentence itself count; those in its title break ties."""
        own = self._statistics.coverage(asked, words(sentence))
        return own + 0.1 * self._statistics.coverage(asked, words(title)) if own else 0.0

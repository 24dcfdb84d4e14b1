"""Every sentence of an answer must cite a passage that says it; what does not is dropped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .passages import Passage
from .statistics import WordStatistics
from .text import sentences, words

_MARK = re.compile(r"\[(\d{1,3}(?:\s*,\s*\d{1,3})*)\]")
_ONLY_MARKS = re.compile(r"^[\s.\[\],\d]*$")


@dataclass(frozen=True)
class Claim:
    """A sentence with the passages that it cites."""

    text: str
    """Without the marks."""
    cited: tuple[int, ...]
    """Numbers of passages, from 1."""
    support: float
    """Share of its words, by their weight, that the cited passages hold; 0 without a valid citation."""


def split_claims(text: str) -> list[str]:
    """The sentences of an answer; a mark behind the full stop belongs to the sentence before it."""
    found: list[str] = []
    for sentence in sentences(text):
        lead = re.match(r"^((?:\[[\d\s,]+\]\s*)+)", sentence)
        if lead and found:
            found[-1] = f"{found[-1]} {lead.group(1).strip()}"
            sentence = sentence[lead.end() :]
        if sentence and not _ONLY_MARKS.match(sentence):
            found.append(sentence)
    return found


def check_claim(sentence: str, passages: Sequence[Passage], statistics: WordStatistics) -> Claim:
    """What a sentence cites and how far the cited passages say it."""
    numbers = sorted({int(n) for marks in _MARK.findall(sentence) for n in marks.split(",")})
    cited = tuple(number for number in numbers if 1 <= number <= len(passages))
    text = " ".join(_MARK.sub("", sentence).split())
    text = re.sub(r"\s+([.,;:!?])", r"\1", text)
    held = [word for number in cited for word in words(passages[number - 1].searchable)]
    support = statistics.coverage(words(text), held) if cited else 0.0
    return Claim(text, cited, support)


def quote_for(claim: str, passage: Passage, statistics: WordStatistics) -> str:
    """The sentence of the passage that says most of the claim, word for word as it stands there."""
    asked = words(claim)
    found = sentences(passage.text)
    return max(found, key=lambda sentence: statistics.coverage(asked, words(sentence)), default="")

"""Every sentence of an answer must cite a passage that says it; what does not is dropped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .passages import Passage
from .sentences import DENSE_STOPS, MARKS, STOPS, finished, sentences
from .statistics import WordStatistics
from .text import words

_MARK = re.compile(MARKS)
_LEADING = re.compile(rf"(?:{MARKS}\s*)+")
_ONLY_MARKS = re.compile(r"(?:\[[\d,\s]*\]?|[\s.])*\Z")
_ITEM = re.compile(r"\s+\S|(?:[-*•‣–—+]|\(?(?:\d{1,2}|[a-z])[.)])(?:\s|\Z)|\(?(?:\d{0,2}|[a-z])\Z")
"""A line of a list, or a beginning that may become one."""


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
    """The sentences of an answer; a mark behind the full stop belongs to the sentence before it.

    A line that ends no sentence, such as "You must never:", is no claim of its own: what it opens belongs to it, with
    every line of its list. Else its list would be shown without it.
    """
    found: list[str] = []
    listing = False
    for line in text.splitlines():
        item = _ITEM.match(line) is not None
        for place, sentence in enumerate(sentences(line)):
            opened = place == 0 and bool(found) and _opens(found[-1], item)
            listing = item and (listing or opened)
            if opened or listing:
                found[-1] = f"{found[-1]} {sentence}"
                continue
            lead = _LEADING.match(sentence) if place == 0 and found else None
            if lead:
                found[-1] = f"{found[-1]} {lead.group().strip()}"
                sentence = sentence[lead.end() :]
            if not _ONLY_MARKS.match(sentence):
                found.append(sentence)
    return found


def _opens(claim: str, item: bool) -> bool:
    """Whether what follows belongs to the claim; `item`: a line of a list follows."""
    if finished(claim):
        return False
    marked = _MARK.search(claim) is not None
    return not marked or claim.rstrip().endswith(":") or (item and not _ITEM.match(claim))


def check_claim(sentence: str, passages: Sequence[Passage], statistics: WordStatistics) -> Claim:
    """What a sentence cites and how far the cited passages say it."""
    numbers = sorted({int(n) for marks in _MARK.findall(sentence) for n in marks.strip("[]").split(",")})
    cited = tuple(number for number in numbers if 1 <= number <= len(passages))
    text = " ".join(_MARK.sub("", sentence).split())
    text = re.sub(r"\s+([.,;:!?])", r"\1", text)
    held = [word for number in cited for word in words(passages[number - 1].searchable)]
    support = statistics.coverage(words(text), held) if cited else 0.0
    return Claim(text, cited, support)


def marked(claim: Claim) -> str:
    """The claim with its marks before the full stop, in one form whatever the model wrote."""
    marks = "".join(f"[{number}]" for number in claim.cited)
    if not finished(claim.text):
        return f"{claim.text} {marks}."
    text = claim.text.rstrip(STOPS)
    blank = "" if claim.text[-1] in DENSE_STOPS else " "
    return f"{text}{blank}{marks}{claim.text[len(text) :]}"


def quote_for(claim: str, passage: Passage, statistics: WordStatistics) -> str:
    """The sentence of the passage that says most of the claim, word for word as it stands there."""
    asked = words(claim)
    found = sentences(passage.text)
    return max(found, key=lambda sentence: statistics.coverage(asked, words(sentence)), default="")

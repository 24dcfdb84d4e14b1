"""What an answer shows of its sources: place, title, and the sentence that says most of what is claimed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from .citations import Claim, quote_for
from .guards.port import Verdict
from .passages import Passage
from .statistics import WordStatistics


@dataclass(frozen=True)
class Citation:
    """A passage that the answer cites."""

    number: int
    passage_id: str
    document_id: str
    title: str
    """Title and quote as the guard let them pass; empty where it did not."""
    source: str
    quote: str

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        return dict(vars(self))


def citations_of(claims: Sequence[Claim], passages: Sequence[Passage], statistics: WordStatistics) -> list[Citation]:
    """The cited passages by their numbers, with quotes word for word as they stand there."""
    found: list[Citation] = []
    for number in sorted({number for claim in claims for number in claim.cited}):
        passage = passages[number - 1]
        said = " ".join(claim.text for claim in claims if number in claim.cited)
        quote = quote_for(said, passage, statistics)
        found.append(Citation(number, passage.passage_id, passage.document_id, passage.title, passage.source, quote))
    return found


def shown_text(citations: Sequence[Citation]) -> str:
    """Titles and quotes, each in a line of its own, so that the guard looks at all of them at once."""
    return "\n".join(" ".join(text.split()) for each in citations for text in (each.title, each.quote))


def guarded(citations: Sequence[Citation], verdict: Verdict) -> list[Citation]:
    """The citations with titles and quotes as the guard let them pass.

    Args:
        citations: that are to be shown.
        verdict: of the guard about their `shown_text`.
    """
    lines = verdict.text.split("\n") if verdict.allowed else []
    if len(lines) != 2 * len(citations):
        # Stopped, or masked so that nobody can tell which line is which.
        lines = [""] * 2 * len(citations)
    pairs = zip(citations, lines[::2], lines[1::2], strict=True)
    return [replace(each, title=title, quote=quote) for each, title, quote in pairs]

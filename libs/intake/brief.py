"""A brief ready to be read: folded text, statements, numbers, and what must stay unread."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property

from libs.intake import injection, language, statements
from libs.intake.folding import Folded, fold
from libs.intake.models import Quote
from libs.intake.numbers import Number, find_numbers
from libs.intake.spelling import mended

_NEARBY = 400


@dataclass(frozen=True)
class Statement:
    """One sentence, bullet point or table row, by its folded offsets."""

    start: int
    end: int
    text: str
    paragraph: int
    """Index of the paragraph it stands in."""


class Brief:
    """What rules read; all offsets are those of the folded text until a quote is made."""

    def __init__(self, text: str) -> None:
        """
        Args:
            text: the brief as the person wrote it.
        """
        self.original = text
        self._folded: Folded = mended(fold(text))
        whole = self._folded.text
        self.languages = language.likely(text)
        self.language = self.languages[0]
        self.paragraphs = statements.paragraphs(whole)
        spans = statements.statements(whole)
        self.foreign = injection.foreign_stretches(whole, spans, self.paragraphs)
        self.text = self._masked(whole)
        starts = [start for start, _ in self.paragraphs]
        self.statements = tuple(
            Statement(start, end, self.text[start:end], max(0, bisect_right(starts, start) - 1))
            for start, end in spans
            if self.text[start:end].strip()
        )
        self._starts = [statement.start for statement in self.statements]

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        """Every quantity of the readable text."""
        return find_numbers(self.text, *self.languages)

    def numbers_from(self, position: int) -> tuple[Number, ...]:
        """The quantities that start at a position or within the next few sentences."""
        first = bisect_left(self._number_starts, position)
        return self.numbers[first : bisect_left(self._number_starts, position + _NEARBY)]

    @cached_property
    def _number_starts(self) -> list[int]:
        return [number.start for number in self.numbers]

    def statement_at(self, position: int) -> Statement:
        """The statement a position lies in (or follows)."""
        index = max(0, bisect_right(self._starts, position) - 1)
        return self.statements[index]

    def previous(self, statement: Statement) -> Statement | None:
        """The statement before, when it stands in the same paragraph."""
        index = bisect_right(self._starts, statement.start) - 2
        if index < 0 or self.statements[index].paragraph != statement.paragraph:
            return None
        return self.statements[index]

    def paragraph_text(self, statement: Statement) -> str:
        """The paragraph around a statement."""
        start, end = self.paragraphs[statement.paragraph]
        return self.text[start:end]

    def before(self, position: int, reach: int = 80) -> str:
        """What stands before a position in its statement."""
        return self.text[max(self.statement_at(position).start, position - reach) : position]

    def after(self, position: int, reach: int = 60) -> str:
        """What follows a position in its statement."""
        end = self.statement_at(max(0, position - 1)).end
        return self.text[position : min(max(end, position), position + reach)]

    def cased(self, start: int, end: int) -> str:
        """The original writing of a stretch, where upper case means something."""
        first, last = self._folded.span(start, end)
        return self.original[first:last]

    def quote(self, start: int, end: int) -> Quote:
        """The original words behind a folded stretch, without white space around them."""
        first, last = self._folded.span(start, end)
        raw = self.original[first:last]
        first += len(raw) - len(raw.lstrip())
        last -= len(raw) - len(raw.rstrip())
        return Quote(text=self.original[first:last], start=first, end=last)

    def folded_offset(self, original: int) -> int:
        """Where a position of the original lies in the folded text."""
        return bisect_left(self._folded.origin, original)

    def _masked(self, whole: str) -> str:
        pieces: list[str] = []
        at = 0
        for stretch in self.foreign:
            pieces += [whole[at : stretch.start], "\n" * (stretch.end - stretch.start)]
            at = stretch.end
        return "".join([*pieces, whole[at:]])

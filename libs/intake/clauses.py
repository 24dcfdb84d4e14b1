"""How far apart two stretches of a statement are, clauses counted: words of another clause belong together less."""

import re

Span = tuple[int, int]
_BOUNDARY = re.compile(
    r"[;:]|,(?!\d)|\s[-–—]\s|\b(?:and|but|while|whereas|und|aber|wahrend|et|mais|tandis que|y|pero|mientras|e|mas|ma|"
    r"mentre|enquanto|en|maar|terwijl)\b"
)
_CROSSED = 40
"""Letters that a boundary between clauses counts as."""
_FAR = 400
"""Letters from which boundaries no longer matter."""


def distance(text: str, first: Span, second: Span) -> int:
    """Letters between two spans of a text, more for every clause boundary in between; 0 where they overlap."""
    start, end = min(first[1], second[1]), max(first[0], second[0])
    if start >= end:
        return 0
    if end - start > _FAR:
        return end - start
    return end - start + _CROSSED * len(_BOUNDARY.findall(text, start, end))


def around(text: str, span: Span, reach: int) -> str:
    """A span with the letters beside it in its own clause, at most so many on either side."""
    before = [match.end() for match in _BOUNDARY.finditer(text, 0, span[0])]
    after = _BOUNDARY.search(text, span[1])
    start = max(span[0] - reach, before[-1] if before else 0, 0)
    return text[start : min(span[1] + reach, after.start() if after else len(text))]

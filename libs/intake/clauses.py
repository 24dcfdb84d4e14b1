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

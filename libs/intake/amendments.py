"""Where a writer comes back to something: postscripts, marked updates, struck-out words, `*54k` in a chat."""

import re
from functools import lru_cache

from libs.intake.brief import Brief
from libs.intake.searching import expression
from libs.intake.vocabulary import cues

_HEAD = expression(
    rf"^[ >#*_(\[-]*(?:\[?\d{{1,2}}[:.h]\d\d[^\n:\]]{{0,12}}\]?[ :]*)?(?:[a-z][\w .@-]{{0,18}}:[ ]*)?[*_(\[]*"
    rf"(?:{cues.words('amendment.head')})(?![a-z])[^\n:.,]{{0,40}}[:.,*_)\]-]",
    re.MULTILINE,
)
_STRUCK = expression(r"~~[^~\n]{1,120}~~")
_STAR = expression(r"(?:^|[\s(:])\*{1,2}\s?[$€£~]?$")
_ARROW = expression(r"[^\n]{0,24}?(?:->|=>|→|»)\s*[$€£~<]{0,2}\s*")


def is_struck_out(brief: Brief, start: int, end: int) -> bool:
    """Whether the writer drew a line through a stretch."""
    return any(first < end and start < last for first, last in _struck(brief.text))


def is_starred(brief: Brief, start: int, end: int) -> bool:
    """Whether a figure is the correction of a slip: `*54k`, but not `*54k*` in bold."""
    return bool(_STAR.search(brief.text, max(0, start - 6), start)) and "*" not in brief.text[end : end + 12]


def follows_arrow(brief: Brief, end: int, start: int) -> bool:
    """Whether only an arrow leads from one figure to the next: `200 ms -> 120 ms`."""
    return bool(_ARROW.fullmatch(brief.text, end, start))


def depth(brief: Brief, position: int) -> int:
    """How many marked updates of the text stand before a position; the text after the last one is the newest."""
    return sum(1 for at in _heads(brief.text) if at <= position)


@lru_cache(maxsize=16)
def _heads(text: str) -> tuple[int, ...]:
    return tuple(match.start() for match in _HEAD.finditer(text))


@lru_cache(maxsize=16)
def _struck(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(match.span() for match in _STRUCK.finditer(text))

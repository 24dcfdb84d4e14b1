"""Tells what describes the present, the past, others or an open point from what is required."""

import re
from functools import lru_cache

from libs.intake.brief import Brief, Statement
from libs.intake.searching import expression, says
from libs.intake.vocabulary import cues

_OTHERS = expression(rf"\b(?:{cues.words('background.others')})\b")
_PAST_OR_PRESENT = expression(rf"\b(?:{cues.words('background.present')})\b")
_TARGET = expression(rf"\b(?:{cues.words('background.target')})\b")
_HEADED = expression(
    r"\s*[#>*-]*\s*(?:(?:some|a bit of|a little|first,? (?:some|a bit of)) (?:background|history|context)\b"
    r"|(?:background|history|hintergrund|antecedentes|historique|for information|fyi|about us|"
    r"who we are|uber uns|"
    r"sobre nosotros|a propos|what we have today|as is|status quo|situation today)\b(?: "
    r"(?:first|information))?\s*[:.\n-])"
)
_TO_THE_POINT = expression(
    r"^[ ]*(?:so,? |now,? |anyway,? )?(?:the|our|my) (?:actual |real )?(?:request|topic|ask|wish|question|"
    r"subject)"
    r"(?: itself| here| now| today)?(?: is|:)",
    re.MULTILINE,
)
_FIGURE = expression(r"\d")
_OPEN = expression(
    r"\b(?:tbd|tba|tbc|to be (?:determined|decided|defined|confirmed|discussed|agreed)|not "
    r"(?:yet )?(?:decided|known|defined|clear|"
    r"agreed|fixed|staffed)|undecided|unknown|unclear|to check|to decide|to confirm|don't "
    r"know|do not know|no idea|not sure|"
    r"(?:(?<=[:|,(-] )|(?<=[:|,(-])|^\s*)(?:also )?ask (?!for\b|to\b|that\b)\w+|still open|"
    r"hosting \| open|noch offen|offen|unklar|por definir|por decidir|no sabemos|a definir|a "
    r"determiner|a preciser|"
    r"inconnu)\b|\?\?|(?:\.{3,}|[:|]) ?(?:left )?open\b|\bnobody (?:has )?(?:decided|knows)\b"
)
_PART = expression(r",(?!\d)|\(|\)| - ")
_NOUNLESS = expression(
    r"\b(?:we|i|it|they|is|are|this|that|all|both|still|yet|to be|so far|noch|wir|es|ist|on|nous|c'est|aun|"
    r"todavia|es|"
    r"ancora|nog)\b"
)
_ASKED_FIGURE = expression(r"\d[^?]{2,20}\?\?")
"""`maybe 900 an hour??`: a doubtful figure is still one."""
_QUESTION = expression(r"\?[\"')\u00bb\u201d]*\s*$")


def is_open(statement: Statement) -> bool:
    """Whether the point is named but left to be decided."""
    return (
        len(statement.text) < 160 and says(_OPEN, statement.text) and not _ASKED_FIGURE.search(statement.text)
    )


def is_open_at(brief: Brief, position: int) -> bool:
    """Whether the point at a position is open; `Canada, province ??` leaves only the province open."""
    statement = brief.statement_at(position)
    if not is_open(statement):
        return False
    place = position - statement.start
    own = _part(statement.text, place)
    if says(_OPEN, own):
        return True
    if "(" in statement.text[:place] and says(_OPEN, statement.text[:place]):
        return True
    # An open mark without a noun of its own, as in `Dublin or Paris, tbd`, leaves everything before it open.
    return any(
        says(_OPEN, part) and not _NOUNLESS.sub("", _OPEN.sub("", part)).strip(" ,.|()?")
        for part in _PART.split(statement.text)
    )


def _part(text: str, position: int) -> str:
    start = max((match.end() for match in _PART.finditer(text, 0, position)), default=0)
    following = _PART.search(text, position)
    return text[start : following.start() if following else len(text)]


def is_question(statement: Statement) -> bool:
    """Whether the statement only asks."""
    return says(_QUESTION, statement.text.rstrip())


def is_headed_background(brief: Brief, statement: Statement) -> bool:
    """Whether the paragraph announces itself as background, or the text only comes to the point after it."""
    return statement.end <= _point(brief.text) or bool(_HEADED.match(brief.paragraph_text(statement)))


@lru_cache(maxsize=16)
def _point(text: str) -> int:
    """Where a text that begins with the company turns to what is asked for; 0 when it does not."""
    match = _TO_THE_POINT.search(text)
    return match.start() if match and _FIGURE.search(text, 0, match.start()) else 0


def is_about_others(statement: Statement) -> bool:
    """Whether a competitor or vendor is spoken of."""
    return says(_OTHERS, statement.text)


def is_background(brief: Brief, statement: Statement) -> bool:
    """Whether a figure here tells how things are, were or are elsewhere, instead of what is wanted."""
    if is_headed_background(brief, statement) or is_about_others(statement):
        return True
    return says(_PAST_OR_PRESENT, statement.text) and not says(_TARGET, statement.text)


def has_target(text: str) -> bool:
    """Whether words of wanting, limiting or requiring are in the text."""
    return says(_TARGET, text)

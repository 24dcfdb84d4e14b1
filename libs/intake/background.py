"""Tells what describes the present, the past, others or an open point from what is required."""

import re

from libs.intake.brief import Brief, Statement
from libs.intake.searching import says
from libs.intake.vocabulary import cues

_OTHERS = re.compile(rf"\b(?:{cues.words('background.others')})\b")
_PAST_OR_PRESENT = re.compile(rf"\b(?:{cues.words('background.present')})\b")
_TARGET = re.compile(rf"\b(?:{cues.words('background.target')})\b")
_HEADED = re.compile(
    r"\s*[#>*-]*\s*(?:(?:some|a bit of|a little|first,? (?:some|a bit of)) (?:background|history|context)\b"
    r"|(?:background|history|hintergrund|antecedentes|historique|for information|fyi|about us|"
    r"who we are|uber uns|"
    r"sobre nosotros|a propos|what we have today|as is|status quo|situation today)\b(?: "
    r"(?:first|information))?\s*[:.\n-])"
)
_OPEN = re.compile(
    r"\b(?:tbd|tba|tbc|to be (?:determined|decided|defined|confirmed|discussed|agreed)|not "
    r"(?:yet )?(?:decided|known|defined|clear|"
    r"agreed|fixed|staffed)|undecided|unknown|unclear|to check|to decide|to confirm|don't "
    r"know|do not know|no idea|not sure|"
    r"(?:(?<=[:|,(-] )|(?<=[:|,(-])|^\s*)(?:also )?ask (?!for\b|to\b|that\b)\w+|still open|"
    r"hosting \| open|noch offen|offen|unklar|por definir|por decidir|no sabemos|a definir|a "
    r"determiner|a preciser|"
    r"inconnu)\b|\?\?"
)
_ASKED_FIGURE = re.compile(r"\d[^?]{2,20}\?\?")
"""`maybe 900 an hour??`: a doubtful figure is still one."""
_QUESTION = re.compile(r"\?\s*$")


def is_open(statement: Statement) -> bool:
    """Whether the point is named but left to be decided."""
    return (
        len(statement.text) < 160 and says(_OPEN, statement.text) and not _ASKED_FIGURE.search(statement.text)
    )


def is_question(statement: Statement) -> bool:
    """Whether the statement only asks."""
    return says(_QUESTION, statement.text.rstrip())


def is_headed_background(brief: Brief, statement: Statement) -> bool:
    """Whether the paragraph announces itself as background."""
    return bool(_HEADED.match(brief.paragraph_text(statement)))


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

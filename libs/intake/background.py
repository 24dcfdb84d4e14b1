"""Tells what describes the present, the past, others or an open point from what is required."""

import re

from libs.intake.brief import Brief, Statement
from libs.intake.searching import says

_OTHERS = re.compile(
    r"\b(?:competitors?|rivals?|a vendor|vendors?|they (?:promised|claim|say)|claims? \d|"
    r"claimed|promised|blog post|"
    r"benchmark|marketing|konkurrenz|wettbewerber|competidor\w*|(?:nos|les|un|des) "
    r"concurrents?|la concurrence)\b"
)
_PAST_OR_PRESENT = re.compile(
    r"\b(?:currently|at present|at the moment|right now|nowadays|the current|our current|"
    r"current \w+|existing|legacy|previous|"
    r"previously|the old|our old|used to|last (?:month|year|quarter|week|summer|winter|time)|"
    r"back in|in (?:19|20)\d\d|"
    r"since (?:19|20)\d\d|was trained|were trained|was built|has been running|pilot|prototype|"
    r"poc|so far it|to date|"
    r"today(?:'s)?|already (?:spend|spending|pay|paying)|derzeit|aktuell|momentan|bisher|"
    r"heute|bisherige\w*|actualmente|hoy|"
    r"el ano pasado|el mes pasado|actuellement|aujourd'hui|l'an dernier|le mois dernier|existant\w*)\b"
)
_TARGET = re.compile(
    r"\b(?:must|should|shall|need|needs|needed|want|wants|would like|i'd like|we'd like|"
    r"target|goal|aim|requirement|required|"
    r"at most|max|maximum|limit|ceiling|cap|capped|budget|allow|allows|allowed|expect|"
    r"expected|sla|slo|has to|have to|no more than|"
    r"up to|within|in future|soll|sollen|muss|mussen|darf|durfen|hochstens|maximal|ziel|"
    r"wollen|debe|deben|tiene que|maximo|objetivo|"
    r"queremos|doit|doivent|objectif|voulons|il faut|instead)\b"
)
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
_QUESTION = re.compile(r"\?\s*$")


def is_open(statement: Statement) -> bool:
    """Whether the point is named but left to be decided."""
    return len(statement.text) < 160 and says(_OPEN, statement.text)


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

"""Answers to questions inside a brief: `GPU?` and in the next line `no, CPU only`."""

import re

from libs.intake import background
from libs.intake.brief import Brief

_SPEAKER = re.compile(
    r"^[\s\"'\u00ab\u201c\u201e]*(?:\[?\d{1,2}[:.]\d\d\]?\s*)?(?:[\w. -]{1,20}(?:\[?\d{1,2}[:.]\d\d\]?)?\s*[:>\n]\s*|"
    r"[\w-]+\s+\d{1,2}:\d\d\s+)?"
    r"(?:(?:a|answer|r)\s*:\s*)?"
)
_NO = re.compile(
    r"\s*(?:no\b|nope|nah|none|not\b|nein|nee\b|non\b|nao\b|nicht|keine?\b|brauchen wir nicht|don't|"
    r"do not|we don't|"
    r"we do not|cpus?\b|no hace|pas besoin|geen|niet|hebben we niet|non serv|forget it|never)"
)
_UNDECIDED = re.compile(
    r"\s*(?:(?:we |i )?(?:don't|do not) (?:know|care|mind)|not (?:sure|yet|decided)|no (?:idea|opinion|"
    r"preference)|"
    r"keine (?:ahnung|meinung)|weiss nicht|aucune idee|ni idea|no se\b|no lo se|geen idee|boh\b)"
)
_YES = re.compile(
    r"\s*(?:yes|yep|yeah|ja\b|oui|si\b|sim\b|sure|definitely|of course|it'?s a must|a must|must\b|"
    r"required|mandatory|"
    r"absolutely|klar|muss|claro|bien sur|certo|natuurlijk)"
)


def answer(brief: Brief, position: int) -> bool | None:
    """What the next statement says to the question in which a position lies; None without question or answer."""
    statement = brief.statement_at(position)
    if not background.is_question(statement):
        return None
    following = next((each for each in brief.statements if each.start >= statement.end), None)
    if following is None:
        return None
    said = _SPEAKER.sub("", following.text)
    if _UNDECIDED.match(said):
        return None
    if _NO.match(said):
        return False
    return True if _YES.match(said) else None

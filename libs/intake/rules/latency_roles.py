"""Tells which durations of a brief are no answer time: recordings, intervals, machines, people, restarts."""

from libs.intake.brief import Brief
from libs.intake.searching import expression, says
from libs.intake.vocabulary import cues

_BEFORE = expression(
    rf"(?:(?<![a-z])(?:{cues.words('elapsed.before')})\s+(?:the )?(?:some |about |around )?)$"
)
_AFTER = expression(rf"^\s*(?:(?:{cues.words('elapsed.after')})(?![a-z]))")
_NEVER = expression(rf"(?<![a-z])(?:{cues.words('elapsed.never')})(?![a-z])")
_HARDLY = expression(rf"(?<![a-z])(?:{cues.words('elapsed.hardly')})(?![a-z])")
_LASTS = expression(rf"(?<![a-z])(?:{cues.words('elapsed.lasts')})\b[^,;]{{0,25}}$")
_LEAVES = expression(rf"(?<![a-z])(?:{cues.words('elapsed.leaves')})(?![a-z])")
_RATE_AHEAD = expression(r"\d[\d.,]*[km]? (?:[a-z]+ ){1,3}(?:in|per|every|each)\s$")
_CLAUSE = expression(r"[,;:](?=\s)|[()]|\s-\s|\b(?:and|but|und|aber|et|mais|y|pero)\b")
_ANSWER = expression(r"\b(?:laten|respon|answer|antwort|repons|respuest|p9\d)")
_REACH = 55


def lasts(brief: Brief, start: int) -> bool:
    """Whether the words before tell how long something takes."""
    return bool(_LASTS.search(brief.before(start, 70)))


def loses_people(brief: Brief, start: int, end: int) -> bool:
    """Whether somebody goes away or hangs up after this time, which makes it a limit."""
    return says(_LEAVES, brief.before(start, 70) + " | " + brief.after(end, 45))


def is_elsewhere(brief: Brief, start: int, end: int, *, bound: bool) -> bool:
    """Whether a duration is the length, interval or age of something.

    Args:
        brief: the text.
        start: where the figure starts.
        end: where its unit ends.
        bound: words of a limit stand beside it.
    """
    before, after = brief.before(start, 70), brief.after(end, 60)
    if _AFTER.match(after) or _RATE_AHEAD.search(before):
        return True
    if _BEFORE.search(before) and not loses_people(brief, start, end):
        return True
    clause = _CLAUSE.split(before[-_REACH:])[-1] + " | " + _CLAUSE.split(after[:40])[0]
    if _ANSWER.search(clause):
        return False
    return says(_NEVER, clause) or (not bound and says(_HARDLY, clause))

"""Tells which figures stand for something else than the wish: quoted mails, test systems, what was turned down."""

import re
from functools import lru_cache

from libs.intake.brief import Brief
from libs.intake.searching import expression, says
from libs.intake.vocabulary import cues

_QUOTED_LINE = expression(r"[ ]*((?:>[ ]?)+)")
_OLD_MAIL = expression(
    r"^[ >*_-]*(?:original message|forwarded message|ursprungliche nachricht|weitergeleitete nachricht|"
    r"message d'origine|message transfere|mensaje original|mensaje reenviado|messaggio originale|"
    r"mensagem original|oorspronkelijk bericht|earlier version|previous version|superseded|fruhere fassung)\b",
    re.MULTILINE,
)
_MINOR = expression(rf"(?<![a-z])(?:{cues.words('role.minor_system')})(?![a-z])")
_MAIN = expression(rf"(?<![a-z])(?:{cues.words('role.main_system')})(?![a-z])")
_TURNED_DOWN_BEFORE = expression(rf"(?<![a-z])(?:{cues.words('role.turned_down_before')})\s*[~$€£]?\s*$")
_TURNED_DOWN_AFTER = expression(rf"\W{{0,3}}(?:[a-z]+ )?(?:{cues.words('role.turned_down_after')})(?![a-z])")
_WAITS_NOT = expression(
    r"\b(?:wart|wait|attend|esper|aguant|wacht|aspett)\w* (?:\w+ )?(?:keine?n?|not?|pas|niet|non) $"
)
"""`wartet keine zwei Sekunden` names a limit."""
_EXCLUDED = expression(rf"(?<![a-z])(?:{cues.words('role.excluded')})(?![a-z])")
_LINE_HEAD = expression(r"\s*(?:[-*|>#•·]+\s*)*")
_CELL = expression(r"\|")
_FAR = 100


def distance_from_writer(brief: Brief, position: int) -> int:
    """0 for the writer's own words, more for each mail quoted within a mail."""
    line = brief.text.rfind("\n", 0, position) + 1
    match = _QUOTED_LINE.match(brief.text, line)
    marks = match.group(1).count(">") if match and "> " in brief.text else 0
    return marks + sum(1 for at in _old_mails(brief.text) if 0 < at < position)


def is_minor_system(brief: Brief, position: int) -> bool:
    """Whether a figure is for staging, test or development: by its column, its line or its clause."""
    cell = _column_head(brief, position)
    if cell:
        return says(_MINOR, cell) and not says(_MAIN, cell)
    statement = brief.statement_at(position)
    ahead = brief.text[statement.start : position]
    minor = [match.end() for match in _MINOR.finditer(ahead)]
    if not minor:
        return False
    main = [match.end() for match in _MAIN.finditer(ahead)]
    return not main or main[-1] < minor[-1]


def is_turned_down(brief: Brief, start: int, end: int) -> bool:
    """Whether a figure is named only to be replaced or refused: `rather than 900`, `2 s is what sales said`."""
    before = brief.before(start, 40)
    return bool(
        (_TURNED_DOWN_BEFORE.search(before) and not _WAITS_NOT.search(before))
        or _TURNED_DOWN_AFTER.match(brief.after(end, 70))
    )


def is_excluded(brief: Brief, start: int, end: int) -> bool:
    """Whether the statement says that the thing is not part of the job."""
    return bool(_EXCLUDED.search(brief.before(start, 60)) or _EXCLUDED.search(brief.after(end, 60)))


def _column_head(brief: Brief, position: int) -> str:
    """The heading of the table column that a position stands in."""
    line = brief.text.rfind("\n", 0, position) + 1
    place = len(_CELL.findall(brief.text[line:position]))
    if place < 2:
        return ""
    first = line
    while first > 0:
        above = brief.text.rfind("\n", 0, first - 1) + 1
        if "|" not in brief.text[above : first - 1]:
            break
        first = above
    if first == line:
        return ""
    cells = brief.text[first : brief.text.find("\n", first)].split("|")
    return cells[place] if place < len(cells) else ""


@lru_cache(maxsize=16)
def _old_mails(text: str) -> tuple[int, ...]:
    return tuple(match.start() for match in _OLD_MAIL.finditer(text) if match.start() > _FAR)

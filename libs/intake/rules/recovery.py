"""Reads what happens when things fail or are maintained: RPO, RTO, the maintenance window."""

import re
from functools import cache

from babel import Locale

from libs.intake import background
from libs.intake.brief import Brief
from libs.intake.candidates import Candidate, Known, Reading, reading_of
from libs.intake.durations import duration_ms
from libs.intake.folding import fold
from libs.intake.models import FieldName
from libs.intake.vocabulary import cues

_LOSE = cues.pattern("recovery.lose")
_BACK = cues.pattern("recovery.back")
_NO_LOSS = cues.pattern("recovery.no_loss")
_WINDOW = cues.pattern("maintenance.window")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CLOCK = r"(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm|h|uhr)?"
_SPAN = re.compile(
    rf"(?<![\d.,]){_CLOCK}\s*(?:-|to|until|and|bis|a|y|et|alle|tot|às|as)\s*(?:las |les )?{_CLOCK}(?![\d%])"
)
_REACH = 45
_PLAIN = re.compile(
    r"\b(?:utc|gmt|on|at|in|is|are|our|the|every|each|from|between|planned|hours|am|an|jeden|jede|von|zwischen|uhr|ist|"
    r"le|les|de|du|chaque|entre|est|los|el|la|las|cada|il|ogni|tra|dalle|aos|o|os|das|op|elke|van|tussen)\b|[\s:(),–-]+"
)
"""What may stand beside the day and the hours of a window without changing them."""
_DOUBT = re.compile(
    r"\b(?:no|not|never|except\w*|unless|but|outside|avoid\w*|freez\w*|blackout|without|exclud\w*|nicht|nie|kein\w*|"
    r"ausser\w*|ohne|pas|jamais|sauf|hors|sans|nunca|salvo|excepto|menos|fuera|non|mai|tranne|eccetto|fuori|nao|exceto|"
    r"fora|niet|geen|nooit|behalve|buiten|zonder)\b"
)
"""Words by which a statement may mean every other hour, or not each of these days."""
_CLAUSE = re.compile(r"[^.;,)\n]*")
_LONGEST = 200


def read_rpo(brief: Brief, known: Known) -> Reading:
    """Minutes of data that may be lost."""
    for match in _NO_LOSS.finditer(brief.text):
        return reading_of(brief, "rpo_minutes", Candidate(0, *match.span(), confidence=0.85))
    return _after(brief, "rpo_minutes", _LOSE)


def read_rto(brief: Brief, known: Known) -> Reading:
    """Minutes after which the system must be back."""
    return _after(brief, "rto_minutes", _BACK)


def _after(brief: Brief, field: FieldName, words: re.Pattern[str]) -> Reading:
    for match in words.finditer(brief.text):
        statement = brief.statement_at(match.start())
        if background.is_about_others(statement) or background.is_open(statement):
            continue
        for number in brief.numbers_from(match.end()):
            duration = duration_ms(brief, number, longest="week")
            if number.start - match.end() > _REACH or number.start >= statement.end:
                break
            if duration is not None:
                minutes = round(duration[0] / 6e4, 4)
                return reading_of(
                    brief, field, Candidate(minutes, match.start(), duration[1], confidence=0.93)
                )
        ahead = _ahead(brief, match.start(), statement.start)
        if field == "rto_minutes" and ahead is not None:
            minutes = round(ahead[0] / 6e4, 4)
            return reading_of(brief, field, Candidate(minutes, ahead[1], match.end(), confidence=0.85))
    return Reading()


def _ahead(brief: Brief, end: int, first: int) -> tuple[float, int] | None:
    """A duration that stands right before: `nach spatestens vier Stunden wieder verfugbar`."""
    for number in reversed([each for each in brief.numbers if max(first, end - _REACH) <= each.start < end]):
        duration = duration_ms(brief, number, longest="week")
        if duration is not None and duration[1] <= end and not brief.text[duration[1] : end].strip():
            return duration[0], number.start
    return None


def read_window(brief: Brief, known: Known) -> Reading:
    """Day and hours as `sun 02:00-04:00`, without a day only the hours; in its own words what says more than that."""
    for match in _WINDOW.finditer(brief.text):
        statement = brief.statement_at(match.start())
        first = max(statement.start, match.start() - 60)
        for span in _SPAN.finditer(brief.text, first, min(statement.end, match.end() + 70)):
            hours = f"{_clock(span, 1, span.group(6))}-{_clock(span, 4, None)}"
            day = _day(brief.text[max(first, span.start() - 40) : min(statement.end, span.end() + 25)])
            start, end = min(match.start(), span.start()), max(match.end(), span.end())
            value = f"{day} {hours}".strip()
            if not _is_plain(brief, match, span):
                value = _shortened(brief.cased(statement.start, statement.end).strip())
            return reading_of(brief, "maintenance_window", Candidate(value, start, end, confidence=0.9))
    return Reading()


def _is_plain(brief: Brief, window: re.Match[str], span: re.Match[str]) -> bool:
    """Whether nothing but one day and the hours is said: no other zone, no second day, no exception."""
    statement = brief.statement_at(window.start())
    if _DOUBT.search(brief.text, statement.start, statement.end):
        return False
    after = _CLAUSE.match(brief.text, span.end(), statement.end)
    start = min(window.start(), span.start())
    end = max(window.end(), after.end() if after else span.end())
    beside = [brief.text[start : span.start()], brief.text[span.end() : end]]
    words = _PLAIN.sub(" ", _WINDOW.sub(" ", " ; ".join(beside))).replace(";", " ").split()
    days = [word for word in words if _day(word)]
    return len(days) <= 1 and len(words) == len(days)


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _clock(span: re.Match[str], group: int, fallback: str | None) -> str:
    hour, minute = int(span.group(group)) % 24, int(span.group(group + 1) or 0)
    half = span.group(group + 2) or fallback
    if half == "pm" and hour < 12:
        hour += 12
    if half == "am" and hour == 12:
        hour = 0
    return f"{hour:02d}:{minute % 60:02d}"


def _day(text: str) -> str:
    for match in re.finditer(r"[a-z]+(?:-[a-z]+)?", text):
        found = _day_names().get(match.group()) or _day_names().get(match.group().removesuffix("s"))
        if found:
            return found
    return ""


@cache
def _day_names() -> dict[str, str]:
    found: dict[str, str] = {}
    for language in cues.LANGUAGES:
        for place, name in Locale(language).days["format"]["wide"].items():
            found[fold(name).text] = _DAYS[place]
    return found | dict(zip(_DAYS, _DAYS, strict=True))

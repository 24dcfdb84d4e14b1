"""The maintenance window as a person wrote it, turned into days and hours that a pipeline can hold to."""

import re
from itertools import pairwise
from typing import NamedTuple

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY = re.compile(r"\b(mon|tue|wed|thu|fri|sat|sun)(?:day|s|sday|nesday|rsday|urday)?s?\b")
_THROUGH = re.compile(r"\s*(?:-|–|to|through|until)\s*")
_TIME = r"(\d{1,2})(?:[:.](\d\d))?\s*(am|pm)?"
_HOURS = re.compile(rf"\b{_TIME}\s*(?:-|–|to|until|and|till)\s*{_TIME}(?![\d:])")
_EVERY_DAY = re.compile(r"\b(?:every|each) (?:day|night)\b|\b(?:daily|nightly)\b")
_WEEKEND = re.compile(r"\bweekends?\b")
_WORKDAYS = re.compile(r"\b(?:weekdays?|working days?|workdays?)\b")
_ELSE = re.compile(
    r"\b(?:maintenance|planned|windows?|utc|gmt|on|at|in|is|from|between|and|to|through|until|the|every|each)\b|[\s,.;:()–-]+"
)
"""What may stand beside days and hours without changing them: no other zone, no exception, no day of the month."""


class Window(NamedTuple):
    """Days and hours in UTC; one that ends before it begins goes on past midnight."""

    days: tuple[int, ...]
    """1 Monday to 7 Sunday, the days on which it begins."""
    start: str
    """`0200`."""
    end: str

    @property
    def spans(self) -> tuple["Span", ...]:
        """The window as stretches that each lie within a day."""
        if self.end == "0000" or self.start < self.end:
            return (Span(self.days, self.start, "2400" if self.end == "0000" else self.end),)
        after = tuple(sorted(day % 7 + 1 for day in self.days))
        return Span(self.days, self.start, "2400"), Span(after, "0000", self.end)

    @property
    def words(self) -> str:
        """Such as `Sunday 02:00 to 04:00 UTC`."""
        days = ", ".join(_DAYS[day - 1].capitalize() for day in self.days)
        return f"{days} {self.start[:2]}:{self.start[2:]} to {self.end[:2]}:{self.end[2:]} UTC"


class Span(NamedTuple):
    """Hours of some days, from the first to before the last minute."""

    days: tuple[int, ...]
    start: str
    end: str


def window_of(text: str) -> Window | None:
    """The window that a text describes without doubt, such as `Sundays 02:00 to 04:00 UTC`; None otherwise.

    A text without a time zone is taken as UTC. One with any word that is not known to leave days and hours as they
    are, such as another zone, a day of the month or an exception, is left to people.
    """
    said = text.lower()
    hours = _HOURS.findall(said)
    if len(hours) != 1 or _beside(said):
        return None
    days = _days(_HOURS.sub(" ", said))
    hour, minute, half, until, until_minute, until_half = hours[0]
    shared = bool(until_half) and not half  # `1-3 pm`
    first, second = _clock(hour, minute, half or until_half), _clock(until, until_minute, until_half)
    if not days or first is None or second is None or first == second or (shared and first > second):
        return None
    return Window(days, first, second)


def _beside(said: str) -> str:
    """What is left of the text without its days, its hours and the words that change neither."""
    for known in (_HOURS, _EVERY_DAY, _WEEKEND, _WORKDAYS, _DAY, _ELSE):
        said = known.sub(" ", said)
    return said.strip()


def _days(said: str) -> tuple[int, ...]:
    named = list(_DAY.finditer(said))
    found = {_number(match) for match in named}
    for first, second in pairwise(named):
        if _THROUGH.fullmatch(said, first.end(), second.start()):
            start, end = _number(first), _number(second)
            found |= {(start - 1 + step) % 7 + 1 for step in range((end - start) % 7 + 1)}
    if _WEEKEND.search(said):
        found |= {6, 7}
    if _WORKDAYS.search(said):
        found |= {1, 2, 3, 4, 5}
    if _EVERY_DAY.search(said) and not found:
        found = {1, 2, 3, 4, 5, 6, 7}
    return tuple(sorted(found))


def _number(match: re.Match[str]) -> int:
    return next(n for n, day in enumerate(_DAYS, start=1) if day.startswith(match.group(1)))


def _clock(hour: str, minute: str, half: str) -> str | None:
    at = int(hour)
    if half:
        if not 1 <= at <= 12:
            return None
        at = at % 12 + (12 if half == "pm" else 0)
    minutes = int(minute or 0)
    if at == 24 and minutes == 0:
        at = 0
    return f"{at:02d}{minutes:02d}" if at < 24 and minutes < 60 else None

"""Rhythms in words: nightly, on Mondays, every four hours, three times a day, whenever needed."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import get_args

from libs.intake import cron
from libs.intake.models import TrainingFrequency
from libs.intake.searching import expression
from libs.intake.vocabulary import cues

_SLOTS = {"{COUNT}": rf"(?:\d+|{cues.words('rhythm.count')})", "{WEEKDAY}": cues.words("rhythm.weekday")}


def _pattern(name: str) -> re.Pattern[str]:
    words = cues.words(f"rhythm.{name}")
    words = words.replace("|each) ", "|each) (?:calendar |single |working |whole )?")
    for slot, filling in _SLOTS.items():
        words = words.replace(slot, filling)
    return expression(rf"\b(?:{words})\b")


_NUMBER_WORDS = {
    word: value
    for value, words in {
        1: "one|once|a|an|einmal|ein|eine|une|un|una|uno|uma|um|een|eenmaal|single",
        2: "two|twice|zwei|zweimal|deux|dos|due|dois|duas|twee|tweemaal|other|second|zweite|zweiten|deuxieme|segunda",
        3: "three|thrice|drei|dreimal|trois|tres|tre|drie|third|dritte|dritten",
        4: "four|vier|viermal|quatre|cuatro|quattro|quatro",
        5: "five|funf|cinq|cinco|cinque|vijf",
        6: "six|sechs|sechsmal|seis|sei|zes|half a dozen|ein halbes dutzend",
        7: "seven|sieben|sept|siete|sette|sete|zeven",
        8: "eight|acht|huit|ocho|otto|oito",
        9: "nine|neun|neuf|nueve|nove|negen",
        10: "ten|zehn|dix|diez|dieci|dez|tien",
        12: "twelve|zwolf|zwolfmal|douze|doce|dodici|doze|twaalf|a dozen",
    }.items()
    for word in words.split("|")
}
_DAYS = {
    1 / 24: "hours?|hrs?|h|stunden?|heures?|horas?|or[ae]|uur|uren",
    1: "days?|d|tag(?:en?)?|jours?|dias?|giorn[oi]|dag(?:en)?|nights?",
    7: "weeks?|wks?|w|wochen?|semaines?|semanas?|settiman[ae]|week|weken",
    30: "months?|mos?|monat(?:en?)?|mois|mes(?:es)?|mes[ei]|maand(?:en)?",
    91: "quarters?|quartale?n?|trimestres?|trimestr[ei]|kwarta(?:al|len)",
    365: "years?|yrs?|jahr(?:en?)?|ans?|annees?|anos?|ann[oi]|jaar|annum",
}
_NUMBER = rf"(?P<number>\d{{1,2}}|{'|'.join(sorted(_NUMBER_WORDS, key=len, reverse=True))})"
_SMALL = "two|three|six|zwei|drei|sechs|deux|trois|six|dos|tres|seis|due|tre|sei|dois|twee|drie|zes"
_UNIT = "(?P<unit>" + "|".join(_DAYS.values()) + ")"
_TIMES = re.compile(
    rf"\b{_NUMBER}(?:(?<=ce)|(?<=mal)|[ -]?(?:x|times?|mal|fois|vez|veces|volt[ae]|vezes|keer|maal"
    rf"|(?:weather |model |training )?runs?|trainings?|re-?fits?|"
    rf"updates?|re-?trains?|re-?trainings?|versions?|releases?|cycles?|rounds?|laufe|entrainements|"
    rf"entrenamientos)\b)"
    rf"(?: (?:a|an|per|each|every|in|in a|in one|pro|im|je|in der|par|al|a la|por|alla|ao|en|em)"
    rf"(?: (?P<of>\d|{_SMALL}))?|/"
    rf"| all') ?\b{_UNIT}\b"
)
_A_YEAR = re.compile(rf"\b{_NUMBER}(?: ?x|(?<=mal)| times| mal| fois| veces| volte)? p\.? ?a\b")
_EVERY = re.compile(
    rf"\b(?:every|each|alle|jede[nrs]?|toutes les|tous les|cada|ogni|a cada|elke|om de|q ?(?=\d))[ :]*"
    rf"{_NUMBER} ?-?{_UNIT}\b"
)
_HOUR = r"\d{1,2}(?:[:.]\d\d(?: ?[ap]m)?| ?(?:[ap]m|uhr|h)(?: ?\d\d)?)"
_HOURS = re.compile(
    rf"\b(?:at|um|a|alle|as|om) {_HOUR}(?:, (?:um |at )?{_HOUR})*,? (?:and|und|et|y|e|en)(?: at| um|"
    rf" a)? {_HOUR}(?![\w%])"
)
_NAMED_PERIODS = (
    (1.5 / 24, "hourly"),
    (0.8, "several_times_daily"),
    (2.1, "daily"),
    (20, "weekly"),
    (45, "monthly"),
    (75, ""),
    (130, "quarterly"),
)
"""Longest period in days that a name stands for; two months lie between two names."""


NAMES: tuple[str, ...] = get_args(TrainingFrequency)
_PATTERNS = tuple((name, _pattern(name)) for name in NAMES)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A rhythm and where it stands in the text that was searched."""

    name: str
    start: int
    end: int


def find_rhythms(text: str) -> list[Rhythm]:
    """All rhythms in order; where two overlap, the longer one."""
    return list(_found(text))


@lru_cache(maxsize=512)
def _found(text: str) -> tuple[Rhythm, ...]:
    """Several rules ask about the same statements."""
    found = [Rhythm(*each) for each in cron.find_expressions(text)]
    found += [Rhythm(name, *match.span()) for name, pattern in _PATTERNS for match in pattern.finditer(text)]
    found += _counted(text)
    found.sort(key=lambda each: (each.start - each.end, each.start))
    kept: list[Rhythm] = []
    for each in found:
        if all(each.end <= other.start or each.start >= other.end for other in kept):
            kept.append(each)
    return tuple(sorted(kept, key=lambda each: each.start))


def _counted(text: str) -> list[Rhythm]:
    """Rhythms that have to be worked out: twelve times a year, every ten days."""
    found: list[Rhythm] = []
    for pattern in (_TIMES, _EVERY):
        for match in pattern.finditer(text):
            number = _value(match["number"])
            unit = next(days for days, names in _DAYS.items() if re.fullmatch(names, match["unit"]))
            if pattern is _TIMES and match["of"]:
                unit *= _value(match["of"])
            name = _name(unit / number if pattern is _TIMES else unit * number) if number else ""
            if name:
                found.append(Rhythm(name, *match.span()))
    for match in _A_YEAR.finditer(text):
        name = _name(365 / _value(match["number"])) if _value(match["number"]) else ""
        found += [Rhythm(name, *match.span())] if name else []
    return found + [Rhythm("several_times_daily", *match.span()) for match in _HOURS.finditer(text)]


def _value(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBER_WORDS.get(word, 0)


def _name(days: float) -> str:
    return next((name for longest, name in _NAMED_PERIODS if days <= longest), "")

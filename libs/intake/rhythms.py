"""Rhythms in words: nightly, on Mondays, every four hours, three times a day, whenever needed."""

import re
from dataclasses import dataclass
from typing import get_args

from libs.intake import cron
from libs.intake.models import TrainingFrequency
from libs.intake.vocabulary import cues

_SLOTS = {"{COUNT}": rf"(?:\d+|{cues.words('rhythm.count')})", "{WEEKDAY}": cues.words("rhythm.weekday")}


def _pattern(name: str) -> re.Pattern[str]:
    words = cues.words(f"rhythm.{name}")
    words = words.replace("|each) ", "|each) (?:calendar |single |working |whole )?")
    for slot, filling in _SLOTS.items():
        words = words.replace(slot, filling)
    return re.compile(rf"\b(?:{words})\b")


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
    found = [Rhythm(*each) for each in cron.find_expressions(text)]
    found += [Rhythm(name, *match.span()) for name, pattern in _PATTERNS for match in pattern.finditer(text)]
    found.sort(key=lambda each: (each.start - each.end, each.start))
    kept: list[Rhythm] = []
    for each in found:
        if all(each.end <= other.start or each.start >= other.end for other in kept):
            kept.append(each)
    return sorted(kept, key=lambda each: each.start)

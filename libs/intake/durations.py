"""Time units behind numbers, in milliseconds; their names in each language come from the Unicode CLDR."""

import re
from functools import cache
from typing import Literal

from babel.units import format_unit

from libs.intake.brief import Brief
from libs.intake.folding import fold
from libs.intake.numbers import Number
from libs.intake.vocabulary import cues

_MS = {"millisecond": 1.0, "second": 1e3, "minute": 6e4, "hour": 3.6e6, "day": 8.64e7, "week": 6.048e8}


def duration_ms(brief: Brief, number: Number, *, longest: str = "hour") -> tuple[float, int] | None:
    """Milliseconds of a number with a time unit, and where the unit ends.

    Args:
        brief: the text.
        number: the figure that may have a unit.
        longest: the longest unit that counts.
    """
    match = _unit().match(brief.text, number.end)
    if match is None:
        return None
    unit = match.lastgroup or "second"
    if _MS[unit] > _MS[longest]:
        return None
    return number.value * _MS[unit], match.end()


def told(value: float, unit: Literal["minute", "hour", "day"]) -> str:
    """A time as messages name it, such as `5 minutes` and `1 minute`."""
    return format_unit(value, f"duration-{unit}", locale="en")


@cache
def unit_names(unit: str) -> str:
    """An alternation of all names of a unit such as `duration-hour`, in every language."""
    found: set[str] = set()
    for language in cues.LANGUAGES:
        for length in ("long", "short", "narrow"):
            for count in (1, 2):
                named = format_unit(count, unit, length=length, locale=language)
                name = fold(re.sub(r"[\d\s\u202f\xa0]+", " ", named)).text.strip(" .")
                if re.fullmatch(r"[a-z]{2,16}|[hs]", name):
                    found.add(name)
    return "|".join(sorted(found, key=len, reverse=True))


@cache
def _unit() -> re.Pattern[str]:
    groups = "|".join(
        f"(?P<{unit}>{unit_names(f'duration-{unit}')}|{cues.words(f'duration.{unit}')})" for unit in _MS
    )
    return re.compile(rf"[\s-]*(?:{groups})(?![a-z])")

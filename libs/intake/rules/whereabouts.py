"""Finds the places that a text names, and where its writers are when they do not say where the system is to live."""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from libs.intake import background
from libs.intake.brief import Brief
from libs.intake.models import Constraint
from libs.intake.rules import hosting
from libs.intake.vocabulary import geography, places, territories

_WORD = re.compile(r"(?<![a-z-])[a-z]+")
_GOES_ON = re.compile(r"[a-z-]")
_NEAR_COUNTRY: dict[str, str] = {
    "uk": "eu-west-2",
    "us": "us-east-1",
    "france": "eu-west-3",
    "ireland": "eu-west-1",
    "canada": "ca-central-1",
    "india": "ap-south-1",
    "japan": "ap-northeast-1",
    "south korea": "ap-northeast-2",
    "australia": "ap-southeast-2",
    "new zealand": "ap-southeast-2",
    "brazil": "sa-east-1",
}
_NEAR_AREA: dict[str, tuple[str, ...]] = {
    "eu-north-1": ("sweden", "norway", "finland", "denmark", "iceland", "estonia"),
    "eu-central-1": (
        *(
            "germany",
            "austria",
            "switzerland",
            "liechtenstein",
            "netherlands",
            "belgium",
            "luxembourg",
            "poland",
        ),
        *("czechia", "slovakia", "hungary", "slovenia", "croatia", "romania", "bulgaria", "greece", "latvia"),
        *("lithuania", "italy", "spain", "portugal", "malta", "cyprus", "eu"),
    ),
    "sa-east-1": ("argentina", "chile", "uruguay", "paraguay", "peru", "colombia", "latam"),
    "ap-southeast-1": ("singapore", "malaysia", "indonesia", "thailand", "vietnam", "philippines", "asia"),
}
_AREAS = tuple((re.compile(rf"(?<![a-z])(?:{words})(?![a-z])"), area) for words, area in places.AREAS.items())


def default_region(brief: Brief) -> Constraint | None:
    """The region nearest to the one country in which the writers or their business are; None where several are named.

    It is no requirement and says so: whoever is at home in Frankfurt is better served from there than from Virginia.
    """
    found = list(_standing(brief))
    regions = {_nearest(country) for _, _, country in found}
    if len(regions) != 1 or None in regions:
        return None
    region = str(regions.pop())
    start, end, _ = found[0]
    quote = brief.quote(start, end)
    return Constraint(
        field="regions",
        value=[region],
        source="default",
        confidence=0.5,
        quote=quote,
        reason=f"no region was named; the text speaks of {quote.text}, and {region} is near",
    )


def countries_named(brief: Brief) -> list[str]:
    """The countries of the places in the text, in its order, as far as they are not ruled out or told of others."""
    return [country for _, _, country in _standing(brief)]


def _standing(brief: Brief) -> Iterator[tuple[int, int, str]]:
    for start, end, country in sorted(_mentions(brief)):
        if (
            not background.is_about_others(brief.statement_at(start))
            and hosting.weight(brief, start, end) != 0
        ):
            yield start, end, country


def _mentions(brief: Brief) -> Iterator[tuple[int, int, str]]:
    for names in (territories.countries(), territories.cities(), _cities_with_region()):
        for start, end, name in named_in(brief.text, names):
            yield start, end, names[name]
    for pattern, area in _AREAS:
        if area != "global":
            for match in pattern.finditer(brief.text):
                yield (*match.span(), area)


@cache
def _cities_with_region() -> dict[str, str]:
    found = {city: geography.country_of(code) for city, code in places.CITY_REGIONS.items()}
    return {city: country for city, country in found.items() if country}


@lru_cache(maxsize=4)
def _nearest(country: str) -> str | None:
    if country in _NEAR_COUNTRY:
        return _NEAR_COUNTRY[country]
    return next((region for region, countries in _NEAR_AREA.items() if country in countries), None)


def named_in(text: str, names: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
    """Where names stand in a text, the longest of those that begin with the same word."""
    first_words = _by_first_word(tuple(names))
    done = 0
    for match in _WORD.finditer(text):
        if match.start() < done:
            continue
        for name in first_words.get(match.group(), ()):
            end = match.start() + len(name)
            if text.startswith(name, match.start()) and not _GOES_ON.match(text, end):
                yield match.start(), end, name
                done = end
                break


@lru_cache(maxsize=4)
def _by_first_word(names: tuple[str, ...]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in sorted(names, key=len, reverse=True):
        word = _WORD.match(name)
        if word:
            found.setdefault(word.group(), []).append(name)
    return found

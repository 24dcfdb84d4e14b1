"""Countries and their large cities as people write them in each language, from the Unicode CLDR."""

import re
from functools import cache

from babel import Locale
from babel.core import get_global

from libs.intake.folding import fold
from libs.intake.vocabulary.cues import LANGUAGES
from libs.intake.vocabulary.towns import TOWNS

_SHORTEST = 4
_CALLED = {
    "US": "us",
    "GB": "uk",
    "AE": "uae",
    "KR": "south korea",
    "CZ": "czechia",
    "HK": "hong kong",
    "TR": "turkey",
}
_NO_COUNTRY = frozenset(["AQ", "BV", "TF", "UM", "IO", "GS", "HM", "ZZ", "EU", "EZ", "UN", "XA", "XB", "QO"])
_PARTS_OF_THE_WORLD = ("Europe", "America", "Asia", "Africa", "Australia", "Pacific")
_ALSO = {"turkey": "turkey", "czech republic": "czechia", "holland": "netherlands", "korea": "south korea"}
_OTHER_MEANINGS = frozenset(
    [
        "georgia",
        "malte",
        "santiago",
        "jersey",
        "chad",
        "jordan",
        "guinea",
        "mali",
        "niger",
        "togo",
        "samoa",
        "reunion",
        "man",
        "isle",
        "of",
        "man",
        "oman",
        "ciad",
        "gambia",
        "dominica",
        "montana",
        "male",
        "perth",
        "darwin",
        "vincennes",
        "nome",
        "troll",
        "marengo",
        "center",
        "easter",
        "pacific",
        "lima",
    ]
)
"""Names that mean something else more often than the country or city."""


@cache
def countries() -> dict[str, str]:
    """Folded name in any language → English name in lower case."""
    english = Locale("en").territories
    found: dict[str, str] = {}
    for language in LANGUAGES:
        for code, name in Locale(language).territories.items():
            folded = fold(name).text
            if not re.fullmatch(r"[A-Z]{2}", code) or code in _NO_COUNTRY or folded in _OTHER_MEANINGS:
                continue
            if len(folded) >= _SHORTEST and re.fullmatch(r"[a-z' -]+", folded):
                found.setdefault(folded, _CALLED.get(code) or fold(english[code]).text)
    return found | _ALSO


@cache
def cities() -> dict[str, str]:
    """Folded English name of the cities by which time zones are called, and of further towns → country."""
    english = Locale("en").territories
    found: dict[str, str] = {}
    for zone, code in get_global("zone_territories").items():
        area, _, city = zone.rpartition("/")
        name = city.replace("_", " ").lower()
        known = area.split("/")[0] in _PARTS_OF_THE_WORLD and code in english
        plain = len(name) >= _SHORTEST and name not in _OTHER_MEANINGS and name not in countries()
        if known and plain:
            found[name] = _CALLED.get(code) or fold(english[code]).text
    return TOWNS | found

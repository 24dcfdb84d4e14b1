"""Reads what touches persons: personal data, where data must stay, how long they are kept, explanations."""

import re
from functools import cache

from libs.intake import background, negation
from libs.intake.brief import Brief
from libs.intake.candidates import Candidate, Known, Reading, heaviest, reading_of
from libs.intake.durations import unit_names
from libs.intake.models import Constraint
from libs.intake.vocabulary import cues, geography, places, territories

_PERSONAL = cues.pattern("privacy.personal")
_IMPERSONAL = cues.pattern("privacy.impersonal")
_STAY = cues.pattern("residency.stay")
_KEPT = cues.pattern("retention.kept")
_EXPLAIN = cues.pattern("explain.each")
_GLOBAL = cues.pattern("explain.global")
_BLACK_BOX = cues.pattern("explain.none")
_DAYS = {"day": 1.0, "week": 7.0, "month": 365 / 12, "year": 365.0}
_REGIMES_OF_PERSONS = ("HIPAA", "GDPR", "LAW25")


def read_personal(brief: Brief, known: Known) -> Reading:
    """True when persons can be recognised in the data, false when that is ruled out."""
    for match in _IMPERSONAL.finditer(brief.text):
        return reading_of(brief, "personal_data", Candidate(False, *match.span(), confidence=0.9))
    for match in _PERSONAL.finditer(brief.text):
        if not background.is_about_others(brief.statement_at(match.start())):
            negated = negation.is_negated(brief, *match.span())
            return reading_of(brief, "personal_data", Candidate(not negated, *match.span(), confidence=0.85))
    regimes = known.get("compliance")
    if regimes is not None and regimes.quote is not None:
        named = [each for each in regimes.value if each in _REGIMES_OF_PERSONS]
        if named:
            return Reading(
                Constraint(
                    field="personal_data",
                    value=True,
                    source="inferred",
                    confidence=0.6,
                    quote=regimes.quote,
                    reason=f"{named[0]} applies to data about persons.",
                )
            )
    return Reading()


def read_residency(brief: Brief, known: Known) -> Reading:
    """Areas and countries that data must not leave, or must be in, exclusively."""
    found: dict[str, tuple[int, int]] = {}
    for match in _STAY.finditer(brief.text):
        window = brief.text[match.end() : match.end() + 60].split("\n")[0]
        for _, end, place in _places(window):
            found.setdefault(place, (match.start(), match.end() + end))
    if not found:
        return Reading()
    start, end = next(iter(found.values()))
    return reading_of(brief, "residency", Candidate(list(found), start, end, confidence=0.9))


def _places(text: str) -> list[tuple[int, int, str]]:
    """The first place of a stretch and those that are listed with it."""
    found: list[tuple[int, int, str]] = []
    for words, area in places.AREAS.items():
        found += [(*m.span(), area) for m in re.finditer(rf"(?<![a-z])(?:{words})(?![a-z])", text)]
    for match in re.finditer(r"[a-z]+(?: [a-z]+)?", text):
        for words, offset in (
            (match.group(), 0),
            (match.group().split()[-1], len(match.group()) - len(match.group().split()[-1])),
        ):
            place = territories.countries().get(words)
            if place is None and words in places.CITY_REGIONS:
                place = geography.COUNTRY_OF.get(places.CITY_REGIONS[words]) or places.CITY_REGIONS[words]
            place = place or territories.cities().get(words)
            if place is not None:
                found.append((match.start() + offset, match.end(), place))
                break
    found.sort()
    listed: list[tuple[int, int, str]] = []
    for each in found:
        if listed and not re.fullmatch(
            r"\s*(?:,|and|or|und|oder|y|o|et|ou|e|en|of|the)?\s*(?:the )?", text[listed[-1][1] : each[0]]
        ):
            if each[0] >= listed[-1][1]:
                break
            continue
        listed.append(each)
    return listed if listed and listed[0][0] <= 30 else []


def read_retention(brief: Brief, known: Known) -> Reading:
    """Days after which data are erased, or for which they must be kept; the longest of several."""
    found: list[Candidate] = []
    for number in brief.numbers:
        statement = brief.statement_at(number.start)
        unit = next(
            (name for name, pattern in _units().items() if pattern.match(brief.text, number.end)), None
        )
        if unit is None or background.is_about_others(statement) or background.is_open(statement):
            continue
        match = _units()[unit].match(brief.text, number.end)
        end = match.end() if match else number.end
        if not _KEPT.search(brief.before(number.start, 60) + " " + brief.after(end, 30)):
            continue
        days = max(1, round(number.value * _DAYS[unit]))
        found.append(Candidate(days, number.start, end, float(days), 0.85))
    return reading_of(brief, "retention_days", heaviest(found))


@cache
def _units() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(rf"\s*(?:{unit_names(f'duration-{name}')})(?![a-z])") for name in _DAYS}


def read_explainability(brief: Brief, known: Known) -> Reading:
    """Whether each prediction, only the model as a whole, or nothing has to be explained."""
    for value, pattern in (("none", _BLACK_BOX), ("per_prediction", _EXPLAIN), ("global", _GLOBAL)):
        for match in pattern.finditer(brief.text):
            statement = brief.statement_at(match.start())
            if background.is_about_others(statement) or background.is_open(statement):
                continue
            negated = value != "none" and negation.is_negated(brief, *match.span())
            chosen = Candidate("none" if negated else value, *match.span(), confidence=0.85)
            return reading_of(brief, "explainability", chosen)
    return Reading()

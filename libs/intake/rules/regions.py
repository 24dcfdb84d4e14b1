"""Reads where the system must live: region codes, cities with a region, areas."""

import difflib
import re
from collections.abc import Iterable
from functools import cache
from itertools import pairwise

from libs.intake import background, negation, roles
from libs.intake.brief import Brief, Statement
from libs.intake.candidates import Candidate, Known, Reading
from libs.intake.models import Conflict, Constraint, Quote
from libs.intake.vocabulary import cues, geography, places, territories

_AWS_SHAPE = re.compile(r"\b(?:us|eu|ap|ca|sa|me|af|il|mx|cn|eusc)(?:-[a-z]{2,10}){1,2}-\d{1,2}\b")
_GCP_SHAPE = re.compile(
    r"\b(?:us|europe|asia|australia|southamerica|northamerica|me|africa)-(?:central|north|"
    r"south|east|west|northeast|southeast|southwest|northwest)\d{1,2}\b"
)
_CALLED_REGION = re.compile(
    r"\bregions?\W{1,3}(?:(?:is|of|called|named)\s+)?([a-z]{2,14}(?:-[a-z]{2,14}){0,2}-\d{1,2})\b"
)
_AZURE_WORD = re.compile(r"\b(?:" + "|".join(sorted(places.AZURE_REGIONS, key=len, reverse=True)) + r")\b")
_AZURE_SPACED = re.compile(r"\b(?:" + "|".join(sorted(places.AZURE_SPACED, key=len, reverse=True)) + r")\b")
_CITY = re.compile(
    r"(?<![a-z])(?:"
    + "|".join(re.escape(city) for city in sorted(places.CITY_REGIONS, key=len, reverse=True))
    + r")(?![a-z])"
)
_AREA = tuple((re.compile(rf"(?<![a-z])(?:{words})(?![a-z])"), area) for words, area in places.AREAS.items())
_LATER = cues.pattern("places.later")
_REST_OF_CODE = re.compile(r"(?:-[a-z]+){1,2}-?\d")
_CAPITAL_US = re.compile(r"(?<![a-z])us(?![a-z$-])")
_HOSTING = re.compile(rf"\b(?:{cues.words('regions.hosting')})\b")
_ELSEWHERE = re.compile(rf"\b(?:{cues.words('regions.elsewhere')})\b")
_ONLY = re.compile(r"^\s*(?:[-*>|•]\s*)?(?:[a-z ]{1,20}[:|]\s*)?[\w\s,.&+/()'-]{0,40}$")
_USERS = re.compile(
    r"\b(?:users?|customers?|members?|readers?|players?|available|serve\w*|launch\w*|roll\w*)\b"
)


_EVERYTHING = re.compile(
    r"\b(?:everything|all of it|it all|the lot|alles|tout|todo|tutto|tudo|data|daten|donnees|datos|"
    r"dati|dados|gegevens)"
    r" (?:is|are|ist|sind|est|sont|esta|estan|sono|e|sao|zijn) (?:\w+ )?(?:in|en|a|im|em) (?:the |der |"
    r"den |la |les |il )?$"
)
_LINE_OF_HOSTING = re.compile(
    r"\s*[-*>|#\d.)]*\s*\**(?:hosting|hosted|host|regions?|location|where|standort|hebergement|"
    r"alojamiento|sede|ubicacion|"
    r"hospedagem|dr|disaster recovery|datacent\w+|cloud|platform|infra\w*|dove|donde|ou|wo|onde|"
    r"waar)\**\s*[:|=-]"
)
_OPENS = re.compile(
    r"\s*[-*>#•·|]*\s*(?:either )?(?:[a-z]+(?: [a-z]+)? (?:or|and|oder|und|o|y|ou|et|of|en|e)\s+)?"
)
"""A statement that opens with a place, or with two of them."""


def read(brief: Brief, known: Known) -> Reading:
    """Codes and areas in the order of the text; codes that no cloud has become conflicts."""
    cloud = known.get("cloud")
    found = [*_codes(brief), *_cities(brief), *_azure(brief, cloud), *_areas(brief, cloud)]
    unknown = [each for each in found if each.reason == "unknown"]
    named = [each for each in found if each.reason != "unknown"]
    nearest = min(
        (roles.distance_from_writer(brief, each.start) for each in named if each.weight > 0), default=0
    )
    named = [each for each in named if roles.distance_from_writer(brief, each.start) <= nearest]
    gone = {each.value for each in named if each.weight == 0}
    kept = sorted(
        (each for each in named if each.weight > 0 and each.value not in gone), key=lambda each: each.start
    )
    conflicts = [_unknown(brief, each) for each in _once(unknown)]
    conflicts += _apart(brief, kept)
    kept = _without_wider(_once(kept))
    if not kept:
        return Reading(None, tuple(conflicts))
    constraint = Constraint(
        field="regions",
        value=[each.value for each in kept],
        source="stated",
        confidence=min(each.confidence for each in kept),
        quote=brief.quote(kept[0].start, kept[0].end) if len(kept) == 1 else _joint_quote(brief, kept),
        reason="; ".join(dict.fromkeys(each.reason for each in kept if each.reason)),
    )
    return Reading(constraint, tuple(conflicts))


def nearest_codes(code: str) -> list[str]:
    """Existing AWS codes that resemble a wrong one."""
    return difflib.get_close_matches(code.lower(), sorted(places.AWS_REGIONS), n=3, cutoff=0.5)


def _codes(brief: Brief) -> list[Candidate]:
    known = {*places.AWS_REGIONS, *places.GCP_REGIONS}
    spans = {
        match.span(group)
        for pattern, group in ((_AWS_SHAPE, 0), (_GCP_SHAPE, 0), (_CALLED_REGION, 1))
        for match in pattern.finditer(brief.text)
    }
    found: list[Candidate] = []
    for start, end in sorted(spans):
        code = brief.text[start:end]
        statement = brief.statement_at(start)
        if background.is_about_others(statement) or background.is_headed_background(brief, statement):
            continue
        negated = negation.is_negated(brief, start, end) and not _keeps_inside(brief, start)
        reason = "" if code in known else "unknown"
        if negated and reason:
            continue
        found.append(Candidate(code, start, end, 0 if negated else 2, 0.97, reason))
    return found


def _cities(brief: Brief) -> list[Candidate]:
    found: list[Candidate] = []
    for match in _CITY.finditer(brief.text):
        code = places.CITY_REGIONS[match.group()]
        weight = _place_weight(brief, *match.span())
        if weight is not None:
            reason = f"{match.group().title()} is where {code} is"
            found.append(Candidate(code, *match.span(), weight, 0.85, reason))
    return found


def _azure(brief: Brief, cloud: Constraint | None) -> list[Candidate]:
    found = [Candidate(match.group(), *match.span(), 2, 0.95) for match in _AZURE_WORD.finditer(brief.text)]
    if cloud is not None and cloud.value == "azure":
        found += [
            Candidate(places.AZURE_SPACED[match.group()], *match.span(), 2, 0.9)
            for match in _AZURE_SPACED.finditer(brief.text)
        ]
    return found


def _areas(brief: Brief, cloud: Constraint | None) -> list[Candidate]:
    found: list[Candidate] = []
    azure = (
        [match.span() for match in _AZURE_SPACED.finditer(brief.text)]
        if cloud and cloud.value == "azure"
        else []
    )
    for pattern, area in _AREA:
        for match in pattern.finditer(brief.text):
            if any(start <= match.start() < end for start, end in azure):
                continue
            if (
                match.group() == "eu"
                and brief.language in ("pt", "fr", "it")
                and brief.cased(*match.span()) != "EU"
            ):
                continue
            if _REST_OF_CODE.match(brief.text, match.end()):
                continue
            found += _area(brief, area, *match.span(), cloud)
    taken = [match.span() for pattern, _ in _AREA for match in pattern.finditer(brief.text)]
    for names, words in ((territories.countries(), _country_words()), (territories.cities(), _city_words())):
        for match in words.finditer(brief.text):
            start, end = match.span()
            if not any(first < end and start < last for first, last in taken):
                found += _area(brief, names[match.group()], start, end, cloud)
    for match in _CAPITAL_US.finditer(brief.text):
        if brief.cased(*match.span()) == "US" and not re.match(
            r"\s?\$|\s+dollar", brief.after(match.end(), 10)
        ):
            found += _area(brief, "us", *match.span(), cloud)
    return found


@cache
def _country_words() -> re.Pattern[str]:
    return _any_of(name for name in territories.countries() if name not in places.CITY_REGIONS)


@cache
def _city_words() -> re.Pattern[str]:
    return _any_of(name for name in territories.cities() if name not in places.CITY_REGIONS)


def _any_of(names: Iterable[str]) -> re.Pattern[str]:
    ordered = sorted(names, key=len, reverse=True)
    return re.compile(rf"(?<![a-z-])(?:{'|'.join(re.escape(each) for each in ordered)})(?![a-z-])")


def _area(brief: Brief, area: str, start: int, end: int, cloud: Constraint | None) -> list[Candidate]:
    weight = _place_weight(brief, start, end)
    if weight is None and area == "global":
        weight = 1.0 if _USERS.search(brief.statement_at(start).text) else None
    if weight is None:
        return []
    code = places.COUNTRY_REGIONS.get(area)
    if code and cloud is not None and cloud.value == "aws":
        return [Candidate(code, start, end, weight, 0.85, f"{area.title()} on AWS is {code}")]
    return [Candidate(area, start, end, weight, 0.9)]


def _place_weight(brief: Brief, start: int, end: int) -> float | None:
    """1 where the place is meant for hosting, 0 where it is ruled out, None where it is only mentioned."""
    statement = brief.statement_at(start)
    if background.is_about_others(statement) or background.is_headed_background(brief, statement):
        return None
    if background.is_open(statement) or background.is_question(statement):
        return None
    if negation.is_negated(brief, start, end) and not _keeps_inside(brief, start):
        return 0.0
    before, after = brief.before(start, 70), brief.after(end, 40)
    if _LATER.search(after) and not _LATER.search(before):
        return 0.0
    near = before + after
    if re.match(r"\s*(?:only|alone|region\b|soil|account|data ?cent)", after) or re.search(
        r"\bonly (?:in |from )?(?:the )?$|\b(?:sit|sits|live|lives) in $|\bregions?\W{0,3}(?:is |in |"
        r"of )?$",
        before,
    ):
        return 1.0
    if _ELSEWHERE.search(near) and not re.search(
        r"\b(?:host\w*|regions?|stays?|must|remain\w*|leave|data|servers?|stored)\b", near
    ):
        return None
    if _HOSTING.search(near) or _EVERYTHING.search(before):
        return 1.0
    line = brief.text[brief.text.rfind("\n", 0, start) + 1 : start]
    if _LINE_OF_HOSTING.match(line) or _OPENS.fullmatch(before):
        return 1.0
    return 1.0 if _stands_alone(statement) else None


def _keeps_inside(brief: Brief, start: int) -> bool:
    return bool(
        re.search(
            (
                r"\b(?:leav\w+|outside(?: of)?|out of|exit\w*|beyond|verlassen|ausserhalb|salir de|fuera "
                r"de|sortir de|hors de|quitter)\s+(?:of )?(?:the |our |l'|la |der |die |den )?$"
            ),
            brief.before(start, 40),
        )
    )


def _stands_alone(statement: Statement) -> bool:
    return (
        len(statement.text.split()) <= 7
        and bool(_ONLY.match(statement.text.rstrip(" .;!\n")))
        and not _ELSEWHERE.search(statement.text)
    )


def _once(found: list[Candidate]) -> list[Candidate]:
    seen: dict[str, Candidate] = {}
    for each in found:
        seen.setdefault(each.value, each)
    return list(seen.values())


def _without_wider(kept: list[Candidate]) -> list[Candidate]:
    """An area goes when a region inside it is named and none outside."""
    values = [each.value for each in kept]
    if "global" in values:
        return kept
    return [
        each
        for each in kept
        if not any(geography.area_holds(each.value, other) for other in values if other != each.value)
    ]


def _apart(brief: Brief, kept: list[Candidate]) -> list[Conflict]:
    """A data boundary and a host outside of it."""
    for area in kept:
        if area.value not in places.AREAS.values():
            continue
        bound = brief.before(area.start, 60) + brief.text[area.start : area.end] + brief.after(area.end, 20)
        if not re.search(
            (
                r"\b(?:leav\w+|only|stay\w*|remain\w*|within|inside|verlassen|bleiben|salir|permanecer|"
                r"rester|quitter|outside)\b"
            ),
            bound,
        ):
            continue
        for other in kept:
            if (
                geography.area_holds(area.value, other.value) is False
                and other.value not in places.AREAS.values()
            ):
                return [
                    Conflict(
                        code="intake.region_outside_boundary",
                        fields=("regions",),
                        message=f"Data must stay in {area.value.upper()}, but {other.value} lies outside of it.",
                        quotes=(brief.quote(area.start, area.end), brief.quote(other.start, other.end)),
                        blocking=False,
                    )
                ]
    return []


def _unknown(brief: Brief, each: Candidate) -> Conflict:
    near = nearest_codes(each.value)
    advice = f" Did you mean {', '.join(near)}?" if near else ""
    return Conflict(
        code="intake.unknown_region",
        fields=("regions",),
        message=f"There is no region {each.value}.{advice} Without another word the default region is planned.",
        quotes=(brief.quote(each.start, each.end),),
    )


def _joint_quote(brief: Brief, kept: list[Candidate]) -> Quote:
    close = all(second.start - first.end < 80 for first, second in pairwise(kept))
    return brief.quote(kept[0].start, kept[-1].end if close else kept[0].end)

"""Reads where the system must live: region codes, cities with a region, areas."""

import re
from itertools import pairwise

from libs.intake import background, negation, roles
from libs.intake.brief import Brief
from libs.intake.candidates import Candidate, Known, Reading
from libs.intake.models import Conflict, Constraint, Quote
from libs.intake.rules import hosting, whereabouts
from libs.intake.searching import expression
from libs.intake.vocabulary import geography, places, territories

_AWS_SHAPE = expression(r"\b(?:us|eu|ap|ca|sa|me|af|il|mx|cn|eusc)(?:-[a-z]{2,10}){1,2}-\d{1,2}\b")
_GCP_SHAPE = expression(
    r"\b(?:us|europe|asia|australia|southamerica|northamerica|me|africa)-(?:central|north|"
    r"south|east|west|northeast|southeast|southwest|northwest)\d{1,2}\b"
)
_CALLED_REGION = expression(
    r"\bregions?\W{1,3}(?:(?:is|of|called|named)\s+)?([a-z]{2,14}(?:-[a-z]{2,14}){0,2}-\d{1,2})\b"
)
_AZURE_WORD = expression(r"\b(?:" + "|".join(sorted(places.AZURE_REGIONS, key=len, reverse=True)) + r")\b")
_AZURE_SPACED = expression(r"\b(?:" + "|".join(sorted(places.AZURE_SPACED, key=len, reverse=True)) + r")\b")
_CITY = expression(
    r"(?<![a-z])(?:"
    + "|".join(re.escape(city) for city in sorted(places.CITY_REGIONS, key=len, reverse=True))
    + r")(?![a-z])"
)
_AREA = tuple((re.compile(rf"(?<![a-z])(?:{words})(?![a-z])"), area) for words, area in places.AREAS.items())
_REST_OF_CODE = expression(r"(?:-[a-z]+){1,2}-?\d")
_BETWEEN = expression(r"\s*(?:,|/|\+|&|and|und|et|y|e|en)\s*(?:and )?")
_TAKEN_BACK = expression(
    r"\b(?:no,|no wait|no,? sorry|wait,|hang on|hold on|scratch that|strike that|forget (?:that|it)|"
    r"correction|or rather|"
    r"make (?:that|it)|moved (?:it )?to|has moved|nein,|quatsch|besser|vielmehr|korrektur|non,|pardon|"
    r"plutot|mejor dicho|no, espera|"
    r"perdon|anzi|melhor|of nee|nee,)(?![a-z])"
)
_OF_THE_AREA = expression(r"\s+(?:data|customers?|users?|patients?|traffic|records|team)\b")
"""`US data`: whose data they are, not where they must be."""
_ITS_OWN_DATA = expression(
    r"\b(?:us|u\.s\.|american|canadian|british|uk|asian|japanese|other|remaining|all other|rest of the|"
    r"their) (?:\w+ )?(?:data|customers|"
    r"users|patients|market|traffic|ones|records)\b[^.;:]{0,30}$|\b(?:each|respective\w*|"
    r"one per)\b[^.;]{0,40}$"
)
"""`EU data stays in the EU, US data in us-east-1`."""
_COUNTRY = expression(
    r"\b(?:(?:leave|leaving|exit|stay|stays|remain|remains|kept|keep|hosted|stored|outside|within|"
    r"inside)(?: \w+){0,2}? "
    r"(?:(?:in|of|within|inside) )?(?:the|our|this|that|one's own) (?:own )?country|(?:im|in unserem|"
    r"innerhalb des) lande?s?\b"
    r"(?= (?:bleib\w+|gespeichert|verarbeitet|gehostet|stehen))|das land nicht verlassen|im inland|"
    r"(?:rest\w+|dans|quitter|hors|sortir) (?:dans |de |du )?(?:le |notre |du )?pays|(?:salir|fuera|dentro|"
    r"en|abandonar) "
    r"(?:del |de |el |nuestro )+pais|(?:nel|dal|del) paese|het land)\b"
)
_TAKEN_BACK_WITHIN = 60
_LONGEST_LIST = 6
_CAPITAL_US = expression(r"(?<![a-z])us(?![a-z$-])")
_USERS = expression(
    r"\b(?:users?|customers?|members?|readers?|players?|available|serve\w*|launch\w*|roll\w*)\b"
)


def read(brief: Brief, known: Known) -> Reading:
    """Codes and areas in the order of the text; codes that no cloud has become conflicts."""
    cloud = known.get("cloud")
    azure = _azure(brief, cloud)
    told = {brief.statement_at(each.start).start for each in azure}
    # `Azure in Zurich (Switzerland North)`: the city says the same once more.
    cities = [each for each in _cities(brief) if brief.statement_at(each.start).start not in told]
    found = [*_codes(brief), *cities, *azure, *_areas(brief, cloud)]
    unknown = [each for each in found if each.reason == "unknown"]
    named = [each for each in found if each.reason != "unknown"]
    nearest = min(
        (roles.distance_from_writer(brief, each.start) for each in named if each.weight > 0), default=0
    )
    named = [each for each in named if roles.distance_from_writer(brief, each.start) <= nearest]
    gone = {each.value for each in named if each.weight == 0}
    firm = any(each.weight >= 1 for each in named)
    named = [each for each in named if each.weight >= 1 or not firm or each.weight == 0]
    kept = sorted(
        (each for each in named if each.weight > 0 and each.value not in gone), key=lambda each: each.start
    )
    kept = _without_taken_back(brief, kept)
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
        negated = negation.is_negated(brief, start, end) and not hosting.keeps_inside(brief, start)
        reason = "" if code in known else "unknown"
        if negated and reason:
            continue
        past = hosting.is_past(brief, start, end)
        found.append(Candidate(code, start, end, 0 if negated else 0.4 if past else 2, 0.97, reason))
    return found


def _cities(brief: Brief) -> list[Candidate]:
    found: list[Candidate] = []
    mentions = list(_CITY.finditer(brief.text))
    for place, match in enumerate(mentions):
        code = places.CITY_REGIONS[match.group()]
        weight = hosting.weight(brief, *match.span())
        if weight is None and _is_listed(brief, mentions, place):
            weight = 1.0
        if weight is not None:
            reason = f"{match.group().title()} is where {code} is"
            found.append(Candidate(code, *match.span(), weight, 0.85, reason))
    return found


def _is_listed(brief: Brief, mentions: list[re.Match[str]], place: int) -> bool:
    """`Virginia, Frankfurt, Singapore`: nothing but cities in which a cloud has a region."""
    near = mentions[max(0, place - _LONGEST_LIST) : place + _LONGEST_LIST + 1]
    joined = [bool(_BETWEEN.fullmatch(brief.text[a.end() : b.start()])) for a, b in pairwise(near)]
    own = min(place, _LONGEST_LIST)
    first = own
    while first > 0 and joined[first - 1]:
        first -= 1
    if first == own and not (own < len(joined) and joined[own]):
        return False
    start = near[first].start()
    opens = re.search(r"(?:[:|,(-]|^)\s*$", brief.before(start))
    return bool(opens) and not hosting.is_of_people(brief, start)


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
    for names in (territories.countries(), territories.cities()):
        for start, end, name in whereabouts.named_in(brief.text, names):
            taken_up = any(first < end and start < last for first, last in taken)
            if not taken_up and name not in places.CITY_REGIONS:
                found += _area(brief, names[name], start, end, cloud)
    found += _this_country(brief)
    for match in _CAPITAL_US.finditer(brief.text):
        if brief.cased(*match.span()) == "US" and not re.match(
            r"\s?\$|\s+dollar", brief.after(match.end(), 10)
        ):
            found += _area(brief, "us", *match.span(), cloud)
    return found


def _this_country(brief: Brief) -> list[Candidate]:
    """`the data must stay in the country`: the one in which the first place lies that is named."""
    match = _COUNTRY.search(brief.text)
    if match is None or background.is_about_others(brief.statement_at(match.start())):
        return []
    home = next(iter(whereabouts.countries_named(brief)), None)
    return (
        [] if home is None else [Candidate(home, *match.span(), 1.0, 0.75, f"the country is {home.title()}")]
    )


def _area(brief: Brief, area: str, start: int, end: int, cloud: Constraint | None) -> list[Candidate]:
    weight = hosting.weight(brief, start, end)
    if weight is None and area == "global":
        weight = 1.0 if _USERS.search(brief.statement_at(start).text) else None
    if weight is None:
        return []
    code = places.COUNTRY_REGIONS.get(area)
    if code and cloud is not None and cloud.value == "aws":
        return [Candidate(code, start, end, weight, 0.85, f"{area.title()} on AWS is {code}")]
    return [Candidate(area, start, end, weight, 0.9)]


def _once(found: list[Candidate]) -> list[Candidate]:
    seen: dict[str, Candidate] = {}
    for each in found:
        seen.setdefault(each.value, each)
    return list(seen.values())


def _without_taken_back(brief: Brief, kept: list[Candidate]) -> list[Candidate]:
    """`Dublin. No wait, legal says Stockholm` leaves Stockholm."""
    for place in range(len(kept) - 1, 0, -1):
        between = brief.text[kept[place - 1].end : kept[place].start]
        if len(between) <= _TAKEN_BACK_WITHIN and _TAKEN_BACK.search(between):
            return kept[place:]
    return kept


def _without_wider(kept: list[Candidate]) -> list[Candidate]:
    """An area goes when a region inside it is named and none outside."""
    values = [each.value for each in kept]
    if "global" in values:
        codes = [each for each in kept if each.value not in places.AREAS.values()]
        return codes if len(codes) > 1 else kept
    return [
        each
        for each in kept
        if not any(geography.area_holds(each.value, other) for other in values if other != each.value)
    ]


def _apart(brief: Brief, kept: list[Candidate]) -> list[Conflict]:
    """A data boundary and a host outside of it."""
    for area in kept:
        if area.value not in places.AREAS.values() or _OF_THE_AREA.match(brief.after(area.end, 20)):
            continue
        bound = brief.before(area.start, 60) + brief.text[area.start : area.end] + brief.after(area.end, 45)
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
                and not has_its_own_data(brief, other.start)
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


def has_its_own_data(brief: Brief, start: int) -> bool:
    """Whether a region is named for the data of its own people, apart from those that must stay elsewhere."""
    return bool(_ITS_OWN_DATA.search(brief.before(start, 60)))


def _unknown(brief: Brief, each: Candidate) -> Conflict:
    near = places.nearest_codes(each.value)
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

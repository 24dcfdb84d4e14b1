"""Reads how much data there is, in decimal gigabytes."""

import re

from libs.intake import background, correction, roles
from libs.intake.brief import Brief
from libs.intake.candidates import Candidate, Known, Reading, heaviest, reading_of
from libs.intake.numbers import Number
from libs.intake.searching import expression
from libs.intake.vocabulary import cues

_OTHER_UNIT = (
    r"(?:%|[$€£]|ms\b|usd|eur|dollars|euros?|seconds?|s\b|requests|rps|qps|users|people|years?|months?|days?)"
)
_GB_PER = {"kb": 1e-6, "mb": 1e-3, "gb": 1.0, "tb": 1e3, "pb": 1e6}
_UNIT = expression(
    r"\s*-?(?:(?P<kb>kb|kilobytes?)|(?P<mb>mb|mib|megabytes?|mo)|(?P<gb>gb|gib|gigas?|gigs?|"
    r"gigabytes?|gbytes?|go)|(?P<tb>tb|tib|tera|terabytes?|to)|(?P<pb>pb|pib|petabytes?))\b"
)
_NO_DATA = expression(
    r"^\s*(?:of )?(?:v?ram|memory|gpu|graphics|disk|vram|instances?|model|container|image size|"
    r"laptop|speicher|arbeitsspeicher|/s|per second|a second|bandwidth|nodes?|card)\b|"
    r"^\s*(?:ram|of ram)"
)
_FRENCH_UNIT = expression(r"\s*[MGT]o")
_MODEL = expression(
    r"\b(?:params|parameters|weights?|model (?:is|has|of|weighs|file|size)|checkpoint)\b|"
    r"^\s*(?:in )?fp?(?:8|16|32)\b|^\s*in fp"
)
_GROWTH = expression(
    r"^\s*(?:[a-z]+ ){0,3}(?:/\s*(?:day|d|month|mo|week|year|hour|h)\b|(?:per|a|each|every|"
    r"pro|por|al|par|jede|jeden|chaque|cada|ogni|elke) (?:day|night|shift|minute|second|hour|evening|nacht|"
    r"noche|nuit|month|week|year|hour|tag|monat|dia|mes|jour|mois)\b|daily|"
    r"monthly|more every)"
)
_MACHINE = expression(
    r"\b(?:ram|memory|(?:docker|container) image|binary|installer|app size|phone plan|laptop|workstation|"
    r"disk|vram|container limit|servers? with|machines? with|nodes? with|"
    r"instances? with|file size|upload limit|up to|per file|each file)\b[^.;,]{0,25}$"
)
_NEEDED = expression(
    r"\b(?:training (?:extract|set|data)|train on|trained on|we(?:'d| would)? (?:only )?(?:need|use)|"
    r"relevant|is enough|after (?:cleaning|filtering|dedup\w*|sampling|compression)|clean set|"
    r"for training|for this|davon brauchen|benotigt|dont nous|necesitamos|trainingsdaten|usable|only|"
    r"of (?:which|that|those)[^.]{0,20}(?:need|use|relevant|matter))\b"
)
"""`20 TB in the lake, but we only need 750 GB`."""
_LIMIT = expression(
    r"\b(?:each|every|per|limit|max\w*|up to|at most|attachments?|upload\w*|payloads?|requests?|messages?|"
    r"models?|memory|"
    r"ram|image|container|lambda|function|jede\w*|pro|chaque|par|cada|por)\b"
)
_A_UNIT = expression(
    r"(?<![a-z])(?<!per )(?<!half )(?:an?|ein|une?|una?|um|een) ((?:tera|giga|peta)(?:bytes?|"
    r"octets?)?)(?![a-z])"
)
_NOT_USED = expression(
    r"[^.,;|\n]{0,30}[(,] ?(?:which is |which are )?not (?:used|needed|relevant|included|wanted|for this)\b"
)
_CAME_TO = expression(
    r"\b(?:came|comes|amounts?|adds? up|kommt|ergab|fait|font) (?:up )?(?:to |auf )?[^.;,]{0,12}$"
)
_OF_WHICH = expression(
    r"\b(?:of (?:which|that|those|it)|davon|dont|de l[oa]s cuales|di cui|waarvan|dos quais)(?: (?:about|"
    r"around|some|only|"
    r"etwa|nur|unos|environ|solo|seulement))?\s+$"
)
_OURS = expression(
    r"\s+(?:(?:is|are|of it|sind|est|son) )?(?:concern|matter|count|ours?\b|for (?:us|this|you)|interest|"
    r"need|us(?:able|eful)|"
    r"relev|betreff|brauch|nous|pertin|nos\b|interes|utili)"
)
"""`40 TB, of which 5 TB concern us`."""
_WHOLE = expression(
    r"\b(?:out of|taken from|extract(?:ed)? from|subset of|part of|slice of|sample of|aus (?:einem|unserem|"
    r"dem)|"
    r"tires? (?:de|d'un)|sacad\w+ de|de un total de|sur un total de|von insgesamt)\s+(?:the |a |an |our |"
    r"some |about |"
    r"around |total of )*$"
)
"""`750 GB out of a 20 TB warehouse`."""
_DATA = expression(rf"\b(?:{cues.words('data.about')})\b")


def read(brief: Brief, known: Known) -> Reading:
    """The volume at hand; growth per day counts only as a touch."""
    candidates: list[Candidate] = []
    for number in brief.numbers:
        candidate = _candidate(brief, number)
        if candidate is None:
            continue
        candidates.append(candidate)
        again = correction.restated(brief, candidate.end, _OTHER_UNIT) or _settled(brief, candidate)
        if again is not None and number.value / 20 <= again.value <= number.value * 20:
            value = candidate.value * again.value / number.value
            candidates.append(Candidate(value, again.start, again.end, candidate.weight + 1, 0.85))
    if not candidates:
        candidates = _in_words(brief)
    left = correction.standing(brief, candidates)
    needed = [each for each in left if _is_needed(brief, each)]
    left = needed or left
    if not left:
        return Reading()
    top = max(each.weight for each in left)
    largest = max((each for each in left if each.weight == top), key=lambda each: each.value)
    return reading_of(brief, "data_volume_gb", heaviest([largest]))


def _settled(brief: Brief, candidate: Candidate) -> Number | None:
    """`500 gigs, but half of it was duplicates, so call it 250`."""
    again = correction.agreed(brief, candidate.end, _OTHER_UNIT)
    return again if again and brief.statement_at(again.start) == brief.statement_at(candidate.start) else None


def _in_words(brief: Brief) -> list[Candidate]:
    """`roughly a terabyte of logs`."""
    return [
        Candidate(_GB_PER[match.group(1)[0] + "b"], *match.span(), 1.0, 0.75)
        for match in _A_UNIT.finditer(brief.text)
        if not _NO_DATA.match(brief.after(match.end(), 40))
        and not _GROWTH.match(brief.after(match.end(), 40))
        and not _MACHINE.search(brief.before(match.start(), 60))
        and not background.is_about_others(brief.statement_at(match.start()))
    ]


def _is_needed(brief: Brief, candidate: Candidate) -> bool:
    if _OF_WHICH.search(brief.before(candidate.start, 40)) and _OURS.match(brief.after(candidate.end, 30)):
        return True
    return bool(_NEEDED.search(_clause(brief, candidate)))


def _clause(brief: Brief, candidate: Candidate) -> str:
    before = re.split(r"[,;]|\bbut\b|\baber\b|\bmais\b|\bpero\b", brief.before(candidate.start, 60))[-1]
    return before + re.split(r"[,;]|\bbut\b|\baber\b", brief.after(candidate.end, 45))[0]


def about_history(text: str) -> bool:
    """A heading `History:` over an amount tells of the data at hand."""
    return bool(re.match(r"\s*[#>*-]*\s*hist\w+", text))


def _candidate(brief: Brief, number: Number) -> Candidate | None:
    unit = _UNIT.match(brief.text, number.end)
    if unit is None or number.value <= 0:
        return None
    if (
        unit.group().strip() in ("mo", "go", "to")
        and brief.language != "fr"
        and not _FRENCH_UNIT.fullmatch(brief.cased(unit.start(), unit.end()))
    ):
        return None
    statement = brief.statement_at(number.start)
    before, after = brief.before(number.start, 60), brief.after(unit.end(), 40)
    if (
        _MODEL.search(before[-30:])
        or _MODEL.match(after[:20])
        or _NO_DATA.match(after)
        or _GROWTH.match(after)
        or (_MACHINE.search(before) and not _CAME_TO.search(before))
    ):
        return None
    if (
        (background.is_headed_background(brief, statement) and not about_history(statement.text))
        or background.is_about_others(statement)
        or background.is_open(statement)
    ):
        return None
    if _NOT_USED.match(after) or roles.is_excluded(brief, number.start, unit.end()) or _WHOLE.search(before):
        return None
    name = unit.lastgroup or "gb"
    about = bool(_DATA.search(statement.text))
    if name in ("kb", "mb") and not about and _LIMIT.search(statement.text):
        return None
    value = round(number.value * _GB_PER[name], 6)
    return Candidate(value, number.start, unit.end(), 1.0 + about, 0.92 if about else 0.8)

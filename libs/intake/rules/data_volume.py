"""Reads how much data there is, in decimal gigabytes."""

import re

from libs.intake import background, correction
from libs.intake.brief import Brief
from libs.intake.candidates import Candidate, Known, Reading, heaviest, reading_of
from libs.intake.numbers import Number

_GB_PER = {"kb": 1e-6, "mb": 1e-3, "gb": 1.0, "tb": 1e3, "pb": 1e6}
_UNIT = re.compile(
    r"\s*-?(?:(?P<kb>kb|kilobytes?)|(?P<mb>mb|mib|megabytes?|mo)|(?P<gb>gb|gib|gigs?|"
    r"gigabytes?|gbytes?|go)|(?P<tb>tb|tib|terabytes?|to)|(?P<pb>pb|pib|petabytes?))\b"
)
_NO_DATA = re.compile(
    r"^\s*(?:of )?(?:v?ram|memory|gpu memory|disk|vram|instances?|model|container|image size|"
    r"laptop|speicher|arbeitsspeicher|/s|per second|a second|bandwidth|nodes?|card)\b|"
    r"^\s*(?:ram|of ram)"
)
_GROWTH = re.compile(
    r"^\s*(?:[a-z]+ ){0,3}(?:/\s*(?:day|d|month|mo|week|year|hour|h)\b|(?:per|a|each|every|"
    r"pro|por|al|par) (?:day|month|week|year|hour|tag|monat|dia|mes|jour|mois)\b|daily|"
    r"monthly|more every)"
)
_MACHINE = re.compile(
    r"\b(?:ram|memory|laptop|workstation|disk|vram|container limit|server with|machine with|"
    r"instance with|file size|upload limit|up to|per file|each file)\b[^.;,]{0,25}$"
)
_DATA = re.compile(
    r"\b(?:data\w*|histor\w+|parquet|csv|logs?|records?|images?|photos?|videos?|traces?|"
    r"documents?|table|warehouse|lake|bucket|s3|scenes|files|archive|text|audio|dataset|comes "
    r"to|"
    r"daten\w*|datos|donnees|registros|historico|fotos|bilder|historique)\b"
)


def read(brief: Brief, known: Known) -> Reading:
    """The volume at hand; growth per day counts only as a touch."""
    candidates: list[Candidate] = []
    for number in brief.numbers:
        candidate = _candidate(brief, number)
        if candidate is not None:
            candidates.append(candidate)
    left = correction.standing(brief, candidates)
    if not left:
        return Reading()
    top = max(each.weight for each in left)
    largest = max((each for each in left if each.weight == top), key=lambda each: each.value)
    return reading_of(brief, "data_volume_gb", heaviest([largest]))


def _candidate(brief: Brief, number: Number) -> Candidate | None:
    unit = _UNIT.match(brief.text, number.end)
    if unit is None or number.value <= 0:
        return None
    if unit.group().strip() in ("mo", "go", "to") and brief.language != "fr":
        return None
    statement = brief.statement_at(number.start)
    before, after = brief.before(number.start, 60), brief.after(unit.end(), 40)
    if _NO_DATA.match(after) or _GROWTH.match(after) or _MACHINE.search(before):
        return None
    if (
        background.is_headed_background(brief, statement)
        or background.is_about_others(statement)
        or background.is_open(statement)
    ):
        return None
    name = unit.lastgroup or "gb"
    about = bool(_DATA.search(statement.text))
    if name in ("kb", "mb") and not about:
        return None
    value = round(number.value * _GB_PER[name], 6)
    return Candidate(value, number.start, unit.end(), 1.0 + about, 0.92 if about else 0.8)

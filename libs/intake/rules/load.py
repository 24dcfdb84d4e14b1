"""Reads how the load moves: peak factor, season, growth, number of users."""

import re

from libs.intake import background
from libs.intake.brief import Brief
from libs.intake.candidates import Candidate, Known, Reading, heaviest, reading_of
from libs.intake.models import Constraint
from libs.intake.searching import expression
from libs.intake.vocabulary import cues

_TIMES = expression(rf"\s*(?:{cues.words('load.times')})(?![a-z])")
_PEAK = cues.pattern("load.peak")
_NO_LOAD = cues.pattern("load.no_load")
_SEASON = {name: cues.pattern(f"season.{name}") for name in cues.names("season.")}
_FACTORS = {float(name): cues.pattern(f"factor.{name}") for name in cues.names("factor.")}
_MULTIPLIED = expression(rf"(?<![a-z])(?:{cues.words('load.multiplied')})\s*$")
_EVERY_FEW = expression(
    r"\s*[^.;,]{0,20}?\b(?:every|each|alle|cada|tous les|toutes les|ogni|a cada|elke) (?P<count>\d+|other|"
    r"two|three|six|"
    r"eighteen|zwei|drei|sechs|dos|tres|seis|deux|trois|six|due|tre|sei|dois|twee|drie) (?P<unit>years?|"
    r"months?|jahre|monate|"
    r"anos|meses|ans|mois|anni|mesi|jaar|maanden)\b"
)
_COUNTS = {
    "other": 2, "two": 2, "three": 3, "six": 6, "eighteen": 18, "zwei": 2, "drei": 3, "sechs": 6, "dos": 2, "tres": 3,
    "seis": 6, "deux": 2, "trois": 3, "due": 2, "tre": 3, "sei": 6, "dois": 2, "twee": 2, "drie": 3,
}  # fmt: skip
_GROWS = cues.pattern("growth.grows")
_A_YEAR = cues.pattern("growth.a_year")
_A_MONTH = cues.pattern("growth.a_month")
_PERCENT = expression(r"\s*(?:%|per\s?cent|prozent|por ?ciento|pour ?cent)")
_USERS = expression(rf"\s*(?:[a-z-]+ ){{0,2}}?(?:{cues.words('load.users')})(?![a-z])")
_USE = cues.pattern("load.use")
_NO_USERS = cues.pattern("load.no_users")


def read_peak_factor(brief: Brief, known: Known) -> Reading:
    """The peak over the average: `Black Friday is 8x`."""
    found: list[Candidate] = []
    for number in brief.numbers:
        match = _TIMES.match(brief.text, number.end)
        statement = brief.statement_at(number.start)
        multiplied = _MULTIPLIED.search(brief.before(number.start, 40))
        if not (match or multiplied) or not 1 < number.value <= 1000 or background.is_about_others(statement):
            continue
        end = match.end() if match else number.end
        near = brief.before(number.start, 60) + " " + brief.after(end, 50)
        if _PEAK.search(near) and not _NO_LOAD.search(near) and not _is_growth(brief, end):
            found.append(Candidate(number.value, number.start, end, number.value, 0.85))
    for factor, pattern in _FACTORS.items():
        for match in pattern.finditer(brief.text):
            near = brief.before(match.start(), 60) + " " + brief.after(match.end(), 40)
            statement = brief.statement_at(match.start())
            if _is_growth(brief, match.end()) or not _PEAK.search(near) or _NO_LOAD.search(near):
                continue
            if not background.is_about_others(statement):
                found.append(Candidate(factor, *match.span(), factor, 0.75))
    return reading_of(brief, "peak_factor", heaviest(found))


def read_seasonality(brief: Brief, known: Known) -> Reading:
    """Seasons and days that move the load."""
    found: dict[str, tuple[int, int]] = {}
    for name, pattern in _SEASON.items():
        for match in pattern.finditer(brief.text):
            statement = brief.statement_at(match.start())
            if not background.is_headed_background(brief, statement):
                found.setdefault(name.replace("_", " "), match.span())
    if not found:
        return Reading()
    ordered = sorted(found.items(), key=lambda each: each[1])
    return Reading(
        Constraint(
            field="seasonality",
            value=[name for name, _ in ordered],
            source="stated",
            confidence=0.7,
            quote=brief.quote(*ordered[0][1]),
        )
    )


def read_growth(brief: Brief, known: Known) -> Reading:
    """Percent a year; a monthly growth compounds."""
    found: list[Candidate] = []
    for factor, pattern in _FACTORS.items():
        for match in pattern.finditer(brief.text):
            years = _years(brief, match.end())
            if years and not background.is_about_others(brief.statement_at(match.start())):
                percent = round(100 * (factor ** (1 / years) - 1), 1)
                found.append(Candidate(percent, *match.span(), 1.0, 0.85))
    for number in brief.numbers:
        sign = _PERCENT.match(brief.text, number.end)
        statement = brief.statement_at(number.start)
        if sign is None or not _GROWS.search(
            brief.before(number.start, 50) + " " + brief.after(sign.end(), 40)
        ):
            continue
        if background.is_about_others(statement):
            continue
        after = brief.after(sign.end(), 40)
        if _A_MONTH.search(after):
            yearly = round(100 * ((1 + number.value / 100) ** 12 - 1), 1)
            found.append(
                Candidate(yearly, number.start, sign.end(), 2.0, 0.8, "Compounded from a monthly growth.")
            )
        elif _A_YEAR.search(after) or _A_YEAR.search(brief.before(number.start, 40)):
            found.append(Candidate(number.value, number.start, sign.end(), 2.0, 0.9))
    return reading_of(brief, "growth_pct_year", heaviest(found))


def _years(brief: Brief, end: int) -> float | None:
    """In how many years something multiplies, when the words behind it tell."""
    after = brief.after(end, 40)
    every = _EVERY_FEW.match(after)
    if every is not None:
        count = float(_COUNTS.get(every.group("count")) or every.group("count"))
        in_years = every.group("unit")[0] in "yja" and not every.group("unit").startswith("meses")
        return (count if in_years else count / 12) or None
    return 1.0 if _A_YEAR.search(after[:30]) else None


def _is_growth(brief: Brief, end: int) -> bool:
    return _years(brief, end) is not None


def read_users(brief: Brief, known: Known) -> Reading:
    """People who use the system."""
    found: list[Candidate] = []
    for number in brief.numbers:
        match = _USERS.match(brief.text, number.end)
        statement = brief.statement_at(number.start)
        if match is None or number.value < 1 or number.value != int(number.value):
            continue
        if background.is_about_others(statement) or background.is_open(statement):
            continue
        near = brief.before(number.start, 40) + " " + brief.after(match.end(), 45)
        named = re.search(cues.words("load.users_plain"), match.group())
        if _NO_USERS.search(near) or not (named or _USE.search(near)):
            continue
        found.append(Candidate(int(number.value), number.start, match.end(), 1.0 + bool(named), 0.85))
    return reading_of(brief, "users", heaviest(found))

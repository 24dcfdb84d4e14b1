"""Reads the availability that is asked for: percent, nines, or downtime allowed."""

import re

from libs.intake import background, correction
from libs.intake.brief import Brief, Statement
from libs.intake.candidates import Candidate, Known, Reading, heaviest, reading_of
from libs.intake.durations import duration_ms
from libs.intake.numbers import Number
from libs.intake.searching import expression, says
from libs.intake.vocabulary import cues

_ABOUT = expression(rf"\b(?:{cues.words('availability.about')})\b")
_OTHER_PERCENT = expression(rf"\b(?:{cues.words('availability.other_percent')})\b")
_PERCENT = expression(r"\s*(?:%|per\s?cent|prozent|por ciento|pour ?cent|pct)")
_NINES = expression(
    rf"[\s-]*(?:{cues.words('availability.nines')})(?:\s+(?P<half>{cues.words('and_a_half')}))?(?![a-z0-9])"
)
_WILL_DO = expression(
    r"\s*(?:will do|would do|is (?:fine|enough|plenty)|are (?:fine|enough|plenty)|suffice|reichen|genugen|"
    r"suffisent|bastan|bastano|volstaan|[.,;)\n]|$)(?P<half>(?!))?"
)
"""`five nines are overkill, three will do`: the second figure leaves the nines out."""
_NINES_BEFORE = expression(rf"(?:{cues.words('availability.nines')})(?![a-z])[^\n]{{0,45}}$")
_ASKED = expression(r"\s*(?:\?|or so\?)")
_ONE_SPELL = expression(rf"(?<![a-z0-9])(?:{cues.words('availability.idiom')})(?![a-z])")
_SHARE_DOWN = expression(r"\s*(?:%|per\s?cent|prozent)\s*(?:of )?(?:down\s?time|outage|ausfall|unavailab\w+)")
_DOWN = cues.pattern("availability.down")
_PERHAPS_DOWN = cues.pattern("availability.perhaps_down")
_ALLOWED = cues.pattern("availability.allowed")
_FOLLOWS = expression(
    rf"\W*(?:\n|$)|\s*[.,;:!?()|/\"'–—-]|\s+(?:{cues.words('availability.follow')}|{cues.words('availability.about')})(?![a-z])"
)
"""What may stand behind a bare percentage; any other word makes it the share of something."""
_SHARE_OF = expression(
    r"\s*(?:of|der|des|de (?:los|las|nos|nuestr\w+)|delle?|dei|dos|das|van)\s+"
    r"(?!(?:the |all |each |every |a |any |du |del |de )?(?:\w+ )?(?:time|months?|years?|hours?|weeks?|days?|quarter|"
    r"zeit|stunden|monats|jahres|temps|tiempo|tempo|tijd|up-?time|availab\w*)\b)"
)
_WITH = expression(r"\b(?:with|con(?: un| el)?|avec|mit|met|com) $")
"""`con 99 % vamos servidos`."""
_FREE_END = expression(r"\s*(?:[.,;)!\n|]|$|please|is\b|would|or better|not\b|it is\b)")
_OUGHT = expression(r"\s*(?:soll\w*|should|must|muss\w*|genug\w*|irait|ira\b|e\b|es\b)")
_CLAUSE = expression(r"[,;:](?=\s)|[()]|\s-\s")
_NOW_BEFORE = expression(r"\b(?:current|existing|today's|present)\b")
_HAS_BEEN = expression(
    r"\b(?:has|have|had) been\b|\b(?:war(?:en)?|was|were) (?:\w+ )?(?:up|erreichbar|verfugbar|available)\b"
)
_PERIOD_MS = (
    (re.compile(r"\b(?:month|monthly|monat|mes|mois|mese|maand)\b"), 43_200 * 60_000.0),
    (
        re.compile(r"\b(?:year|annum|annual\w*|yearly|jahr|ano|anno|jaar|(?<=par )an|(?<=l')an|annee)\b"),
        525_600 * 60_000.0,
    ),
    (re.compile(r"\b(?:week|woche|semana|semaine)\b"), 10_080 * 60_000.0),
    (re.compile(r"\b(?:quarter|quartal|trimestre)\b"), 129_600 * 60_000.0),
    (re.compile(r"\b(?:day|tag|dia|jour)\b"), 1_440 * 60_000.0),
)
_SPELL_MS = (
    (r"hour|stunde|heure|hora|\bora", 3.6e6),
    (r"day|tag|jour|dia", 8.64e7),
    (r"minut", 6e4),
    (r"week|woche|semana", 6.048e8),
)
_SUFFICES = expression(rf"\s*(?:{cues.words('availability.suffices')})(?![a-z])")
_NOW = expression(r"\b(?:today|currently|at present|right now|heute|derzeit|hoy|aujourd'hui|oggi|hoje)\b")
_HAD = expression(r"\b(?:had|was|were|stood|reached|achieved|hatten|war|lag|teniamos|avions)\b")
_USUAL = 98.5
_LEAST = 98.5
"""Less than that is indifference: `down for a week for all I care`."""
_ROUND = (99.0, 99.5, 99.9, 99.95, 99.99, 99.999)


def read(brief: Brief, known: Known) -> Reading:
    """Percent of the time the system must be up."""
    candidates: list[Candidate] = []
    for number in brief.numbers:
        statement = brief.statement_at(number.start)
        if background.is_open(statement) or background.is_headed_background(brief, statement):
            continue
        if background.is_about_others(statement):
            continue
        for find in (_nines, _share_down, _percent, _downtime):
            candidate = find(brief, number)
            if candidate is not None:
                candidates.append(candidate)
                break
    candidates += _one_spell(brief)
    return reading_of(brief, "availability_pct", heaviest(correction.standing(brief, candidates)))


def _one_spell(brief: Brief) -> list[Candidate]:
    """`an hour a quarter`, where the one is no figure."""
    found: list[Candidate] = []
    for match in _ONE_SPELL.finditer(brief.text):
        if any(number.start <= match.start() < number.end for number in brief.numbers):
            continue
        unit = next((ms for words, ms in _SPELL_MS if re.search(words, match.group())), None)
        candidate = _allowed(brief, unit, *match.span()) if unit else None
        if candidate is not None:
            found.append(candidate)
    return found


def _nines(brief: Brief, number: Number) -> Candidate | None:
    match = _NINES.match(brief.text, number.end)
    half = 0.5 if match is not None and match.group("half") else 0.0
    if match is None:
        match = _WILL_DO.match(brief.text, number.end)
        if match is None or not _NINES_BEFORE.search(brief.text[max(0, number.start - 70) : number.start]):
            return None
    if number.value + half not in (1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5, 5.5, 6):
        return None
    whole = int(number.value + half)
    short = 10 ** (2 - whole)
    # Three and a half nines are 99.95: half of what three allow.
    value = round(100 - (short / 2 if number.value + half > whole else short), 6)
    asked = bool(_ASKED.match(brief.text, match.end()))
    return Candidate(value, number.start, match.end(), 1.0 if asked else 2.5, 0.95)


def _share_down(brief: Brief, number: Number) -> Candidate | None:
    value = number.percent_value if number.percent_value is not None else number.value
    match = _SHARE_DOWN.match(brief.text, number.end)
    if match is None or not 0 < value <= 10:
        return None
    return Candidate(
        round(100 - value, 6), number.start, match.end(), 2.0, 0.85, "From the downtime that is allowed."
    )


def _percent(brief: Brief, number: Number) -> Candidate | None:
    """A figure between 98.5 and 100 is an availability unless the words around give it another meaning."""
    value = number.percent_value if number.percent_value is not None else number.value
    if not 90 <= value <= 100 or (number.word and value == int(value)):
        return None
    sign = _PERCENT.match(brief.text, number.end)
    end = sign.end() if sign else number.end
    statement = brief.statement_at(number.start)
    before, after = brief.before(number.start, 60), brief.after(end, 45)
    written = brief.text[number.start : number.end]
    fine = value > 99 and (any(mark in written for mark in ".,") or (number.word and value != int(value)))
    about = bool(_ABOUT.search(before)) or bool(_ABOUT.search(after))
    if _OTHER_PERCENT.search(_CLAUSE.split(before[-35:])[-1] + " " + _CLAUSE.split(after)[0]) and not (
        about and fine
    ):
        return None
    if _SHARE_OF.match(after):
        return None
    if not (sign or (fine and (about or _stands_free(brief, number)))):
        return None
    usual = value >= _USUAL and value < 100 and bool(_FOLLOWS.match(after) or _WITH.search(before))
    if not about and not usual and (value < 95 or value == 100 or not _spoken_of(brief, statement, after)):
        return None
    is_present = bool(_NOW_BEFORE.search(before))
    if background.is_background(brief, statement) and (
        not about or _HAD.search(before) or _NOW.search(brief.before(number.start, 40))
    ):
        return None
    if _HAS_BEEN.search(before + " | " + _CLAUSE.split(after)[0][:16]) and not background.has_target(
        statement.text
    ):
        return None
    return Candidate(
        value, number.start, end, 1.5 + about - 2 * is_present, 0.92 if about else 0.8 if fine else 0.7
    )


def _spoken_of(brief: Brief, statement: Statement, after: str) -> bool:
    """Whether staying up is the matter here, or what follows says that so much is enough."""
    previous = brief.previous(statement)
    return (
        bool(_SUFFICES.match(after))
        or bool(_ABOUT.search(brief.paragraph_text(statement)[:160]))
        or says(_ABOUT, statement.text)
        or bool(previous and _ABOUT.search(previous.text))
    )


def _stands_free(brief: Brief, number: Number) -> bool:
    """Whether no unit follows: `99.5 will do`."""
    after = brief.text[number.end : number.end + 16]
    return bool(
        _FREE_END.match(after)
        or _FOLLOWS.match(after)
        or _SUFFICES.match(brief.text, number.end)
        or _OUGHT.match(after)
    )


def _downtime(brief: Brief, number: Number) -> Candidate | None:
    duration = duration_ms(brief, number, longest="day")
    if duration is None:
        return None
    milliseconds, end = duration
    return _allowed(brief, milliseconds, number.start, end)


def _allowed(brief: Brief, milliseconds: float, start: int, end: int) -> Candidate | None:
    statement = brief.statement_at(start)
    before, after = brief.before(start, 45), brief.after(end, 60)
    near = before + " | " + after[:45]
    down = bool(_DOWN.search(near)) or (bool(_PERHAPS_DOWN.search(near)) and says(_ALLOWED, statement.text))
    if not down or background.is_background(brief, statement):
        return None
    for text in (after[:45], statement.text):
        for pattern, period in _PERIOD_MS:
            if pattern.search(text):
                value = _rounded(100 * (1 - milliseconds / period))
                reason = "From the downtime that is allowed."
                return (
                    Candidate(value, start, end, 2.5 + 0.2 * bool(_ALLOWED.search(near)), 0.85, reason)
                    if value >= _LEAST
                    else None
                )
    return None


def _rounded(value: float) -> float:
    """The usual figure when the allowed downtime is within 5 % of it."""
    for usual in _ROUND:
        if abs((100 - value) - (100 - usual)) <= 0.05 * (100 - usual):
            return usual
    return round(value, 4)

"""Reads the availability that is asked for: percent, nines, or downtime allowed."""

import re

from libs.intake import background, correction
from libs.intake.brief import Brief
from libs.intake.candidates import Candidate, Known, Reading, heaviest, reading_of
from libs.intake.durations import duration_ms
from libs.intake.numbers import Number
from libs.intake.searching import says

_ABOUT = re.compile(
    r"\b(?:availab\w+|up-?time|sla|slo|service level\w*|reliab\w+|mission critical|"
    r"verfugbar\w*|disponib\w+|high availability|ha|stay up|be up|is up|outage\w*|downtime|"
    r"down|ausfall\w*|caidas?|pannes?|fiabil\w+|zuverlassig\w*|error budget)\b"
)
_OTHER_PERCENT = re.compile(
    r"\b(?:accura\w+|precision|recall|auc|sure|confiden\w+|wape|mape|error|percentile|of "
    r"(?:all |the )?(?:requests?|answers?|calls?|quer\w+|users?|customers?|cases|contracts|"
    r"transactions|responses|traffic|documents|people|our|them)|correct|right|f1|gini|"
    r"sensitivity|specificity|discount|market|growth|genauigkeit|treffer\w*|exactitud|"
    r"precision|certain|coverage|of the time the|fraud\w* caught|detection rate|catch|quality|"
    r"percentil|p9\d)\b"
)
_PERCENT = re.compile(r"\s*(?:%|per\s?cent|prozent|por ciento|pour ?cent|pct)")
_NINES = re.compile(r"[\s-]*(?:nines?|9s|9's|neunen|nueves|neufs)\b")
_DOWN_AFTER = re.compile(
    r"^\s*(?:of |de |d')?\s*(?:unplanned |total |planned )?(?:down\s?time|down\b|outage\w*|"
    r"offline|interruption\w*|ausfall\w*|unavailab\w+|inactividad|caida\w*|indisponib\w*|"
    r"arret|stillstand)"
)
_PERIOD_MS = (
    (re.compile(r"\b(?:month|monthly|monat|mes|mois)\b"), 43_200 * 60_000.0),
    (re.compile(r"\b(?:year|annum|annual\w*|yearly|jahr|ano|an|annee)\b"), 525_600 * 60_000.0),
    (re.compile(r"\b(?:week|woche|semana|semaine)\b"), 10_080 * 60_000.0),
    (re.compile(r"\b(?:quarter|quartal|trimestre)\b"), 129_600 * 60_000.0),
    (re.compile(r"\b(?:day|tag|dia|jour)\b"), 1_440 * 60_000.0),
)
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
        for find in (_nines, _percent, _downtime):
            candidate = find(brief, number)
            if candidate is not None:
                candidates.append(candidate)
                break
    return reading_of(brief, "availability_pct", heaviest(correction.standing(brief, candidates)))


def _nines(brief: Brief, number: Number) -> Candidate | None:
    match = _NINES.match(brief.text, number.end)
    if match is None or number.value not in (1, 2, 3, 4, 5, 6):
        return None
    value = round(100 - 10 ** (2 - number.value), 6)
    return Candidate(value, number.start, match.end(), 2.5, 0.95)


def _percent(brief: Brief, number: Number) -> Candidate | None:
    value = number.percent_value if number.percent_value is not None else number.value
    if not 90 <= value <= 100 or number.word:
        return None
    sign = _PERCENT.match(brief.text, number.end)
    statement = brief.statement_at(number.start)
    before, after = brief.before(number.start, 60), brief.after(sign.end() if sign else number.end, 45)
    written = brief.text[number.start : number.end]
    fine = value > 99 and any(mark in written for mark in ".,")
    about = bool(_ABOUT.search(before)) or bool(_ABOUT.search(after))
    if _OTHER_PERCENT.search(before[-35:] + " " + after) and not (about and fine):
        return None
    if not sign and not (fine and (about or _stands_free(brief, number))):
        return None
    if not about and not fine:
        previous = brief.previous(statement)
        paragraph = brief.paragraph_text(statement)[:160]
        if (
            not (
                _ABOUT.search(paragraph)
                or says(_ABOUT, statement.text)
                or (previous and _ABOUT.search(previous.text))
            )
            or value < 95
        ):
            return None
    is_present = bool(re.search(r"\b(?:current|existing|today's|present)\b", before))
    if background.is_background(brief, statement) and not about:
        return None
    if value == 100 and not about:
        return None
    return Candidate(
        value,
        number.start,
        sign.end() if sign else number.end,
        1.5 + about - 2 * is_present,
        0.92 if about else 0.75,
    )


def _stands_free(brief: Brief, number: Number) -> bool:
    return bool(
        re.match(r"\s*(?:[.,;)\n]|$|please|is|would|or better)", brief.text[number.end : number.end + 12])
    )


def _downtime(brief: Brief, number: Number) -> Candidate | None:
    duration = duration_ms(brief, number)
    if duration is None:
        return None
    milliseconds, end = duration
    statement = brief.statement_at(number.start)
    before, after = brief.before(number.start, 45), brief.after(end, 60)
    down = bool(_DOWN_AFTER.match(after)) or bool(
        re.search(
            r"\b(?:down|downtime|offline|outage\w*|ausfall\w*|caida\w*|indisponib\w+|unavailab\w+)\b", before
        )
    )
    down = down or bool(
        re.match(
            (
                r"^\s*(?:a|per|in a|each|every|pro|im|al|por|par) (?:month|year|week|monat|jahr|mes|mois|"
                r"an)\w*\s*(?:of |de )?(?:down|offline|outage|ausfall)"
            ),
            after,
        )
    )
    if not down:
        return None
    for pattern, period in _PERIOD_MS:
        if pattern.search(after[:45]) or pattern.search(statement.text):
            return Candidate(
                _rounded(100 * (1 - milliseconds / period)),
                number.start,
                end,
                2.5,
                0.85,
                "From the downtime that is allowed.",
            )
    return None


def _rounded(value: float) -> float:
    """The usual figure when the allowed downtime is within 5 % of it."""
    for usual in _ROUND:
        if abs((100 - value) - (100 - usual)) <= 0.05 * (100 - usual):
            return usual
    return round(value, 4)

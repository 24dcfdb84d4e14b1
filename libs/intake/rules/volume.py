"""Reads throughput per second and predictions per day."""

from dataclasses import replace
from functools import lru_cache

from libs.intake import background, correction, rates, roles
from libs.intake.brief import Brief
from libs.intake.candidates import Candidate, Known, Reading, constraint_of, reading_of
from libs.intake.models import Constraint
from libs.intake.numbers import Number
from libs.intake.rules import load, trade, training_cues
from libs.intake.searching import expression
from libs.intake.vocabulary import cues

_PEAK = expression(rf"\b(?:{cues.words('rate.peak')})\b")
_QUIET = expression(rf"\b(?:{cues.words('rate.quiet')})\b")
_AVERAGE = expression(
    r"\b(?:average\w*|avg|mean|durchschnitt\w*|schnitt|im mittel|mittlere\w*|moyenne|en moyenne|"
    r"medi[ao]|gemiddeld\w*)\b"
)
_MORE = expression(
    r"\b(?:more like|peak\w*(?: at| of| to| around| about)?|up to|spik\w+ (?:to|of)|burst\w* "
    r"(?:to|of)|as (?:many|much) as|rising to|"
    r"growing to|in spitzen|spitze|in der spitze|en pointe|en pico|al picco|no pico|in de piek|peaking at|"
    r"peaks? (?:of|at)|"
    r"bursts? (?:of|to|at)|sobald|dann|bis zu|hasta|jusqu'a|climbs to|goes (?:up )?to|reach\w*|"
    r"hits?)\s*[~]?(?:around |about |roughly )?$"
)
_AT_PEAK = expression(
    r"\s*(?:at|in|during|on|im|en|al|aux?|zu|zur) (?:the |our |its )?(?:peak|spitze\w*|pico|pointe|"
    r"heures? de pointe|stosszeit\w*|hora punta|rush|worst|busiest|lunch|noon|evenings?|weekends?|christmas|"
    r"night\b|mittag\w*|abends?|midi|mediodia)"
)
_KEY = expression(
    r"(?:(?P<s>[rqte]ps|re?q(?:uest)?s?\s?/\s?s(?:ec)?|(?:requests|calls|events|queries|predictions)"
    r"(?:[_ ]per[_ ]|/)s(?:ec(?:ond)?)?)|"
    r"(?P<day>(?:predictions|requests|calls|scores|volume|documents)?(?:[_ ]per[_ ]|\s?/\s?)day|"
    r"daily_[a-z_]+|predictions_daily))[a-z_]*\s*[\])]?[\"']?\s*[:=|]\s*[\"']?$"
)
_ONE_OF_MANY = expression(
    r"(?<![a-z])(?:each|every|jede[rs]?|chaque|chacune?|cada)(?: of| one|,)? (?=[a-z\d])[^.;:]{0,40}$"
)
_TIME = expression(
    r"\b(?:second|minute|hour|day|night|week|month|morning|evening|sekunde|stunde|tag|nacht|woche|"
    r"seconde|heure|"
    r"jour|nuit|segundo|minuto|hora|dia|noche|time|weekend|request|call)"
)
_KEY_END = expression(r"[\"']?\s*(?:[,;)|}\n#]|$)")
_MANUAL = cues.pattern("rate.manual")
_OBLIGED = expression(
    r"\b(?:has|have|needs?|must|should|shall|can|able|muss|mussen|soll|sollen|doit|doivent|debe|deben|tiene)\b"
    r"(?: que| to)?(?: be able to)? \S+ (?:with |mit )?(?:\S+ )?$"
)
"""`the tool has to cope with 300 photos a minute`."""
_ITSELF = expression(r"\b(?:itself|selbst|lui-meme|elle-meme|en si|stesso)\b[^.;:]{0,40}$")
"""`the mail server itself handles 200k mails a day`."""
_OLD_STOCK = expression(r"[^.;]{0,12}(?:by hand|a mano|a la main|von hand)\b")
_BORROWS_END = expression(
    r"\s*(?:[.,;:!?)\n]|$|(?:on|at|in|when|if|during|once|as|wenn|bei|am|im|an|quand|lors|en|cuando|al|"
    r"quando|als|op)\b)"
)
_NO_BORROWING = expression(
    r"(?:[$€£#+-]|\b(?:at|um|a las|vers|of|in|from|since|bis|till|until|by|version|team|about|than|the|"
    r"our|for|"
    r"p)) ?$"
)
_MEASURED = expression(
    r"\s*(?:-|to |bis |a )?\s*(?:[\d.,]*\s*)?(?:%|[$€£]|(?:ms|msec\w*|milli\w*|s|secs?|seconds?|mins?|"
    r"minutes?|hours?|h|"
    r"days?|weeks?|months?|years?|sekunden?|minuten?|stunden?|tagen?|segundos?|minutos?|horas?|dias?|"
    r"secondes?|heures?|"
    r"jours?|second[oi]|or[ae]|giorni|[kmgt]i?b|go|usd|eur\w*|dollars?|pounds?|per ?cent|percentile|"
    r"prozent)(?![a-z]))"
)
_ASKED = expression(
    r"\s*(?:[a-z-]+ )?(?:requests?|calls?|quer(?:y|ies)|predictions?|rps|qps|tps|req|anfragen|requetes|"
    r"peticiones|solicitudes|"
    r"richieste|pedidos|verzoeken)(?![a-z])"
)
_COUNTED = expression(rf"\s*(?:[a-z-]+\s+)?{rates.COUNTED}\b")
_BARE_UNIT = 9
_TOTAL = expression(
    r"(?:\b(?:so that(?:'s| is)|that makes|which makes|makes|in total|together|altogether|in all|"
    r"insgesamt|zusammen|"
    r"macht|au total|soit|en total|son|in totale|samen)|=|→|->)\s*(?:some |about |around |roughly |"
    r"ca\.? |etwa )?$"
)
"""`640 sailings a day, times fourteen, so that's some 8,960 numbers each night`."""
_NEXT_HALF = 40
"""A semicolon does not end what a rate belongs to."""
_MOST_TIMES_PEAK = 200
_NOT_OURS = expression(r"\b(?:registered|employees|turnover|followers|downloads)\b")
_OTHER_UNIT = (
    r"(?:%|[$€£]|ms\b|gb|tb|usd|eur|dollars|euros?|seconds?|sec\b|s\b|min|hours?|days?|weeks?|months?|"
    r"years?|gpus?|people|"
    r"engineers|nines|of us|stunden|sekunden|segundos|secondes|personas|personnes)"
)
_SAME_UNIT = r"(?:requests?|rps|qps|tps|calls?|people|engineers|ms|%|k\b|gb|tb|usd|dollars)"


def read_daily(brief: Brief, known: Known) -> Reading:
    """Predictions per day, from a daily or nightly volume."""
    found = [each for each in _all_rates(brief) if each.per == "day"]
    candidates = [
        Candidate(rate.number.value, rate.start, rate.end, _weight(brief, rate), 0.8 if rate.loose else 0.9)
        for rate in found
    ]
    candidates += [
        Candidate(_scaled(again, rate), again.start, again.end, _weight(brief, rate) + 1, 0.85)
        for rate in found
        if (again := _again(brief, rate)) is not None and rate.number.value / 20 <= _scaled(again, rate)
    ]
    left = correction.standing(brief, candidates)
    top = max((each.weight for each in left), default=0.0)
    largest = sorted((each for each in left if each.weight == top), key=lambda each: -each.value)
    return reading_of(brief, "predictions_per_day", next(iter(largest), None))


def read_throughput(brief: Brief, known: Known) -> Reading:
    """Requests per second: the peak if there is one, an average from a daily volume otherwise."""
    candidates: list[Candidate] = []
    for rate in _all_rates(brief):
        if rate.per == "day":
            continue
        weight = _weight(brief, rate)
        candidates.append(Candidate(round(rate.per_second, 6), rate.start, rate.end, weight, 0.92))
        candidates += _further(brief, rate, weight)
    left = correction.standing(brief, candidates)
    if left:
        top = max(each.weight for each in left)
        best = max((each for each in left if each.weight >= top - 0.5), key=lambda each: each.value)
        stated = constraint_of(brief, "throughput_rps", best)
        only = len({each.value for each in left}) == 1
        return Reading(_at_peak(brief, known, stated, best) if only else stated)
    return _from_daily(known)


def _at_peak(brief: Brief, known: Known, found: Constraint, rate: Candidate) -> Constraint:
    """The peak, where an average is given and by how much the peak exceeds it."""
    statement = brief.statement_at(rate.start)
    near = brief.text[max(statement.start, rate.start - 50) : min(statement.end, rate.end + 40)]
    if not _AVERAGE.search(near):
        return found
    factor = load.read_peak_factor(brief, known).constraint
    if factor is None:
        return found
    return found.model_copy(
        update={
            "value": round(rate.value * factor.value, 6),
            "source": "inferred",
            "confidence": 0.75,
            "reason": f"{rate.value:g} a second on average, times {factor.value:g} at the peak.",
        }
    )


@lru_cache(maxsize=4)
def _all_rates(brief: Brief) -> tuple[rates.Rate, ...]:
    """Two rules ask for them."""
    found: list[rates.Rate] = []
    for number in brief.numbers:
        statement = brief.statement_at(number.start)
        if background.is_open(statement) or background.is_headed_background(brief, statement):
            continue
        if background.is_about_others(statement) or _NOT_OURS.search(brief.after(number.end, 30)):
            continue
        rate = _keyed(brief, number) or rates.rate_of(brief, number)
        if rate is not None and _is_no_load(brief, rate):
            continue
        if rate is None and not training_cues.speaks_of_training(statement.text):
            rate = rates.loose_daily(brief, number)
        if rate is not None and trade.is_not_to_be_judged(brief, rate):
            continue
        if rate is not None and (whole := _of_all_devices(brief, rate)) is not None:
            found.append(whole)
    return tuple(found)


def _keyed(brief: Brief, number: Number) -> rates.Rate | None:
    """`peak_rps: 250`, `Predictions/day | 9,000`: the unit stands in the label."""
    before = brief.before(number.start, 50)
    key = _KEY.search(before) if before.rstrip(" \"'")[-1:] in ":=|" else None
    if key is None or not _KEY_END.match(brief.text, number.end):
        return None
    return rates.Rate(number, "s" if key.group("s") else "day", number.start, number.end)


def _is_no_load(brief: Brief, rate: rates.Rate) -> bool:
    """Whether people or an old system get so much done, or the whole point is set aside."""
    if roles.is_excluded(brief, rate.start, rate.end):
        return True
    before = brief.before(rate.start, 60)
    return bool(
        (_MANUAL.search(before[-40:]) and not _OBLIGED.search(before))
        or _ITSELF.search(before)
        or _OLD_STOCK.match(brief.after(rate.end, 30))
    )


def _weight(brief: Brief, rate: rates.Rate) -> float:
    weight = 2.0 - rate.loose + _nearest_mark(brief, rate)
    # `12k predictions a day, with the new branch it's 18k a day`: a bare figure counts what the one before counts.
    if rate.end - rate.number.end < _BARE_UNIT or _COUNTED.match(brief.after(rate.number.end, 40)):
        weight += 0.2
    if _TOTAL.search(brief.before(rate.start, 30)):
        weight += 0.6
    return weight


def _nearest_mark(brief: Brief, rate: rates.Rate) -> float:
    """What the closest word of peak or average within the statement adds or takes away."""
    statement = brief.statement_at(rate.start)
    first, last = max(statement.start, rate.start - 50), min(statement.end, rate.end + 40)
    marks = [
        (max(match.start() - rate.end, rate.start - match.end()), addition)
        for pattern, addition in ((_PEAK, 0.5), (_QUIET, -0.6))
        for match in pattern.finditer(brief.text, first, last)
    ]
    return min(marks)[1] if marks else 0.0


def _again(brief: Brief, rate: rates.Rate) -> Number | None:
    """The bare figure that takes the place of a rate later on."""
    again = correction.restated(brief, rate.end, _SAME_UNIT) or correction.agreed(
        brief, rate.end, _OTHER_UNIT
    )
    return again if again is not None and rates.rate_of(brief, again) is None else None


def _scaled(again: Number, rate: rates.Rate) -> float:
    """A bare `18` after `25k` counts thousands as well."""
    if (
        again.scale == 1
        and rate.number.scale > 1
        and again.value < rate.number.value / rate.number.scale * 10
    ):
        return again.value * rate.number.scale
    return again.value


def _further(brief: Brief, rate: rates.Rate, weight: float) -> list[Candidate]:
    """Figures that borrow the unit of a rate: `150 tps, more like 600 on payday`, `no, make that 200`."""
    found: list[Candidate] = []
    again = _again(brief, rate)
    if again is not None:
        value = round(_scaled(again, rate) / rates.SECONDS[rate.per], 6)
        if value >= rate.per_second / 20:
            found.append(Candidate(value, again.start, again.end, weight + 1, 0.85))
    statement = brief.statement_at(rate.start)
    for number in brief.numbers_from(rate.end):
        last = statement.end + (_NEXT_HALF if brief.text[statement.end - 1 : statement.end] == ";" else 0)
        if not rate.end <= number.start < last or rates.rate_of(brief, number) is not None:
            continue
        if (
            _AT_PEAK.match(brief.text, number.end)
            or (_MORE.search(brief.before(number.start, 40)) and _BORROWS_END.match(brief.text, number.end))
            or _goes_higher(brief, rate, number)
        ):
            value = number.value / rates.SECONDS[rate.per]
            found.append(Candidate(round(value, 6), number.start, number.end, weight + 0.5, 0.85))
    return found


def _goes_higher(brief: Brief, rate: rates.Rate, number: Number) -> bool:
    """`usually 3 searches per second, in spring 10`: a bare larger figure of the sentence counts the same."""
    if not rate.number.value < number.value <= _MOST_TIMES_PEAK * rate.number.value:
        return False
    before = brief.text[max(rate.end, number.start - 12) : number.start]
    return bool(_BORROWS_END.match(brief.text, number.end)) and not _NO_BORROWING.search(before)


_EACH_BEHIND = expression(r",?\s*(?:each|apiece|jeweils|je gerat|chacun\w*|cada un[oa]|ciascun\w*)\b")
"""`8,400 probes, one reading a minute each`."""
_ANY_STRETCH = expression(r"[^.;:!?\n]*$")


def _of_all_devices(brief: Brief, rate: rates.Rate) -> rates.Rate | None:
    """The rate of all devices together where that of one is given; none when nobody says how many there are."""
    window = brief.before(rate.start, 60)
    one = _ONE_OF_MANY.search(window)
    if one is None and _EACH_BEHIND.match(brief.text, rate.end):
        one = _ANY_STRETCH.search(window)
    if one is None or rate.per == "day" or _TIME.search(one.group()):
        return rate
    first = rate.start - len(window)
    for number in brief.numbers_from(first):
        if first <= number.start < rate.start - 1 and _counts_devices(brief, number):
            total = replace(rate.number, value=rate.number.value * number.value)
            return replace(rate, number=total, start=number.start)
    return rate if _ASKED.match(brief.after(rate.number.end, 40)) and "," in one.group() else None


def _counts_devices(brief: Brief, number: Number) -> bool:
    """Whether a figure counts things, and is no duration, share, size or sum."""
    whole = number.value >= 2 and number.value == int(number.value) and not number.word
    return whole and not _MEASURED.match(brief.text, number.end)


def _from_daily(known: Known) -> Reading:
    daily = known.get("predictions_per_day")
    workloads = known.get("workloads")
    if daily is None or (
        workloads is not None
        and "online_inference" not in workloads.value
        and "streaming_inference" not in workloads.value
    ):
        return Reading()
    return Reading(
        daily.model_copy(
            update={
                "field": "throughput_rps",
                "value": round(daily.value / rates.SECONDS["day"], 6),
                "source": "inferred",
                "confidence": 0.6,
                "reason": f"{daily.value:,.0f} a day, spread evenly over 24 hours.",
            }
        )
    )

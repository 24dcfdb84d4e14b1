"""Reads throughput per second and predictions per day."""

import re

from libs.intake import background, correction, rates
from libs.intake.brief import Brief
from libs.intake.candidates import Candidate, Known, Reading, constraint_of, reading_of
from libs.intake.rules import training_cues

_PEAK = re.compile(
    r"\b(?:peak\w*|spik\w+|burst\w*|at (?:our |the )?(?:worst|most|busiest)|up to|rush|black "
    r"friday|max\w*|worst|dinner|evenings?|"
    r"weekends?|spitze\w*|hasta|pico|llegamos|jusqu'a|pointe|summer|season|holiday\w*|hochstens|sale\w*)\b"
)
_QUIET = re.compile(
    r"\b(?:average|avg|usual\w*|normal\w*|typical\w*|quiet|rest of the day|less than|baseline|"
    r"steady|schnitt|media|moyenne|off-peak)\b"
)
_MORE = re.compile(
    r"\b(?:more like|peak\w*(?: at| of| to| around| about)?|up to|spik\w+ (?:to|of)|burst\w* "
    r"(?:to|of)|as (?:many|much) as|rising to|"
    r"growing to|bis zu|hasta|jusqu'a|climbs to|goes (?:up )?to|reach\w*|"
    r"hits?)\s*[~]?(?:around |about |roughly )?$"
)
_NOT_OURS = re.compile(r"\b(?:registered|employees|turnover|followers|downloads)\b")
_SAME_UNIT = r"(?:requests?|rps|qps|tps|calls?|people|engineers|ms|%|k\b|gb|tb|usd|dollars)"


def read_daily(brief: Brief, known: Known) -> Reading:
    """Predictions per day, from a daily or nightly volume."""
    found = [each for each in _all_rates(brief) if each.per == "day"]
    candidates = [
        Candidate(rate.number.value, rate.start, rate.end, _weight(brief, rate), 0.8 if rate.loose else 0.9)
        for rate in found
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
        return Reading(constraint_of(brief, "throughput_rps", best))
    return _from_daily(known)


def _all_rates(brief: Brief) -> list[rates.Rate]:
    found: list[rates.Rate] = []
    for number in brief.numbers:
        statement = brief.statement_at(number.start)
        if background.is_open(statement) or background.is_headed_background(brief, statement):
            continue
        if background.is_about_others(statement) or _NOT_OURS.search(brief.after(number.end, 30)):
            continue
        rate = rates.rate_of(brief, number)
        if rate is None and not training_cues.speaks_of_training(statement.text):
            rate = rates.loose_daily(brief, number)
        if rate is not None:
            found.append(rate)
    return found


def _weight(brief: Brief, rate: rates.Rate) -> float:
    weight = 2.0 - rate.loose + _nearest_mark(brief, rate)
    if re.match(rf"\s*(?:[a-z-]+\s+)?{rates.COUNTED}\b", brief.after(rate.number.end, 40)):
        weight += 0.2
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


def _further(brief: Brief, rate: rates.Rate, weight: float) -> list[Candidate]:
    """Figures that borrow the unit of a rate: `150 tps, more like 600 on payday`, `no, make that 200`."""
    found: list[Candidate] = []
    again = correction.restated(brief, rate.end, _SAME_UNIT)
    if again is not None:
        value = again.value
        if again.scale == 1 and rate.number.scale > 1 and value < rate.number.value / rate.number.scale * 10:
            value *= rate.number.scale
        found.append(
            Candidate(round(value / rates.SECONDS[rate.per], 6), again.start, again.end, weight + 1, 0.85)
        )
    statement = brief.statement_at(rate.start)
    for number in brief.numbers_from(rate.end):
        if not rate.end <= number.start < statement.end or rates.rate_of(brief, number) is not None:
            continue
        if _MORE.search(brief.before(number.start, 40)) and re.match(
            r"\s*(?:[.,;:!?)\n]|$|on\b|at\b|in\b|when\b|during\b)", brief.text[number.end : number.end + 12]
        ):
            value = number.value / rates.SECONDS[rate.per]
            found.append(Candidate(round(value, 6), number.start, number.end, weight + 0.5, 0.85))
    return found


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

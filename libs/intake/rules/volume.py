"""Reads throughput per second and predictions per day."""

import re

from libs.intake import background, correction, rates
from libs.intake.brief import Brief
from libs.intake.candidates import Candidate, Known, Reading, constraint_of, reading_of
from libs.intake.numbers import Number
from libs.intake.rules import training_cues
from libs.intake.vocabulary import cues

_PEAK = re.compile(rf"\b(?:{cues.words('rate.peak')})\b")
_QUIET = re.compile(rf"\b(?:{cues.words('rate.quiet')})\b")
_MORE = re.compile(
    r"\b(?:more like|peak\w*(?: at| of| to| around| about)?|up to|spik\w+ (?:to|of)|burst\w* "
    r"(?:to|of)|as (?:many|much) as|rising to|"
    r"growing to|in spitzen|spitze|in der spitze|en pointe|en pico|al picco|no pico|in de piek|peaking at|"
    r"peaks? (?:of|at)|"
    r"bursts? (?:of|to|at)|sobald|dann|bis zu|hasta|jusqu'a|climbs to|goes (?:up )?to|reach\w*|"
    r"hits?)\s*[~]?(?:around |about |roughly )?$"
)
_AT_PEAK = re.compile(
    r"\s*(?:at|in|during|on|im|en|al|aux?|zu|zur) (?:the |our |its )?(?:peak|spitze\w*|pico|pointe|"
    r"heures? de pointe|stosszeit\w*|hora punta|rush|worst|busiest|lunch|noon|evenings?|weekends?|christmas|"
    r"night\b|mittag\w*|abends?|midi|mediodia)"
)
_NOT_OURS = re.compile(r"\b(?:registered|employees|turnover|followers|downloads)\b")
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
        if not rate.end <= number.start < statement.end or rates.rate_of(brief, number) is not None:
            continue
        if _AT_PEAK.match(brief.text, number.end) or (
            _MORE.search(brief.before(number.start, 40))
            and re.match(
                r"\s*(?:[.,;:!?)\n]|$|on\b|at\b|in\b|when\b|during\b)",
                brief.text[number.end : number.end + 12],
            )
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

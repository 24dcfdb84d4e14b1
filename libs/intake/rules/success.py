"""Reads the metric by which success is measured, and its target; today's value is none."""

import re
from dataclasses import dataclass

from libs.intake import background, correction
from libs.intake.brief import Brief
from libs.intake.candidates import Candidate, Known, Reading, constraint_of, reading_of
from libs.intake.numbers import Number
from libs.intake.vocabulary import cues
from libs.intake.vocabulary.terms import terms

_TARGET = cues.pattern("success.target")
_TODAY = cues.pattern("success.today")
_NEXT_METRIC = re.compile(r"[;.\n]|\bbut\b|\baber\b")
_PERCENT = re.compile(r"\s*(?:%|per\s?cent|prozent|por ?ciento|pour ?cent|pct)")
_SHARES = frozenset(
    ("accuracy", "roc_auc", "pr_auc", "precision", "recall", "f1", "ndcg", "map", "mrr", "hit_rate", "iou")
)
_IN_PERCENT = frozenset(("mape", "wape", "smape", "wer"))
_CLAUSE = re.compile(r"[,;(]")
_REACH = 60


@dataclass(frozen=True, slots=True)
class _Target:
    metric: str
    value: float
    metric_span: tuple[int, int]
    value_span: tuple[int, int]
    wanted: bool


def read_metric(brief: Brief, known: Known) -> Reading:
    """The metric that has a target, else the one that is named as such."""
    target = _best(brief)
    if target is not None:
        return reading_of(
            brief,
            "success_metric",
            Candidate(target.metric, *target.metric_span, confidence=0.9 if target.wanted else 0.7),
        )
    for name, pattern in terms("success_metric").items():
        for match in pattern.finditer(brief.text):
            near = brief.before(match.start(), _REACH) + brief.after(match.end(), _REACH)
            statement = brief.statement_at(match.start())
            if _TARGET.search(near) and not background.is_about_others(statement) and not _TODAY.search(near):
                return reading_of(brief, "success_metric", Candidate(name, *match.span(), confidence=0.7))
    return Reading()


def read_target(brief: Brief, known: Known) -> Reading:
    """Shares as 0 to 1, errors in percent as percent, other errors in their unit."""
    target = _best(brief)
    if target is None:
        return Reading()
    chosen = Candidate(target.value, *target.value_span, confidence=0.9 if target.wanted else 0.65)
    return Reading(constraint_of(brief, "success_target", chosen))


def _best(brief: Brief) -> _Target | None:
    found: list[_Target] = []
    for name, pattern in terms("success_metric").items():
        for match in pattern.finditer(brief.text):
            target = _near(brief, name, *match.span())
            if target is not None:
                found.append(target)
    return max(found, key=lambda each: (each.wanted, -each.metric_span[0]), default=None)


def _near(brief: Brief, name: str, start: int, end: int) -> _Target | None:
    statement = brief.statement_at(start)
    if background.is_about_others(statement) or background.is_open(statement):
        return None
    if re.match(r"[@-]\d", brief.text[end : end + 2]):
        return None
    found: list[tuple[bool, int, Number, float]] = []
    for number in brief.numbers_from(max(statement.start, start - 2 * _REACH)):
        if not statement.start <= number.start < statement.end:
            continue
        gap = max(number.start - end, start - number.end)
        value = _value(brief, name, number)
        between = brief.text[min(end, number.end) : max(start, number.start)]
        if gap < 0 or gap > _REACH or value is None or _NEXT_METRIC.search(between):
            continue
        ahead = _CLAUSE.split(brief.before(number.start, 30))[-1]
        behind = brief.after(number.end, 30)
        if _TODAY.search(ahead) or (_TODAY.search(behind) and not _TARGET.search(ahead)):
            continue
        wanted = bool(
            _TARGET.search(ahead) or _TARGET.search(behind) or _TARGET.search(brief.before(start, 40))
        )
        found.append((wanted, -gap, number, value))
    if not found:
        return None
    wanted, _, number, value = max(found, key=lambda each: each[:2])
    if not wanted and (background.is_background(brief, statement) or _TODAY.search(statement.text)):
        return None
    restated = correction.restated(brief, number.end, r"(?:ms|rps|usd)")
    if restated is not None and (again := _value(brief, name, restated)) is not None:
        number, value = restated, again
    sign = _PERCENT.match(brief.text, number.end)
    return _Target(name, value, (start, end), (number.start, sign.end() if sign else number.end), wanted)


def _value(brief: Brief, name: str, number: Number) -> float | None:
    percent = bool(_PERCENT.match(brief.text, number.end))
    value = number.percent_value if number.percent_value is not None else number.value
    if name in _SHARES:
        if percent or 1 < value <= 100:
            return round(value / 100, 6) if percent or value > 40 else None
        return value if 0 < value <= 1 else None
    if name in _IN_PERCENT:
        return value if percent else (round(value * 100, 6) if 0 < value < 1 else None)
    return None if percent or value <= 0 else value

"""What a language model's proposal must show before it counts."""

import math
import re
from typing import Any

from libs.intake import background, negation
from libs.intake.brief import Brief
from libs.intake.extraction import extract
from libs.intake.models import Constraint, FieldName
from libs.intake.vocabulary import places

_NUMERIC: frozenset[FieldName] = frozenset(
    (
        "latency_ms_p95",
        "throughput_rps",
        "predictions_per_day",
        "budget_usd_month",
        "availability_pct",
        "data_volume_gb",
    )
)


def is_backed(brief: Brief, proposal: Constraint) -> bool:
    """Whether the quote stands literally at its offsets, outside of what speaks to the system."""
    quote = proposal.quote
    if quote is None or not quote.text.strip() or not 0 <= quote.start < quote.end <= len(brief.original):
        return False
    if brief.original[quote.start : quote.end] != quote.text:
        return False
    start, end = brief.folded_offset(quote.start), brief.folded_offset(quote.end)
    return not any(start < stretch.end and end > stretch.start for stretch in brief.foreign)


def contradiction_of(brief: Brief, proposal: Constraint) -> str:
    """Why the quoted words do not bear the value; empty when nothing speaks against it."""
    if proposal.quote is None:
        return "it has no quote"
    start, end = brief.folded_offset(proposal.quote.start), brief.folded_offset(proposal.quote.end)
    statement = brief.statement_at(start)
    if background.is_open(statement):
        return "the brief leaves this open"
    if background.is_about_others(statement) or background.is_headed_background(brief, statement):
        return "the words describe the background, not a requirement"
    if negation.is_negated(brief, start, end) and proposal.value is not False:
        return "the brief rules it out"
    if proposal.field in _NUMERIC and not _has_number(brief, start, end):
        return "the quote holds no figure"
    for other in extract(proposal.quote.text, follow_up=True).constraints:
        if other.field == proposal.field and not _agree(other.value, proposal.value):
            return "the rules read the quoted words differently"
    if proposal.field == "regions" and not _names_place(proposal):
        return "the quote names no such place"
    return ""


def _has_number(brief: Brief, start: int, end: int) -> bool:
    return any(number.start < end and number.end > start for number in brief.numbers)


def _agree(one: Any, other: Any) -> bool:
    if isinstance(one, int | float) and isinstance(other, int | float) and not isinstance(one, bool):
        return math.isclose(one, other, rel_tol=0.05)
    if isinstance(one, list) and isinstance(other, list | tuple):
        return set(one) == set(other)
    return bool(one == other)


def _names_place(proposal: Constraint) -> bool:
    assert proposal.quote is not None
    words = proposal.quote.text.lower()
    values = proposal.value if isinstance(proposal.value, list | tuple) else [proposal.value]
    for value in values:
        cities = [city for city, code in places.CITY_REGIONS.items() if code == value]
        areas = [pattern for pattern, area in places.AREAS.items() if area == value]
        named = str(value).lower() in words or any(city in words for city in cities)
        if not named and not any(re.search(rf"\b(?:{pattern})\b", words) for pattern in areas):
            return False
    return True

"""Reads what is called by name: data sources, formats, tools in use, skills, the CI provider."""

import re
from collections.abc import Iterator

from libs.intake import background, negation
from libs.intake.brief import Brief
from libs.intake.candidates import Known, Reading
from libs.intake.models import Constraint, FieldName
from libs.intake.vocabulary import cues
from libs.intake.vocabulary.terms import terms

_FROM = cues.pattern("named.from")
_IN_USE = cues.pattern("named.in_use")
_SKILL = cues.pattern("named.skill")
_REACH = 70
_MOST = 50


def read_sources(brief: Brief, known: Known) -> Reading:
    """Where the data come from, when a source is named near words of data."""
    return _several(brief, "data_sources", _FROM)


def read_formats(brief: Brief, known: Known) -> Reading:
    """Formats of the data; a name suffices."""
    return _several(brief, "data_formats", None)


def read_stack(brief: Brief, known: Known) -> Reading:
    """Tools that are in place and stay."""
    return _several(brief, "existing_stack", _IN_USE)


def read_skills(brief: Brief, known: Known) -> Reading:
    """What the people know."""
    return _several(brief, "team_skills", _SKILL)


def read_ci(brief: Brief, known: Known) -> Reading:
    """The CI provider; with several the first one that is named."""
    found = sorted(_mentions(brief, "ci_provider", None), key=lambda each: each[1])
    if not found:
        return Reading()
    value, start, end = found[0]
    return Reading(
        Constraint(
            field="ci_provider", value=value, source="stated", confidence=0.9, quote=brief.quote(start, end)
        )
    )


def _several(brief: Brief, field: FieldName, near: re.Pattern[str] | None) -> Reading:
    first: dict[str, tuple[int, int]] = {}
    for value, start, end in sorted(_mentions(brief, field, near), key=lambda each: each[1]):
        first.setdefault(value, (start, end))
    if not first:
        return Reading()
    start, end = next(iter(first.values()))
    return Reading(
        Constraint(
            field=field,
            value=list(first)[:_MOST],
            source="stated",
            confidence=0.9 if near is None else 0.8,
            quote=brief.quote(start, end),
        )
    )


def _mentions(brief: Brief, field: FieldName, near: re.Pattern[str] | None) -> Iterator[tuple[str, int, int]]:
    for value, pattern in terms(field).items():
        for match in pattern.finditer(brief.text):
            start, end = match.span()
            statement = brief.statement_at(start)
            if negation.is_negated(brief, start, end) or background.is_about_others(statement):
                continue
            if background.is_open(statement) or background.is_question(statement):
                continue
            around = brief.before(start, _REACH) + " " + brief.after(end, _REACH)
            if near is None or near.search(around):
                yield value, start, end
                break

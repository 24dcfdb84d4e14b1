"""Reads one field out of a text the way the extraction does."""

from typing import Any

from libs.intake.answers import validate_value
from libs.intake.extraction import extract
from libs.intake.models import Extraction, FieldName


def value_of(field: FieldName, text: str) -> Any:
    """The value of a field in a message about an earlier brief; None when the text gives none."""
    constraint = checked(text).find(field)
    return constraint.value if constraint else None


def checked(text: str, *, follow_up: bool = True) -> Extraction:
    """An extraction whose every quote was compared with the text."""
    extraction = extract(text, follow_up=follow_up)
    for constraint in extraction.constraints:
        if constraint.quote is not None:
            assert text[constraint.quote.start : constraint.quote.end] == constraint.quote.text
            assert constraint.quote.text.strip()
        assert constraint.quote is not None or constraint.source != "stated"
        assert validate_value(constraint.field, constraint.value) == constraint.value
        assert constraint.reason or constraint.source != "inferred"
    for conflict in extraction.conflicts:
        for quote in conflict.quotes:
            assert text[quote.start : quote.end] == quote.text
    return extraction

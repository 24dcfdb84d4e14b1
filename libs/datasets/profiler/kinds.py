"""What the texts of a column are: numbers, dates, truth values, identifiers, free text or categories."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import numpy as np
import pyarrow.compute as pc

from . import missing
from .values import Values

NUMBER = r"^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$"
WHOLE = r"^[+-]?\d+(\.0*)?$"
_CODE = r"^0\d+$"
_ISO = r"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?( ?Z|[+-]\d{2}:?\d{2})?)?$"
_PARTS = r"^\d{1,2}[/.-]\d{1,2}[/.-](\d{4}|\d{2})( \d{1,2}:\d{2}(:\d{2})?( ?[AaPp][Mm])?)?$"
_DECIMAL_COMMA = r"^[+-]?\d{1,3}(\.\d{3})*,\d+$|^[+-]?\d+,\d+$"
_MARKED = r"^[$€£]\s?[\d,.]+$|^[\d.,]+\s?%$|^\d{1,3}(,\d{3})+(\.\d+)?$"
_UUID = r"^[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$"
_TAG = r"<[a-zA-Z][^<>]*>|&(amp|lt|gt|quot|nbsp|#\d+);"
_MOSTLY = 0.5
_NEARLY_ALL = 0.9
"""Share of numbers, in whatever spelling, from which on a column of different texts names no rows."""
_MOST_MARKERS = 6
_TOO_LARGE = "Too large for exact arithmetic; read as text."
_EXACT = 2**53
_CHECKED_DATES = 20_000
_FEWEST_NAMES = 20
"""Rows from which on it is no chance that all differ."""
_ID_NAME = re.compile(
    r"(^|[\s_\-.])(id|ids|key|uuid|guid|index|idx|code|number|no|nr|ref|pk)$|^(id|key|row)", re.I
)
_ID_CAMEL = re.compile(r"[a-z](Id|ID|Key|Uuid|UUID)$")


@dataclass
class Kind:
    """The kind, what is missing in it, and what a person should know."""

    name: str
    values: Values
    """Those that are not missing."""
    missing: dict[str, int]
    """Literal → how often; the empty cell is not among them."""
    day_first: bool = False
    notes: list[str] = field(default_factory=list)


def kind_of(name: str, values: Values, markers: frozenset[str], rows: int) -> Kind:
    """Decides.

    Args:
        name: of the column; only identifiers are told by it.
        values: every text that is not empty.
        markers: literals that are missing in the numbers of this file.
        rows: of the table.
    """
    always = _present(values, lambda text: missing.is_always(text) or text in markers)
    kept = values.without(set(always))
    if not len(kept):
        return Kind("empty", kept, always)
    for candidate in (_number, _moment, _truth):
        found = candidate(kept)
        if found is not None:
            found.missing = always | found.missing
            names_rows = found.name == "integer" and _names_rows(name, found, rows)
            if names_rows or (found.name == "category" and _all_differ(found.values)):
                found.name = "id"
            return found
    return _words(name, kept, always, rows)


def _present(values: Values, is_missing: object) -> dict[str, int]:
    # Only short texts are looked at: no marker is longer.
    short = values.where(values.matching(r"^.{1,16}$")) if len(values) > 5000 else values
    return {
        text: int(count)
        for text, count in zip(short.texts.to_pylist(), short.counts, strict=True)
        if is_missing(text)  # type: ignore[operator]
    }


def _split(values: Values, pattern: str) -> tuple[Values, dict[str, int]] | None:
    """The matching values, and the few literals beside them if they are all words for nothing."""
    mask = values.matching(pattern)
    rest = values.where(~mask)
    if not mask.any() or len(rest) > _MOST_MARKERS or (values.share(mask) < _MOSTLY and len(rest)):
        return None
    literals = dict(zip(rest.texts.to_pylist(), map(int, rest.counts), strict=True))
    if not all(missing.is_word(literal) for literal in literals):
        return None
    return values.where(mask), literals


def _number(values: Values) -> Kind | None:
    found = _split(values, NUMBER)
    if found is None:
        return None
    numbers, literals = found
    if (huge := ~np.isfinite(numbers.numbers())).any():
        return _with_huge(numbers, huge, literals)
    if numbers.matching(_CODE).any():
        kind = Kind("category", numbers, literals)
        kind.notes.append("Digits with leading zeros are codes, not amounts.")
        return kind
    if numbers.matching(WHOLE).all():
        if float(abs(numbers.numbers()).max()) >= _EXACT:
            kind = Kind("category", numbers, literals)
            kind.notes.append(_TOO_LARGE)
            return kind
        return Kind("integer", numbers, literals)
    return Kind("number", numbers, literals)


def _with_huge(numbers: Values, huge: Any, literals: dict[str, int]) -> Kind | None:
    """Numbers of which some are too large for a computer: a few of them are missing, many are no amounts."""
    beyond = numbers.where(huge)
    if len(beyond) > _MOST_MARKERS or numbers.share(huge) > _MOSTLY:
        kind = Kind("category", numbers, literals)
        kind.notes.append(_TOO_LARGE)
        return kind
    found = _number(numbers.where(~huge))
    if found is not None:
        found.missing = literals | dict(zip(beyond.texts.to_pylist(), map(int, beyond.counts), strict=True))
        found.notes.append("Numbers that are too large for arithmetic are read as missing.")
    return found


def _moment(values: Values) -> Kind | None:
    found = _split(values, _ISO)
    if found is not None and all(
        _is_iso(text) for text in found[0].texts.slice(0, _CHECKED_DATES).to_pylist()
    ):
        return Kind("datetime", *found)
    found = _split(values, _PARTS)
    if found is None:
        return None
    moments, literals = found
    pairs = [tuple(map(int, re.split(r"[/.-]", text.split()[0])[:2])) for text in moments.texts.to_pylist()]
    first, second = max(one for one, _ in pairs), max(two for _, two in pairs)
    if min(first, second) > 12 or max(first, second) > 31 or min(min(pair) for pair in pairs) < 1:
        return None
    kind = Kind("datetime", moments, literals, day_first=first > 12)
    if max(first, second) <= 12:
        kind.notes.append("Day and month cannot be told apart; the month was read first.")
    return kind


def _is_iso(text: str) -> bool:
    try:
        datetime.fromisoformat(text.replace(" Z", "Z"))
    except ValueError:
        return False
    return True


def _truth(values: Values) -> Kind | None:
    if len(values) > 2 * _MOST_MARKERS:
        return None
    found = _split(values, r"^(?i:true|false|yes|no)$")
    if found is None:
        return None
    words = {text.lower() for text in found[0].texts.to_pylist()}
    return Kind("boolean", *found) if words <= {"true", "false"} or words <= {"yes", "no"} else None


def _words(name: str, values: Values, always: dict[str, int], rows: int) -> Kind:
    kind = Kind("category", values, always)
    lengths = lengths_of(values)
    distinct = len(values) / max(values.total, 1)
    if values.matching(_TAG).any():
        kind.notes.append("Some cells hold HTML tags or entities.")
    differ = _all_differ(values) and lengths.words < 1.3 and lengths.characters <= 40
    amounts = _amounts(values)
    named = _is_id_name(name) and values.share(values.matching(WHOLE)) > _NEARLY_ALL
    if values.matching(_UUID).all() or (differ and (named or not amounts)):
        kind.name = "id"
    elif amounts:
        kind.notes.append(amounts)
    elif len(values) > 50 and (
        (lengths.words >= 3.5 and distinct > 0.3)
        or (lengths.characters > 60 and distinct > 0.1)
        or (lengths.words >= 1.5 and distinct > 0.8)
    ):
        kind.name = "text"
    return kind


def _amounts(values: Values) -> str:
    """What a person should know of texts that are numbers or dates in the main; empty for others."""
    plain = values.matching(NUMBER)
    if values.share(plain) > _NEARLY_ALL:
        return (
            f"{int(values.counts[plain].sum()):,} of {values.total:,} cells are numbers and the others are not, so all "
            "are read as categories. Empty the others to use the numbers."
        )
    spellings = {
        "a decimal comma": values.matching(_DECIMAL_COMMA),
        "currency, percent or thousands marks": values.matching(_MARKED),
    }
    for what, found in spellings.items():
        if values.share(found) > _MOSTLY:
            return f"Looks like numbers with {what}; read as categories. Export plain numbers to use them."
    if values.share(np.logical_or.reduce([plain, *spellings.values()])) > _NEARLY_ALL:
        return "Looks like numbers in several spellings; read as categories. Export plain numbers instead."
    if values.share(values.matching(_ISO) | values.matching(_PARTS)) > _NEARLY_ALL:
        return "Looks like dates that cannot all be read; read as categories. Export dates as 2025-03-01."
    return ""


@dataclass
class Lengths:
    """Means over all cells."""

    characters: float
    words: float


def lengths_of(values: Values) -> Lengths:
    """Mean length of the cells in characters and in words."""
    weights = values.counts / max(values.total, 1)
    characters = pc.utf8_length(values.texts).to_numpy(zero_copy_only=False)
    words = pc.count_substring_regex(values.texts, r"\S+").to_numpy(zero_copy_only=False)
    return Lengths(float((characters * weights).sum()), float((words * weights).sum()))


def _names_rows(name: str, kind: Kind, rows: int) -> bool:
    """Whether whole numbers name rows: all different, in every row, and called so or counted through."""
    values = kind.values
    if values.total != rows or len(values) != rows or rows < _FEWEST_NAMES:
        return False
    numbers = values.numbers()
    counted = numbers.max() - numbers.min() + 1 == rows
    return bool(counted or _is_id_name(name))


def _all_differ(codes: Values) -> bool:
    return len(codes) == codes.total >= _FEWEST_NAMES


def _is_id_name(name: str) -> bool:
    return bool(_ID_NAME.search(name) or _ID_CAMEL.search(name))

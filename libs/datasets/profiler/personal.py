"""Columns that hold personal data: what kind, how certain, and examples in which nobody can be recognised."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

import pyarrow.compute as pc

from . import personal_forms, personal_headers
from .values import Values

_CERTAIN = 0.5
"""Confidence from which a column counts as personal data."""
_SAMPLE = 20_000
_FEW, _SHARED_BY = 20, 10
"""A column `home` or `name` with so few values, each shared by so many rows, says what kind of thing it is."""
_SOME = 0.05
"""Share of the cells with a form from which words below a header are what it names."""
_LOOKED_AT = ("category", "id", "text", "integer")
_INSIDE = {"email": 0.7, "phone": 0.5}
"""Certainty that words with such a thing somewhere in them are personal data."""

_Candidate = tuple[float, str, float, str]
"""Certainty, kind, share of the cells with its form, reason."""


@dataclass
class Finding:
    """What a column seems to hold."""

    kind: str
    confidence: float
    share: float
    """Of the cells whose text has the form."""
    direct: bool
    """Whether it names a person by itself."""
    examples: list[str]
    """Masked."""
    reason: str

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return asdict(self)


def find(name: str, kind: str, values: Values) -> Finding | None:
    """The most certain finding, if there is one."""
    best: _Candidate = (0.0, "", 0.0, "")
    if kind in _LOOKED_AT and len(values):
        header = personal_headers.named(name)
        found = [*_by_form(header, kind, values), *([_by_header(header, kind, values)] if header else ())]
        best = max(found, default=best)
    indirect = personal_headers.indirect(name, kind)
    if indirect and best[0] < _CERTAIN:
        reason = "the header names it; it tells persons apart only with more"
        return Finding(indirect, 0.6, 0.0, False, [], reason)
    certain, what, share, reason = best
    if not what:
        return None
    shown = _masked(what, values)
    return Finding(what, round(certain, 2), round(share, 4), certain >= _CERTAIN, shown, reason)


def marks(texts: Any) -> Any:
    """Which cells hold an e-mail address, phone number or the like somewhere in the text."""
    email, phone = (pc.match_substring_regex(texts, form) for form in personal_forms.INSIDE.values())
    return pc.or_(email, phone)


def _by_form(header: personal_headers.Named | None, kind: str, values: Values) -> Iterator[_Candidate]:
    looked = Values(values.texts.slice(0, _SAMPLE), values.counts[:_SAMPLE])
    for what, share in personal_forms.shares(looked, kind).items():
        named = header is not None and what == header.kind
        certain = min(0.99, 0.55 * (share > 0.5) + 0.3 * named + 0.15 * (share > 0.9))
        if certain:
            words = "the values have its form" + (" and the header names it" if named else "")
            yield certain, what, share, words
    if kind == "integer":
        return
    # One address among a thousand other words would be printed like them: every value is looked at.
    for what, form in personal_forms.INSIDE.items():
        share = values.share(values.matching(form))
        if share > 0:
            yield _INSIDE[what], what, share, "some of the values hold it"


def _by_header(header: personal_headers.Named, kind: str, values: Values) -> _Candidate:
    what = header.kind
    share = personal_forms.share_below_header(what, values, kind)
    if kind == "integer":
        if header.last and share > 0.5:
            return 0.85, what, share, "the header names it and the values may well be it"
        return 0.4, what, 0.0, "the header names it, the values do not look like it"
    if header.bare:
        return _by_bare_name(share, values)
    if share > _SOME and (header.last or what in _INSIDE):
        return 0.85, what, share, "the header names it and values have its form"
    if not header.sure or (what != "name" and not personal_forms.can_be(what, values)):
        return 0.4, what, 0.0, "the header names it, the values do not look like it"
    if what != "name" and _are_shared(values):
        return 0.4, what, 0.0, "the header names it, the few values are shared by many rows"
    return 0.8 if what == "name" else 0.6, what, 0.0, "the header names it"


def _by_bare_name(share: float, values: Values) -> _Candidate:
    """Products and places have names as well; those of persons are many, and without digits or signs."""
    if not personal_forms.can_be("name", values):
        return 0.4, "name", 0.0, "the header is a name, the values do not look like those of persons"
    if _are_shared(values):
        return 0.4, "name", 0.0, "the header is a name, the few values are shared by many rows"
    if share > 0.5:
        return 0.85, "name", share, "the header names it and the values have its form"
    return 0.6, "name", share, "the header names it"


def _are_shared(values: Values) -> bool:
    return len(values) <= _FEW and values.total >= _SHARED_BY * len(values)


def _masked(kind: str, values: Values) -> list[str]:
    shown = []
    for text in values.texts.slice(0, 3).to_pylist():
        found = personal_forms.first_email(text) if kind == "email" else ""
        shown.append(mask(found or text[:24]))
    return shown


def mask(text: str) -> str:
    """The form of a text without its content: letters become x and digits 9."""
    return "".join("9" if c.isdigit() else "x" if c.isalpha() else c for c in text)

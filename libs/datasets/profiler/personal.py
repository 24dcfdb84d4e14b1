"""Columns that hold personal data: what kind, how certain, and examples in which nobody can be recognised."""

import ipaddress
import re
from dataclasses import asdict, dataclass
from typing import Any

import pyarrow.compute as pc

from .values import Values

_EMAIL = r"[A-Za-z0-9._%+\-]+@[A-Za-z0-9\-]+(\.[A-Za-z0-9\-]+)*\.[A-Za-z]{2,}"
_PHONE = r"^\+\d[\d ().\-/]{6,18}\d$|^\(?\d{3}\)?[ .\-]\d{3}[ .\-]\d{4}$|^0\d{2,5}[ /\-]\d{3,}[\d \-]*$"
_PHONE_INSIDE = (
    r"(^|\s)(\+\d{1,3}[ .\-]?\(?\d{2,4}\)?([ .\-]?\d{2,4}){2,4}|\(?\d{3}\)?[.\-]\d{3}[.\-]\d{4})(\s|$|[.,;])"
)
_CARD = r"^[3-6]\d{3}([ \-]?\d{4}){2}[ \-]?\d{1,7}$|^3[47]\d{2}[ \-]?\d{6}[ \-]?\d{5}$"
_SSN = r"^\d{3}-\d{2}-\d{4}$"
_NINO = r"^[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]$"
_IBAN = r"^[A-Z]{2}\d{2}( ?[A-Z0-9]{4}){3,7}( ?[A-Z0-9]{1,3})?$"
_IP = r"^(\d{1,3}\.){3}\d{1,3}$|^[0-9a-fA-F]{0,4}(:[0-9a-fA-F]{0,4}){2,7}$"
_STREET = (
    r"(?i)^\d+[a-z]?\s+[\w.'\- ]+\b(st|street|ave|avenue|rd|road|blvd|lane|ln|drive|dr|way|court|ct|square)\b"
    r"|(?i)\b\w+(straße|strasse|str\.|weg|platz|gasse)\s+\d+"
)
_FULL_NAME = r"^[A-ZÀ-Þ][a-zà-ÿ'’\-]+( [A-ZÀ-Þ]\.)?( [A-ZÀ-Þ][a-zà-ÿ'’\-]+){1,2}$"
_CERTAIN = 0.5
"""Confidence from which a column counts as personal data."""
_SAMPLE = 20_000
_FEW, _SHARED_BY = 20, 10
"""A column `home` or `street` with so few values, each shared by so many rows, says what kind of place it is."""


def _header(words: str) -> re.Pattern[str]:
    return re.compile(rf"(^|[\s_\-./])({words})($|[\s_\-./\d])", re.I)


_HEADERS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("email", _header(r"e[\s_-]?mail(s|[\s_-]?address)?")),
    ("phone", _header(r"(tele)?phone|mobile|cell(ular)?|fax|telefon|handy|(tele)?phone[\s_-]?(number|no)")),
    ("card_number", _header(r"(credit[\s_-]?)?card[\s_-]?(number|no|num)|pan")),
    (
        "national_id",
        _header(
            r"ssn|social[\s_-]?security([\s_-]?(number|no))?|passport([\s_-]?(number|no))?|national[\s_-]?id|nino|tax[\s_-]?id|iban"
        ),
    ),
    ("ip_address", _header(r"ip([\s_-]?addr(ess)?)?")),
    (
        "name",
        _header(
            r"(first|last|middle|full|given|family|maiden|sur|nick)[\s_-]?name|surname|forename|vorname|nachname"
            r"|(customer|client|patient|employee|person|user|contact|student|passenger|driver|owner|applicant)[\s_-]?name"
        ),
    ),
    (
        "address",
        _header(
            r"(street|home|postal|mailing|billing|shipping)[\s_-]?(address|name)?|address([\s_-]?line)?|anschrift"
        ),
    ),
)
_INDIRECT: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("birth_date", _header(r"(date[\s_-]?of[\s_-]?)?birth([\s_-]?(date|day|year))?|dob|geburtsdatum")),
    ("age", _header(r"age")),
    ("gender", _header(r"gender|sex")),
    ("postcode", _header(r"zip([\s_-]?code)?|post(al)?[\s_-]?code|plz")),
    ("position", _header(r"lat(itude)?|lon(g|gitude)?")),
)
"""What tells persons apart only together with more; named in the profile, and not taken for personal data alone."""


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
    spoken = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name)
    named = next((what for what, pattern in _HEADERS if pattern.search(spoken)), "")
    found: list[tuple[float, str, float, str]] = []
    if kind in ("category", "id", "text", "integer") and len(values):
        looked = Values(values.texts.slice(0, _SAMPLE), values.counts[:_SAMPLE])
        for what, share in _forms(looked, kind).items():
            certain = min(0.99, 0.55 * (share > 0.5) + 0.3 * (what == named) + 0.15 * (share > 0.9))
            certain = max(certain, _INSIDE.get(what, 0.0) if share > 0 and kind == "text" else 0.0)
            if certain:
                words = "the values have its form" + (" and the header names it" if what == named else "")
                found.append((certain, what, share, words))
    if named == "address" and len(values) <= _FEW and values.total >= _SHARED_BY * len(values):
        found.append((0.4, named, 0.0, "the header names it, the few values are shared by many rows"))
    elif named in ("name", "address") and kind in ("category", "text", "id"):
        found.append((0.8 if named == "name" else 0.6, named, 0.0, "the header names it"))
    elif (
        named
        and kind in ("category", "text", "id", "integer")
        and not any(what == named for _, what, *_ in found)
    ):
        found.append((0.4, named, 0.0, "the header names it, the values do not look like it"))
    if found:
        certain, what, share, reason = max(found)
        return Finding(
            what, round(certain, 2), round(share, 4), certain >= _CERTAIN, _masked(what, values), reason
        )
    for what, pattern in _INDIRECT:
        if pattern.search(spoken):
            return Finding(
                what, 0.6, 0.0, False, [], "the header names it; it tells persons apart only with more"
            )
    return None


def marks(texts: Any) -> Any:
    """Which cells hold an e-mail address, phone number or the like somewhere in the text."""
    found = pc.match_substring_regex(texts, _EMAIL)
    return pc.or_(found, pc.match_substring_regex(texts, _PHONE_INSIDE))


_INSIDE = {"email": 0.7, "phone": 0.5}
"""Certainty that a free text with such a thing somewhere in it holds personal data."""


def _forms(values: Values, kind: str) -> dict[str, float]:
    if kind == "text":
        shares = {
            "email": values.share(values.matching(_EMAIL)),
            "phone": values.share(values.matching(_PHONE_INSIDE)),
        }
        shares["address"] = values.share(values.matching(_STREET))
        shares["name"] = values.share(values.matching(_FULL_NAME)) if len(values) > 100 else 0.0
        # Titles of films and names of firms look like names of people; a whole column of them does not.
        shares["name"] = shares["name"] if shares["name"] > 0.8 else 0.0
        return {what: share for what, share in shares.items() if share > 0}
    shares = {
        "email": values.share(values.matching(rf"^{_EMAIL}$")),
        "national_id": max(values.share(values.matching(form)) for form in (_SSN, _NINO, _IBAN)),
        "card_number": _card_share(values),
        "ip_address": _ip_share(values),
    }
    if kind != "integer":
        shares["phone"] = values.share(values.matching(_PHONE))
        shares["address"] = values.share(values.matching(_STREET))
    return {what: share for what, share in shares.items() if share > 0}


def _card_share(values: Values) -> float:
    like = values.where(values.matching(_CARD))
    total = sum(
        int(count) for text, count in zip(like.texts.to_pylist(), like.counts, strict=True) if luhn(text)
    )
    return total / max(values.total, 1) if total >= 0.8 * max(like.total, 1) else 0.0


def luhn(text: str) -> bool:
    """Whether the digits of the text keep the check sum of payment cards."""
    digits = [int(character) for character in reversed(text) if character.isdigit()]
    return sum(d if i % 2 == 0 else sum(divmod(2 * d, 10)) for i, d in enumerate(digits)) % 10 == 0


def _ip_share(values: Values) -> float:
    like = values.where(values.matching(_IP))
    total = sum(
        int(count) for text, count in zip(like.texts.to_pylist(), like.counts, strict=True) if _is_ip(text)
    )
    return total / max(values.total, 1)


def _is_ip(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _masked(kind: str, values: Values) -> list[str]:
    shown = []
    for text in values.texts.slice(0, 3).to_pylist():
        found = re.search(_EMAIL, text) if kind == "email" else None
        shown.append(mask(found.group() if found else text[:24]))
    return shown


def mask(text: str) -> str:
    """The form of a text without its content: letters become x and digits 9."""
    return "".join("9" if c.isdigit() else "x" if c.isalpha() else c for c in text)

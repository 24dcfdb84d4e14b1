"""Forms of personal data in texts: what a cell looks like by itself, and below a header that names the kind."""

import ipaddress
import re

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
_LISTED_NAME = (
    r"^[A-Za-zÀ-ÿ'’\- ]+, (Mr|Mrs|Ms|Miss|Mlle|Mme|Master|Dr|Prof|Rev|Sir|Lady|Herr|Frau)\b\.?( |$)"
)
INSIDE = {"email": _EMAIL, "phone": _PHONE_INSIDE}
"""What is personal data wherever it stands in a text."""
_BELOW_HEADER = {
    "email": "@",
    "phone": r"^\(?\+?\(?\d([ ().\-/]*\d){6,14}( ?(x|ext\.?) ?\d{1,6})?(\.0*)?$",
    "card_number": r"^[\dXx*]{4}([ \-]?[\dXx*]{2,6}){2,4}$",
    "national_id": r"^[A-Za-z]{0,6}[ \-./]?\d([ \-./]?[A-Za-z0-9]){4,32}$",
    "ip_address": _IP,
    "name": rf"{_FULL_NAME}|{_LISTED_NAME}",
    "address": _STREET,
}
_WHOLE_NUMBER_BELOW_HEADER = {
    "phone": r"^\d{8,15}(\.0*)?$",
    "card_number": r"^\d{12,19}(\.0*)?$",
    "national_id": r"^\d{8,14}(\.0*)?$",
    "ip_address": r"^\d{8,10}(\.0*)?$",
}
"""Spreadsheets write phone numbers without separators."""
_NOT_OF_A_PERSON = r"[\d%&+/@#:!?*=<>]"
_SOME_DIGITS = r"(\d\D*){4}"
_SEVERAL = 0.05


def shares(values: Values, kind: str) -> dict[str, float]:
    """Share of the cells that have a form of personal data, by its kind; only what occurs."""
    found = _in_texts(values) if kind == "text" else _in_words(values, kind)
    return {what: share for what, share in found.items() if share > 0}


def share_below_header(what: str, values: Values, kind: str) -> float:
    """Share of the cells that may well be what the header names."""
    forms = _WHOLE_NUMBER_BELOW_HEADER if kind == "integer" else _BELOW_HEADER
    return values.share(values.matching(forms[what])) if what in forms else 0.0


def can_be(what: str, values: Values) -> bool:
    """Whether nothing in the values speaks against what the header names; they may be hashed or misspelt."""
    if what == "name":
        return values.share(values.matching(_NOT_OF_A_PERSON)) <= _SEVERAL
    if what in ("email", "address"):
        return values.share(values.matching(r"[A-Za-zÀ-ÿ]")) > 0.5
    return values.share(values.matching(_SOME_DIGITS)) > 0.5


def first_email(text: str) -> str:
    """The first e-mail address in the text, or an empty string."""
    found = re.search(_EMAIL, text)
    return found.group() if found else ""


def _in_texts(values: Values) -> dict[str, float]:
    full = values.share(values.matching(_FULL_NAME)) if len(values) > 100 else 0.0
    # Titles of films and names of firms look like names of people; a whole column of them does not.
    return {
        "address": values.share(values.matching(_STREET)),
        "name": full if full > 0.8 else values.share(values.matching(_LISTED_NAME)),
    }


def _in_words(values: Values, kind: str) -> dict[str, float]:
    found = {
        "email": values.share(values.matching(rf"^{_EMAIL}$")),
        "national_id": max(values.share(values.matching(form)) for form in (_SSN, _NINO, _IBAN)),
        "card_number": _card_share(values),
        "ip_address": _ip_share(values),
    }
    if kind != "integer":
        found["phone"] = values.share(values.matching(_PHONE))
        found["address"] = values.share(values.matching(_STREET))
        found["name"] = values.share(values.matching(_LISTED_NAME))
    return found


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

"""What the header of a column says about persons."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Named:
    """The kind of personal data that a header names."""

    kind: str
    last: bool
    """Whether the header ends with it: `home_phone` holds phone numbers, `phone_service` tells of something else."""
    sure: bool
    """Whether that leaves no doubt; `cell` and `pan` have other meanings."""
    bare: bool = False
    """Whether it is `name` alone, which things have as well."""


@dataclass(frozen=True)
class _Words:
    kind: str
    last: str
    """Leave no doubt at the end of a header."""
    doubtful: str = ""
    """Have other meanings as well."""
    anywhere: str = ""
    """Leave no doubt wherever they stand."""


_PERSONS_NAME = (
    r"(first|last|middle|full|given|family|maiden|sur|nick)[\s_-]?names?|surname|forename|vorname|nachname"
    r"|(applicant|borrower|candidate|card[\s_-]?holder|client|contact|customer|doctor|donor|driver|employee|guest|member"
    r"|owner|passenger|patient|person|player|staff|student|subscriber|teacher|user)[\s_-]?names?"
)
_WORDS = (
    _Words("email", r"e[\s_-]?mails?([\s_-]?address(es)?)?"),
    _Words(
        "phone",
        r"(tele|mobile|cell(ular)?|home|work|office)?[\s_-]?phones?|telefon|fax|tel|msisdn|whatsapp",
        doubtful=r"mobile|cell(ular)?|handy",
    ),
    _Words("card_number", r"(credit|debit)[\s_-]?card|card[\s_-]?(number|no|num)", doubtful="pan"),
    _Words(
        "national_id",
        r"ssn|social[\s_-]?security|passport|national[\s_-]?(id|insurance)|nino|iban|steuer[\s_-]?(id|nummer)"
        r"|tax([\s_-]?payer)?[\s_-]?(id|number|no|nr)|driv(er|ing)('?s)?[\s_-]?licen[cs]e|identity[\s_-]?card",
        doubtful="tin",
    ),
    _Words("ip_address", r"ip([\s_-]?addr(ess)?)?"),
    _Words("name", _PERSONS_NAME, anywhere=_PERSONS_NAME),
    _Words(
        "address",
        r"(street|home|postal|mailing|billing|shipping)[\s_-]?(address|name)?",
        anywhere="address|anschrift",
    ),
)
_TAIL = (
    r"([\s_\-./]*(number|num|no|nr|id|addr(ess)?|hash(ed)?|masked|raw|value|work|home|office|private|personal|business"
    r"|primary|main|old|new))?[\W\d_]*$"
)
"""What may follow without changing what the values are."""
_BARE_NAME = re.compile(r"[\W_]*names?[\W_\d]*", re.I)


def _header(words: str, after: str = "") -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W\d_])({words})(?![^\W\d_]){after}", re.I)


def _any_of(*words: str) -> str:
    return "|".join(filter(None, words))


_PATTERNS = tuple(
    (
        each.kind,
        _header(_any_of(each.last, each.doubtful, each.anywhere)),
        _header(_any_of(each.last, each.doubtful, each.anywhere), _TAIL),
        _header(each.last, _TAIL),
        _header(each.anywhere or "(?!)"),
    )
    for each in _WORDS
)
_INDIRECT = (
    (
        "birth_date",
        _header(
            r"(date|day|month|year)[\s_-]?of[\s_-]?birth|birth[\s_-]?(date|day|month|year)|birth[\W_]*$|dob|yob|born"
            r"|geburts(datum|tag|jahr)"
        ),
    ),
    ("age", _header("age")),
    ("gender", _header("gender|sex")),
    ("postcode", _header(r"zip([\s_-]?code)?|post(al)?[\s_-]?code|plz")),
    ("position", _header(r"lat(itude)?|lon(g|gitude)?")),
)
_OF_THINGS = _header(
    r"(account|building|car|card|company|contract|device|home|hous(e|ing)|loan|machine|order|policy|property|vehicle)"
    r"[\s_-]([a-z]+[\s_-])?age"
)
"""The age of a house or an account tells no person apart."""


def named(header: str) -> Named | None:
    """What tells who a person is and is named by the header, if anything is."""
    spoken = _spoken(header)
    if _BARE_NAME.fullmatch(spoken):
        return Named("name", last=True, sure=True, bare=True)
    for kind, mentioned, last, surely_last, anywhere in _PATTERNS:
        if mentioned.search(spoken):
            sure = surely_last.search(spoken) or anywhere.search(spoken)
            return Named(kind, last=last.search(spoken) is not None, sure=sure is not None)
    return None


def indirect(header: str, kind: str) -> str:
    """What tells persons apart only together with more and is named by the header; empty for anything else."""
    spoken = _spoken(header)
    if _OF_THINGS.search(spoken):
        return ""
    found = next((what for what, pattern in _INDIRECT if pattern.search(spoken)), "")
    # `long` and `lat` are other words in front of texts.
    return "" if found == "position" and kind not in ("number", "integer") else found


def _spoken(header: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", header)

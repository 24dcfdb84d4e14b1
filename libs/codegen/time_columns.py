"""Which column of an uploaded table says when a row happened, so that rows can be split by time."""

import re
from collections.abc import Sequence

from libs.datasets.models import ColumnProfile


def _words(*words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W\d_])({'|'.join(words)})(?![^\W\d_])", re.I)


_OF_THE_SUBJECT = _words(
    r"(date|day|month|year)[\s_-]?of[\s_-]?(birth|death)", "birth", "born", "dob", "death", "died", "deceased",
    r"sign(ed)?[\s_-]?up", r"join(ed|ing)?", r"hir(e|ed|ing)", r"regist(ered|ration)", r"enrol(l?ed|l?ment)?", "since",
    "first", "last",
)  # fmt: skip
"""Dates in the life of whom a row is about: the newest of them are the youngest people or the newest customers."""
_TO_COME = _words(
    r"expir(y|es|ed|ation|ing)", "due", "until", r"(valid|effective)[\s_-]?(to|thru|through|till)", "deadline",
    "maturity", r"renew(al|s|ed)?", "next", "planned", "scheduled", "expected", "estimated", "eta", r"end(s|ed|ing)?",
)  # fmt: skip
"""Dates that lie ahead when a row is written."""
_HAPPENED = _words(
    r"date[\s_-]?time", r"time[\s_-]?stamp", "ts", "when", r"as[\s_-]?of", "snapshot", "created", "event", "occurred",
    "observed", "recorded", "measured", "logged", "reported", "transaction", r"order(ed)?", r"purchased?", "invoice",
    "visit",
)  # fmt: skip
_ALONE = re.compile(r"[\W_]*(date|time|day|week|month)[\W_]*", re.I)


def time_column(features: Sequence[ColumnProfile]) -> str:
    """The column of dates that says when a row happened; empty where none can be meant.

    Every row has a value in it. One whose name says so comes before others, and the first before later ones.
    """
    dates = [c for c in features if c.kind == "datetime" and not c.missing and c.distinct > 1 and _may_be(c)]
    chosen = next((column for column in dates if _says_so(column)), dates[0] if dates else None)
    return chosen.name if chosen else ""


def _may_be(column: ColumnProfile) -> bool:
    name = _spoken(column.name)
    of_birth = column.personal is not None and column.personal.kind == "birth_date"
    return not (of_birth or _OF_THE_SUBJECT.search(name) or _TO_COME.search(name))


def _says_so(column: ColumnProfile) -> bool:
    name = _spoken(column.name)
    return _ALONE.fullmatch(name) is not None or _HAPPENED.search(name) is not None


def _spoken(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name)

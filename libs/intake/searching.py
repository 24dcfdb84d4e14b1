"""Remembers which words a statement holds, because many figures of one statement ask the same."""

import re
from functools import lru_cache
from typing import Any, cast

_GROUP = re.compile(r"\((?:[^()\\]|\\.)*\)")
_IN_BRACKETS = re.compile(r"\[(?:[^\]\\]|\\.)*\]")
_ALTERNATIVE = re.compile(r"[^|]+")
_LETTERS = re.compile(r"[a-z0-9 /&'-]+")
_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "split", "pattern")
_MAY_BE_LEFT_OUT = ("?", "*", "{")


@lru_cache(maxsize=2048)
def says(pattern: re.Pattern[str], text: str) -> bool:
    """Whether the pattern is found in the text."""
    return pattern.search(text) is not None


def beginnings(words: str) -> tuple[str, ...]:
    """The letters that each of several alternatives begins with; nothing when one begins with an expression.

    Looking for them is far quicker than the expression, which most texts do not match anywhere.
    """
    found: set[str] = set()
    for each in _ALTERNATIVE.findall(_IN_BRACKETS.sub("(", _innermost_gone(words))):
        letters = _LETTERS.match(each)
        start = letters.group() if letters else ""
        if letters and each[letters.end() : letters.end() + 1] in _MAY_BE_LEFT_OUT:
            start = start[:-1]
        if not start:
            return ()
        found.add(start)
    return tuple(found)


def _innermost_gone(words: str) -> str:
    """The words with every group reduced to an opening bracket, so that only outer `|` are left."""
    while True:
        shorter = _GROUP.sub("\0", words)
        if shorter == words:
            return words.replace("\0", "(")
        words = shorter


class _AtFirstUse:
    """An expression that is compiled when it is first asked something; a process that reads no brief pays nothing."""

    def __init__(self, source: str, flags: int) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self._source, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def expression(source: str, flags: int = 0) -> re.Pattern[str]:
    """A regular expression that is compiled at its first use."""
    return cast("re.Pattern[str]", _AtFirstUse(source, flags))

"""Words and lengths of texts."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

from .sentences import sentences

_IDEOGRAPHS = (
    "\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
"""Letters of Chinese and Japanese."""
_UNSPACED = f"{_IDEOGRAPHS}\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ece\u1000-\u1049\u1780-\u17d3"
"""Letters of scripts without blanks between words: those, Thai, Lao, Burmese and Khmer."""
_SYLLABLES = "\uac00-\ud7a3"
"""Of Korean: it has blanks, but models read its words in pieces."""
_WORD = re.compile(rf"[{_UNSPACED}]+|[^\W{_UNSPACED}]+")
_PAIRED = re.compile(rf"[{_UNSPACED}]")
_DENSE = re.compile(rf"[{_UNSPACED}{_SYLLABLES}]")
_BEFORE = re.compile(rf"[{_IDEOGRAPHS}、，；：。！？｡」』）】》]\Z")
_BEHIND = re.compile(rf"[{_IDEOGRAPHS}「『（【《]")
_TOKENS_WORD = 1.4
"""Tokens a word: an estimate for European languages, on the safe side for English."""
_CHARACTERS_TOKEN = 6
"""A long run without spaces is counted by its characters, and a script without spaces by each of them."""


_FILLER_TEXT = """
    a about all also am an and any are as at be been before being but by can could did do does doing each for from
    get give had has have having he hello her hi him his how i if in into is it its just kindly know let like may me
    might more most must my need no not of on one or our out over please s shall she should so some such t tell than
    thank thanks that the their them then there these they thi this those to too until up us want wa was we were what
    when where which who whom whose why will with would you your
    """
FILLERS = frozenset(_FILLER_TEXT.split())
"""Words that say nothing about what a question is about, in the form that `words` gives them."""


def words(text: str) -> list[str]:
    """Lower-case words without accents and without a plural s, in their order.

    Where no blanks part words, pairs of characters stand for them: 退款期限 gives 退款, 款期 and 期限.
    """
    plain = unicodedata.normalize("NFKD", text).casefold()
    kept = "".join(c for c in plain if not unicodedata.combining(c))
    return [word for found in _WORD.findall(kept) for word in _parts(found)]


def names(text: str) -> list[str]:
    """Words that look like names: with a digit, or with a capital that no beginning of a sentence explains.

    Text in capitals throughout, or in none, has no names that could be told.
    """
    if text.upper() == text:
        return []
    marked: list[str] = []
    for sentence in sentences(text):
        for place, word in enumerate(_WORD.findall(sentence)):
            capital = place > 0 and word[0].isupper() and len(word) > 1
            if capital or any(c.isdigit() for c in word):
                marked.append(word)
    return [word for word in words(" ".join(marked)) if word not in FILLERS]


def token_count(text: str) -> int:
    """About how many tokens a language model reads; never 0 for a text that is not empty."""
    by_words = sum(_tokens(word) for word in _WORD.findall(text))
    return max(1, math.ceil(by_words)) if text.strip() else 0


def joined(parts: Sequence[str]) -> str:
    """The parts as one text: with blanks between them, except between parts in Chinese or Japanese."""
    dense = (bool(_BEFORE.search(one[-1:]) and _BEHIND.match(next_one)) for one, next_one in pairwise(parts))
    blanks = ["" if each else " " for each in dense]
    return "".join(f"{blank}{part}" for blank, part in zip(["", *blanks], parts, strict=False))


def _parts(found: str) -> Iterator[str]:
    if not _PAIRED.match(found):
        yield _stem(found)
    elif len(found) == 1:
        yield found
    else:
        yield from (found[place : place + 2] for place in range(len(found) - 1))


def _tokens(word: str) -> float:
    dense = len(_DENSE.findall(word))
    return max(_TOKENS_WORD, len(word) / _CHARACTERS_TOKEN) if not dense else float(len(word))


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word

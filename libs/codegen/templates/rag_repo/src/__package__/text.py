"""Words, sentences and lengths of texts."""

from __future__ import annotations

import math
import re
import unicodedata

_WORD = re.compile(r"\w+", re.UNICODE)
_SENTENCE_END = re.compile(r"(?<=[.!?。！？])[\"')\]»”]*\s+(?=\S)")
_TOKENS_WORD = 1.4
"""Tokens a word: an estimate for European languages, on the safe side for English."""
_CHARACTERS_TOKEN = 6
"""A long run without spaces is counted by its characters."""


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
    """Lower-case words without accents and without a plural s, in their order."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    kept = "".join(c for c in plain if not unicodedata.combining(c))
    return [_stem(word) for word in _WORD.findall(kept)]


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


def sentences(text: str) -> list[str]:
    """The sentences, each as it stands in the text."""
    lines = (line.strip() for line in text.splitlines())
    found = (part.strip() for line in lines if line for part in _SENTENCE_END.split(line))
    return [sentence for sentence in found if sentence]


def token_count(text: str) -> int:
    """About how many tokens a language model reads; never 0 for a text that is not empty."""
    by_words = sum(max(_TOKENS_WORD, len(word) / _CHARACTERS_TOKEN) for word in _WORD.findall(text))
    return max(1, math.ceil(by_words)) if text.strip() else 0


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word

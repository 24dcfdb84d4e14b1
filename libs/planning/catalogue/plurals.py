"""What is counted agrees with a one: `1 gateway x 730 h`, though the text is written for several."""

import re

_NO_NOUN = (
    r"(?:a|an|and|are|at|billion|each|for|from|h|in|is|less|ms|of|on|or|s|series|than|that|the|to|with|x)\b"
)
_COUNTED = re.compile(rf"\A((?: (?!{_NO_NOUN})(?:GPU|vCPU|[a-z-]+))*?) (?!{_NO_NOUN})([a-z-]+s|people)\b")
"""The first plural after a number, unless a preposition, a verb or a unit comes before it."""


def after_one(words: str) -> str:
    """The words that follow a 1, with the plural that it counts as a singular.

    Args:
        words: as they follow a larger number, with the blank before them.
    """
    return _COUNTED.sub(_singular, words)


def _singular(counted: re.Match[str]) -> str:
    between, noun = counted.groups()
    if noun == "people":
        return f"{between} person"
    if noun.endswith("ies"):
        return f"{between} {noun[:-3]}y"
    return f"{between} {noun.removesuffix('es' if noun.endswith(('sses', 'xes', 'ches')) else 's')}"

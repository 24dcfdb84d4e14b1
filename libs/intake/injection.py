"""Instructions to the system inside a brief: they are data, noted and never obeyed."""

import re
from dataclasses import dataclass
from itertools import pairwise

_ADDRESSED = re.compile(
    r"\b(?:ignore|disregard|forget|override|overrule)\b[^.\n]{0,40}\b(?:instructions?|prompts?|rules|guidelines|"
    r"requirements above|everything above|the above)"
    r"|\bnote to (?:the |any )?(?:ai|llm|assistant|model|planning system|planner|system|agent|bot)\b"
    r"|\b(?:system|developer) (?:prompt|message)\s*:"
    r"|^[ ]*(?:system|assistant)\s*:"
    r"|\byou are (?:now |no longer )(?:an? |the |in )"
    r"|\b(?:reply|respond|answer|output) (?:only|exclusively|just) with\b\W{0,3}[{\"'<\[]"
    r"|\bdo not (?:mention|reveal|disclose|tell)\b[^.\n]{0,30}\b(?:note|instruction|message|prompt|text)"
    r"|\bignorier\w*\b[^.\n]{0,40}\b(?:anweisung|vorgabe|regel)\w*"
    r"|\bignor\w*\b[^.\n]{0,40}\b(?:instrucci|instruction|consigne)\w*",
    re.MULTILINE,
)
_STEERING = re.compile(
    r"\b(?:skip|bypass|disable|avoid|suppress)\b[^.\n]{0,40}\b(?:approvals?|gates?|reviews?|checks?|policy|policies|validation)\b"
    r"|\bwithout (?:any |human |further )*(?:approval|review)\b"
    r"|\b(?:approve|accept) (?:this|it|the plan|everything|yourself|automatically)\b[^.\n]{0,40}"
    r"\b(?:automatically|yourself|without|immediately|now)\b"
    r"|\bmark\b[^.\n]{0,40}\bas (?:approved|passed|compliant)\b"
    r"|\b[a-z]{2,}(?:_[a-z0-9]+)+\s*=\s*\S+"
    r"|\"approved\"\s*:\s*true|\b(?:curl|wget)\b[^\n|]{0,200}\|\s*(?:ba|z)?sh\b"
)
_RULER = re.compile(r"^[ ]*(?:-{4,}|={4,}|\*{4,}|_{4,}|'{3,}|~{3,})[^\n]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Foreign:
    """A stretch of folded text that speaks to the system instead of describing a need."""

    start: int
    end: int


def foreign_stretches(
    text: str, statements: list[tuple[int, int]], paragraphs: list[tuple[int, int]]
) -> list[Foreign]:
    """What is to be left unread, in order, without overlaps."""
    blocks = _ruled_blocks(text)
    addressed = [_reach(*match.span(), statements, paragraphs, blocks) for match in _ADDRESSED.finditer(text)]
    steering = [_within(*match.span(), statements) for match in _STEERING.finditer(text)]
    return _joined(addressed + steering)


def _ruled_blocks(text: str) -> list[tuple[int, int]]:
    rulers = [match.span() for match in _RULER.finditer(text)]
    return [(first[0], second[1]) for first, second in pairwise(rulers)]


def _reach(
    start: int,
    end: int,
    statements: list[tuple[int, int]],
    paragraphs: list[tuple[int, int]],
    blocks: list[tuple[int, int]],
) -> Foreign:
    for block in blocks:
        if block[0] <= start < block[1]:
            return Foreign(*block)
    own = _within(start, end, statements)
    for first, last in paragraphs:
        # A paragraph that opens by addressing the system has no other purpose.
        if first <= start < last and own.start <= first + 2 and len(paragraphs) > 1:
            return Foreign(first, last)
    return own


def _within(start: int, end: int, statements: list[tuple[int, int]]) -> Foreign:
    touched = [span for span in statements if span[0] < end and span[1] > start]
    if not touched:
        return Foreign(start, end)
    return Foreign(touched[0][0], touched[-1][1])


def _joined(found: list[Foreign]) -> list[Foreign]:
    joined: list[Foreign] = []
    for item in sorted(found, key=lambda each: (each.start, each.end)):
        if joined and item.start <= joined[-1].end:
            joined[-1] = Foreign(joined[-1].start, max(joined[-1].end, item.end))
        else:
            joined.append(item)
    return joined

"""Self-correction: when a writer takes a figure back, the last one counts and nothing contradicts."""

import re
from typing import TypeVar

from libs.intake.brief import Brief
from libs.intake.candidates import Candidate
from libs.intake.numbers import Number

_TAKEN_BACK = re.compile(
    r"\bno,|\bno (?=\d)|\bno (?:wait|sorry|make|hang|actually)\b|\bmake (?:that|it)\b|"
    r"\bsorry\b|\bscratch\b|\bactually\b|\bi mean\b|"
    r"\bcorrection\b|\bcorrected\b|\bhang on\b|\bhold on\b|\bwait\b|\bor rather\b|"
    r"\brather\b,?|\bstrike that\b|\bmy mistake\b|\boops\b|"
    r"\bedit:|\bupdate:|\bsigned off\b|\bnow it'?s\b|\bit'?s \w+ (?:now|since)\b|\bchanged "
    r"(?:that|it|to)\b|\bnein\b|\bquatsch\b|"
    r"\bkorrektur\b|\bkorrigiere\b|\bbesser gesagt\b|\bvielmehr\b|\bich meine\b|\bmoment\b|"
    r"\bmejor dicho\b|\bperdon\b|\bquiero decir\b|"
    r"\bcorrijo\b|\bno, espera\b|\bplutot\b|\bpardon\b|\bje veux dire\b|\bnon,|\bdesole\b"
)
_CONFIRMED = re.compile(r"\byes,|\bso,?\s|\bcount\s")
_BARE_END = re.compile(
    r"\s*(?:[.,;:!?)\n]|$|-\s|please\b|then\b|now\b|with\b|they\b|and (?:not|no)\b|instead\b|"
    r"is\b|at most\b|max\b|tops\b)"
)
_REACH = 170

C = TypeVar("C", bound=Candidate)


def standing(brief: Brief, candidates: list[C]) -> list[C]:
    """What is left when every value that was taken back for a later one is gone."""
    ordered = sorted(candidates, key=lambda each: each.start)
    for place in range(len(ordered) - 1, 0, -1):
        between = brief.text[ordered[place - 1].end : ordered[place].start]
        if len(between) <= _REACH and _TAKEN_BACK.search(between) and "\n\n" not in between:
            return [each for each in ordered[place:] if each.start >= ordered[place].start]
    return ordered


def restated(brief: Brief, end: int, same_unit: str, *, confirmed: bool = False) -> Number | None:
    """The bare number that replaces the value ending here: `200 ms, no, make that 150`."""
    window = brief.text[end : end + _REACH]
    cue = _TAKEN_BACK.search(window) or (_CONFIRMED.search(window) if confirmed else None)
    if cue is None:
        return None
    after = re.compile(rf"\s*(?:{same_unit})")
    for number in brief.numbers_from(end):
        if number.start < end + cue.end() - 1 or number.start > end + _REACH:
            continue
        if _BARE_END.match(brief.text, number.end) and not after.match(brief.text, number.end):
            return number
        return None
    return None

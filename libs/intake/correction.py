"""Self-correction: when a writer takes a figure back, the last one counts and nothing contradicts."""

import re
from typing import TypeVar

from libs.intake import roles
from libs.intake.brief import Brief
from libs.intake.candidates import Candidate
from libs.intake.numbers import Number
from libs.intake.vocabulary import cues

_TAKEN_BACK = re.compile(rf"\b(?:{cues.words('correction.taken_back')})(?![a-z])")
_CONFIRMED = re.compile(r"\byes,|\bso,?\s|\bcount\s")
_BARE_END = re.compile(
    r"\s*(?:[.,;:!?)\n]|$|-\s|please\b|then\b|now\b|with\b|they\b|and (?:not|no)\b|instead\b|"
    r"is\b|at most\b|max\b|tops\b|[+]|\bvamos\b|anyway\b|or so\b|say\b)"
)
_REACH = 170
_FAR = 330
_CLOCK = re.compile(r"\b(?:at|um|a las|a la|till|until|by|since|before|after) $")
_AGREED_BEFORE = re.compile(rf"(?<![a-z])(?:{cues.words('correction.agreed_before')})\s*[~$€£]?\s*$")
_AGREED_AFTER = re.compile(rf"\s*(?:{cues.words('correction.agreed_after')})(?![a-z])")

C = TypeVar("C", bound=Candidate)


def standing(brief: Brief, candidates: list[C]) -> list[C]:
    """What is left when every value that was taken back for a later one is gone."""
    ordered = _wished(brief, sorted(candidates, key=lambda each: each.start))
    for place in range(len(ordered) - 1, 0, -1):
        between = brief.text[ordered[place - 1].end : ordered[place].start]
        if len(between) <= _REACH and _TAKEN_BACK.search(between) and "\n\n" not in between:
            return [each for each in ordered[place:] if each.start >= ordered[place].start]
    return ordered


def _wished(brief: Brief, candidates: list[C]) -> list[C]:
    """Without what was turned down, stands in a quoted mail that was answered, or is for a test system."""
    left = [each for each in candidates if not roles.is_turned_down(brief, each.start, each.end)]
    if len(left) < 2:
        return left
    depths = [roles.distance_from_writer(brief, each.start) for each in left]
    left = [each for each, depth in zip(left, depths, strict=True) if depth == min(depths)]
    main = [each for each in left if not roles.is_minor_system(brief, each.start)]
    return main or left


def agreed(brief: Brief, end: int, other_unit: str) -> Number | None:
    """A bare number that a later remark settles on: `let's put 5`, `con 250 vamos sobrados`."""
    limit = brief.text.find("\n\n", end, end + _FAR)
    limit = end + _FAR if limit < 0 else limit
    unit = re.compile(rf"\s*(?:{other_unit})")
    last: Number | None = None
    for number in brief.numbers_from(end):
        if number.start >= limit:
            break
        settled = _AGREED_BEFORE.search(brief.before(number.start, 30)) or _AGREED_AFTER.match(
            brief.after(number.end, 30)
        )
        if unit.match(brief.text, number.end):
            break
        if not (_BARE_END.match(brief.text, number.end) or _AGREED_AFTER.match(brief.after(number.end, 30))):
            continue
        if settled and not roles.is_turned_down(brief, number.start, number.end):
            last = number
    return last


def restated(brief: Brief, end: int, same_unit: str, *, confirmed: bool = False) -> Number | None:
    """The bare number that replaces the value ending here: `200 ms, no, make that 150`."""
    window = brief.text[end : end + _REACH]
    window = window.split("\n\n")[0]
    cue = _TAKEN_BACK.search(window) or (_CONFIRMED.search(window) if confirmed else None)
    if cue is None:
        return None
    after = re.compile(rf"\s*(?:{same_unit})")
    for number in brief.numbers_from(end):
        if _CLOCK.search(brief.before(number.start, 12)):
            continue
        # A figure between the value and the words that take something back is what they take back.
        if number.start < end + cue.end() - 1 and confirmed:
            continue
        if number.start < end + cue.end() - 1 or number.start > end + _REACH:
            return None
        if _BARE_END.match(brief.text, number.end) and not after.match(brief.text, number.end):
            return number
        return None
    return None

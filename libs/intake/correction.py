"""Self-correction: when a writer takes a figure back, the last one counts and nothing contradicts."""

import re
from typing import TypeVar

from libs.intake import amendments, roles
from libs.intake.brief import Brief
from libs.intake.candidates import Candidate
from libs.intake.numbers import Number
from libs.intake.searching import expression
from libs.intake.vocabulary import cues

_TAKEN_BACK = expression(rf"\b(?:{cues.words('correction.taken_back')})(?![a-z])")
_STARRED = expression(r"(?<=[\s(:])\*(?=[$€£~]?\d)")
_CONFIRMED = expression(r"\byes,|\bso,?\s|\bcount\s")
_BARE_END = expression(
    r"\s*(?:[.,;:!?)\n]|$|-\s|please\b|then\b|now\b|with\b|they\b|and (?:not|no)\b|instead\b|"
    r"is\b|at most\b|max\b|tops\b|[+]|\bvamos\b|anyway\b|or so\b|say\b)"
)
_PAST = expression(rf"(?<![a-z])(?:{cues.words('correction.past')})(?![a-z])")
_NEW = expression(rf"(?<![a-z])(?:{cues.words('correction.new')})\s*[~$€£<]?\s*(?:[a-z]+ ){{0,2}}$")
"""The words right before a later figure: `had said 500 ms, now it is 350 ms`."""
_BY_NOW = expression(
    r"\b(?:now(?:adays)?|meanwhile|in the meantime|these days|from now on|finally|in the end|"
    r"since (?:this|last|then|the)"
    r"(?: \w+)?|inzwischen|mittlerweile|neuerdings|ab jetzt|seit \w+|am ende|desormais|entre-temps|depuis|finalement|"
    r"ahora|desde (?:entonces|este|esta|que)|al final|ormai|adesso|alla fine|inmiddels|voortaan|agora|afinal)\b"
    r"[^.;\n]{0,40}$"
)
_SETTLED_BEFORE = expression(
    r"\b(?:fine|ok|okay|alright|all right|deal|agreed|gut|einverstanden|d'accord|vale|va bene|"
    r"goed),? (?:so |then |dann |alors )?"
    r"[~$€£]?$"
)
_SETTLED_AFTER = expression(
    r"(?:\s*[a-z]+){0,3}?\W{1,3}(?:final\b|(?:and )?that'?s (?:it|final)|full stop|basta\b|punkt\b|"
    r"point final|y punto)|\s*then\b[^a-z]"
)
"""`fine, 300 ms then`, `2k dollars a month, final`."""
_REACH = 170
_FAR = 330
_CLOCK = expression(r"\b(?:at|um|a las|a la|till|until|by|since|before|after) $")
_AGREED_BEFORE = expression(rf"(?<![a-z])(?:{cues.words('correction.agreed_before')})\s*[~$€£]?\s*$")
_AGREED_AFTER = expression(rf"\s*(?:{cues.words('correction.agreed_after')})(?![a-z])")

_LIMIT_BEFORE = expression(rf"(?<![a-z])(?:{cues.words('correction.limit')})\s*[~$€£]?\s*$")
_LIMIT_AFTER = expression(rf",?\s*(?:{cues.words('correction.limit_after')})(?![a-z])")
_CONTINUED_END = expression(r"\s*(?:[.,;)!\n]|$|with\b|for\b|from\b|in future|mit\b|ab\b|avec\b|con\b)")

C = TypeVar("C", bound=Candidate)


def standing(brief: Brief, candidates: list[C]) -> list[C]:
    """What is left when every value that was taken back for a later one is gone."""
    ordered = _newest(brief, _wished(brief, sorted(candidates, key=lambda each: each.start)))
    for place in range(len(ordered) - 1, 0, -1):
        if _replaces(brief, ordered[place], ordered[place - 1]):
            return [each for each in ordered[place:] if each.start >= ordered[place].start]
    return ordered


def _replaces(brief: Brief, later: Candidate, earlier: Candidate) -> bool:
    if amendments.is_starred(brief, later.start, later.end):
        return True
    between = brief.text[earlier.end : later.start]
    if len(between) > _REACH or "\n\n" in between:
        return False
    if _TAKEN_BACK.search(between) or amendments.follows_arrow(brief, earlier.end, later.start):
        return True
    if _SETTLED_BEFORE.search(between) or _SETTLED_AFTER.match(brief.text, later.end, later.end + 30):
        return True
    return bool(_NEW.search(between)) and bool(_PAST.search(brief.before(earlier.start, 45) + between))


def _newest(brief: Brief, candidates: list[C]) -> list[C]:
    """What stands below the last postscript or update that says something about the matter."""
    depths = [amendments.depth(brief, each.start) for each in candidates]
    return [each for each, depth in zip(candidates, depths, strict=True) if depth == max(depths)]


def _wished(brief: Brief, candidates: list[C]) -> list[C]:
    """Without what was turned down, stands in a quoted mail that was answered, or is for a test system."""
    left = [each for each in candidates if not _is_given_up(brief, each)]
    # `statt 120 ms gelten 80 ms` gives up the 120 ms of an earlier page as well.
    given_up = {each.value for each in candidates if _is_given_up(brief, each)}
    left = [each for each in left if each.value not in given_up] or left
    if len(left) < 2:
        return left
    depths = [roles.distance_from_writer(brief, each.start) for each in left]
    left = [each for each, depth in zip(left, depths, strict=True) if depth == min(depths)]
    main = [each for each in left if not roles.is_minor_system(brief, each.start)]
    return main or left


def _is_given_up(brief: Brief, candidate: Candidate) -> bool:
    return roles.is_turned_down(brief, candidate.start, candidate.end) or amendments.is_struck_out(
        brief, candidate.start, candidate.end
    )


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


def is_settled(brief: Brief, number: Number) -> bool:
    """Whether the words before take this very figure: `let's put 900 usd`."""
    return bool(_AGREED_BEFORE.search(brief.before(number.start, 30)))


def continued(brief: Brief, end: int, other_unit: str) -> Number | None:
    """A bare figure nearby that goes on in the same unit: `1,500 a month, 2,000 at the very most`."""
    statement = brief.statement_at(end - 1)
    unit = re.compile(rf"\s*(?:{other_unit})")
    for number in brief.numbers_from(end):
        following = brief.previous(brief.statement_at(number.start)) == statement
        if (number.start >= statement.end and not following) or number.start > end + _REACH:
            return None
        if unit.match(brief.text, number.end) or _CLOCK.search(brief.before(number.start, 12)):
            continue
        limited = _LIMIT_BEFORE.search(brief.before(number.start, 40)) or _NEW.search(
            brief.text[max(end, number.start - 40) : number.start]
        )
        if _LIMIT_AFTER.match(brief.text, number.end) or (
            limited and _CONTINUED_END.match(brief.text, number.end)
        ):
            return number
    return None


def _first(*found: re.Match[str] | None) -> re.Match[str] | None:
    return min((each for each in found if each), key=lambda each: each.start(), default=None)


def is_the_present_state(brief: Brief, start: int) -> bool:
    """Whether a value is told as what holds by now, after another one: `since this winter it's every night`."""
    return bool(_BY_NOW.search(brief.before(start, 60)))


def restated(brief: Brief, end: int, same_unit: str, *, confirmed: bool = False) -> Number | None:
    """The bare number that replaces the value ending here: `200 ms, no, make that 150`."""
    window = brief.text[end : end + _REACH]
    window = window.split("\n\n")[0]
    cue = _first(_TAKEN_BACK.search(window), _STARRED.search(window)) or (
        _CONFIRMED.search(window) if confirmed else None
    )
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

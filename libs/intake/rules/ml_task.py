"""Reads what the model is to do."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from libs.intake import background, negation, purpose
from libs.intake.brief import Brief, Statement
from libs.intake.candidates import Candidate, Known, Reading, reading_of
from libs.intake.vocabulary import cues, task_examples

_PATTERNS = tuple(
    (name.partition(".")[0], float(name.partition(".")[2]), cues.pattern(f"task.{name}"))
    for name in cues.names("task.")
)
"""Task, weight of a mention, words; mentions that say the same count once."""
_AIM = re.compile(
    r"\b(?:want|wants|need|needs|would like|i'd like|we'd like|goal|aim|looking for|asking "
    r"for|build|design|predict\w*|plan for|map|requested|gesucht|wollen|mochten|"
    r"brauchen|queremos|necesitamos|buscamos|voulons|souhaitons|cherchons|shall provide|"
    r"system for|solution|model|our|we)\b"
)


_WISH = cues.pattern("wish")
_QUESTION = re.compile(r"\?\s*$")
_UNASKED = 0.63
"""What is only told, not wished for, names the task of a brief but makes no brief."""
_FAVOUR = re.compile(
    r"\b(?:(?:can|could|would) (?:you|anyone|somebody) (?:please )?(?:recommend|suggest)"
    r"|(?:recommend|suggest) (?:me|us)\b)"
)
"""A favour that a person is asked for."""
_EVERYDAY = re.compile(
    r"(?:how|which|who|whether|will|wie|welche|ob|combien|cuant|quant|hoeveel)\b|risk of|next "
)
_ENOUGH = 2.2
_FAINT = 1.9
"""Lighter examples only hint at a task."""
_GUESS = 2.0
_LEAD = 0.3
_TRUST = 1.25
"""How much the share that the trained model gives counts against the share of the words."""
_UNSAID = 2.0
"""Weight that stands for what no word says, so that a faint word does not hold the whole share."""
_PLAIN = 4.0
"""What weighs so much is only overruled by a task that words speak for as well."""
_CLEAR_SHARE = 0.22
_SURE = 0.36
_HEADING = 9
_HEAD_OF_TEXT = 220
_COMPOUNDING = frozenset(("de", "nl"))


@dataclass(frozen=True, slots=True)
class Scored:
    """A task with the weight of all that speaks for it."""

    task: str
    weight: float
    start: int
    end: int
    everyday: bool = False
    """Nothing but words that talk about tomorrow's guests has as well speaks for it."""


@lru_cache(maxsize=4)
def scores(brief: Brief) -> tuple[Scored, ...]:
    """Tasks that the text speaks of, the likeliest first."""
    totals: dict[str, list[tuple[float, int, int]]] = {}
    named: set[str] = set()
    for task, weight, pattern in _PATTERNS:
        seen: dict[str, tuple[float, int, int]] = {}
        for match in pattern.finditer(brief.text):
            counted = weight * _factor(brief, *match.span())
            earlier = seen.get(match.group())
            if counted > 0 and (earlier is None or counted > earlier[0]):
                seen[match.group()] = (counted, *match.span())
                if weight > _FAINT and not _EVERYDAY.match(match.group()):
                    named.add(task)
        best = sorted(seen.values(), reverse=True)[:3]
        # The second and third wording of one kind confirm; they do not prove twice.
        totals.setdefault(task, []).extend(
            (value / (1 + place), start, end) for place, (value, start, end) in enumerate(best)
        )
    strong, _ = _alike(brief)
    for task, hits in strong.items():
        totals.setdefault(task, []).extend(hits)
    found = [
        Scored(task, sum(value for value, _, _ in hits), *max(hits)[1:], task not in named)
        for task, hits in totals.items()
        if hits
    ]
    return tuple(sorted(found, key=lambda each: (-each.weight, each.start)))


_Hits = dict[str, list[tuple[float, int, int]]]


@lru_cache(maxsize=4)
def _alike(brief: Brief) -> tuple[_Hits, _Hits]:
    """Stretches that are like an example, and single words that only hint at a task.

    Those that share a word with another confirm nothing new.
    """
    strong: dict[str, list[tuple[float, task_examples.Likeness, int]]] = {}
    faint: dict[str, list[tuple[float, task_examples.Likeness, int]]] = {}
    compounds = not _COMPOUNDING.isdisjoint(brief.languages)
    for statement in brief.statements:
        told = not _is_wished(statement) or background.is_background(brief, statement)
        for each in task_examples.likenesses(statement.text, compounds=compounds):
            start = statement.start + each.start
            weight = each.weight * _factor(brief, start, statement.start + each.end)
            if each.task == "recommendation" and _FAVOUR.search(statement.text):
                continue
            if each.general and told:
                weight *= _UNASKED
            if weight > 0:
                hits = faint if each.weight < _FAINT else strong
                hits.setdefault(each.task, []).append((weight, each, statement.start))
    return _independent(strong), _independent(faint)


def _independent(found: dict[str, list[tuple[float, task_examples.Likeness, int]]]) -> _Hits:
    hits: _Hits = {}
    for task, likenesses in found.items():
        kept: list[tuple[float, task_examples.Likeness, int]] = []
        for candidate in sorted(likenesses, key=lambda each: (-each[0], each[2] + each[1].start)):
            if all(len(candidate[1].words & other[1].words) == 0 for other in kept):
                kept.append(candidate)
        hits[task] = [
            (weight / (1 + place), offset + each.start, offset + each.end)
            for place, (weight, each, offset) in enumerate(kept[:3])
        ]
    return hits


def _guessed(brief: Brief) -> Scored | None:
    """The task that most single words hint at, where no more is said; nothing when two are as likely."""
    strong, faint = _alike(brief)
    found = sorted(
        (
            Scored(task, sum(hit[0] for hit in hits + strong.get(task, [])), *max(hits)[1:])
            for task, hits in faint.items()
        ),
        key=lambda each: -each.weight,
    )
    if not found or found[0].weight < _GUESS:
        return None
    if len(found) > 1 and found[0].weight - found[1].weight < _LEAD:
        return None
    return found[0]


def read(brief: Brief, known: Known) -> Reading:
    """The likeliest task; nothing when ML is wanted but its task is not said."""
    ranked = scores(brief)
    if not ranked or ranked[0].weight < _ENOUGH:
        guess = _guessed(brief)
        learned = _learned(brief)
        if guess is None:
            return Reading() if learned is None else reading_of(brief, "ml_task", learned)
        ranked = (guess,)
    best = _agreed(brief, ranked)
    second = max((each.weight for each in ranked if each.task != best.task), default=0.0)
    confidence = (
        round(min(0.95, 0.55 + 0.4 * (best.weight - second) / best.weight), 2)
        if best.weight > second
        else 0.5
    )
    return reading_of(
        brief,
        "ml_task",
        Candidate(
            best.task,
            best.start,
            best.end,
            best.weight,
            confidence,
            "The task follows from what the model is to do.",
            inferred=best.task.replace("_", " ") not in brief.text,
        ),
    )


def _agreed(brief: Brief, ranked: Sequence[Scored]) -> Scored:
    """What words and the trained model make likeliest together; plain words outweigh it."""
    first = _preferred(ranked)
    if first.everyday:
        # `a classification API ... answers within 2 seconds`: the term of the field beats words that anybody uses.
        first = next((each for each in ranked if not each.everyday and each.weight >= _PLAIN), first)
    opinion = purpose.opinion(brief)
    weights = {each.task: each.weight for each in ranked}
    weights[first.task] = max(weights.values())
    if not first.everyday:
        weights |= {each.task: each.weight * _UNASKED for each in ranked if each.everyday}
    whole = sum(weights.values()) + _UNSAID
    joint = {
        task: weights.get(task, 0.0) / whole + _TRUST * opinion.shares.get(task, 0.0)
        for task in sorted(weights.keys() | opinion.shares.keys())
    }
    likeliest = max(joint, key=lambda task: joint[task])
    unopposed = likeliest not in weights and first.weight >= _PLAIN
    if joint[likeliest] <= joint[first.task] or unopposed:
        return first
    named = next((each for each in ranked if each.task == likeliest), None)
    if named is not None:
        return named
    start, end = opinion.spans[likeliest]
    return Scored(likeliest, first.weight, start, end)


def _learned(brief: Brief) -> Candidate | None:
    """The task that the trained model names where no word does; nothing while it wavers."""
    opinion = purpose.opinion(brief)
    task = max(opinion.shares, key=lambda each: opinion.shares[each], default="")
    if opinion.is_open or not task or opinion.shares[task] < _CLEAR_SHARE or opinion.sureness[task] < _SURE:
        return None
    start, end = opinion.spans[task]
    if _FAVOUR.search(brief.text, start, end) or negation.is_negated(brief, start, end):
        return None
    confidence = round(min(0.7, 0.4 + opinion.shares[task] / 2), 2)
    reason = "No word names the task; the sentence resembles others that ask for it."
    return Candidate(task, start, end, 1.0, confidence, reason, inferred=True)


def _preferred(ranked: Sequence[Scored]) -> Scored:
    """Deciding about images or texts is classification when classes or verdicts are spoken of."""
    best = ranked[0]
    by_task = {each.task: each for each in ranked}
    decided = by_task.get("classification")
    offered = by_task.get("recommendation")
    if best.task == "classification" and offered and offered.weight >= max(6.0, 0.6 * best.weight):
        # `show the five they will most likely open` speaks of likelihood only to choose by it.
        return offered
    if (
        best.task in ("vision", "nlp")
        and decided
        and decided.weight >= 4
        and decided.weight >= 0.75 * best.weight
    ):
        return decided
    return best


def _is_wished(statement: Statement) -> bool:
    """Whether something is asked for; a few words without a verb are as good as a wish."""
    if _WISH.search(statement.text) or _QUESTION.search(statement.text):
        return True
    return task_examples.is_order(statement.text) or (
        len(statement.text.split()) <= _HEADING and statement.start < _HEAD_OF_TEXT
    )


def _factor(brief: Brief, start: int, end: int) -> float:
    statement = brief.statement_at(start)
    if negation.is_negated(brief, start, end):
        return 0.0
    factor = 1.0
    if background.is_about_others(statement) or background.is_headed_background(brief, statement):
        factor = 0.7
    if statement.start < _HEAD_OF_TEXT or _AIM.search(statement.text):
        factor *= 1.25
    return factor

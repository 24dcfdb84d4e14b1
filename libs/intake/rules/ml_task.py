"""Reads what the model is to do."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from libs.intake import background, negation
from libs.intake.brief import Brief
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


@dataclass(frozen=True, slots=True)
class Scored:
    """A task with the weight of all that speaks for it."""

    task: str
    weight: float
    start: int
    end: int


@lru_cache(maxsize=4)
def scores(brief: Brief) -> tuple[Scored, ...]:
    """Tasks that the text speaks of, the likeliest first."""
    totals: dict[str, list[tuple[float, int, int]]] = {}
    for task, weight, pattern in _PATTERNS:
        seen: dict[str, tuple[float, int, int]] = {}
        for match in pattern.finditer(brief.text):
            counted = weight * _factor(brief, *match.span())
            earlier = seen.get(match.group())
            if counted > 0 and (earlier is None or counted > earlier[0]):
                seen[match.group()] = (counted, *match.span())
        best = sorted(seen.values(), reverse=True)[:3]
        # The second and third wording of one kind confirm; they do not prove twice.
        totals.setdefault(task, []).extend(
            (value / (1 + place), start, end) for place, (value, start, end) in enumerate(best)
        )
    for task, hits in _alike(brief).items():
        totals.setdefault(task, []).extend(hits)
    found = [
        Scored(task, sum(value for value, _, _ in hits), *max(hits)[1:])
        for task, hits in totals.items()
        if hits
    ]
    return tuple(sorted(found, key=lambda each: (-each.weight, each.start)))


def _alike(brief: Brief) -> dict[str, list[tuple[float, int, int]]]:
    """Stretches that are like an example; those that share a word confirm nothing new."""
    found: dict[str, list[tuple[float, task_examples.Likeness, int]]] = {}
    for statement in brief.statements:
        for each in task_examples.likenesses(statement.text):
            start = statement.start + each.start
            weight = each.weight * _factor(brief, start, statement.start + each.end)
            if weight > 0:
                found.setdefault(each.task, []).append((weight, each, statement.start))
    hits: dict[str, list[tuple[float, int, int]]] = {}
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


def read(brief: Brief, known: Known) -> Reading:
    """The likeliest task; nothing when ML is wanted but its task is not said."""
    ranked = scores(brief)
    if not ranked or ranked[0].weight < 2.5:
        return Reading()
    best = _preferred(ranked)
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


def _factor(brief: Brief, start: int, end: int) -> float:
    statement = brief.statement_at(start)
    if negation.is_negated(brief, start, end):
        return 0.0
    factor = 1.0
    if background.is_about_others(statement) or background.is_headed_background(brief, statement):
        factor = 0.7
    if statement.start < 220 or _AIM.search(statement.text):
        factor *= 1.25
    return factor

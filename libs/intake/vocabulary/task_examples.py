"""Examples of what a model is to do, from data files, and where a text says something alike."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from itertools import accumulate

from libs.core.yaml_documents import YamlUnreadable, read_yaml
from libs.intake.errors import VocabularyInvalid
from libs.intake.fields import FIELDS
from libs.intake.vocabulary.cues import LANGUAGES

_WEIGHT = 4.0
_TOKEN = re.compile(r"[a-z0-9]+")
_ENDING = re.compile(
    r"(?:ations?|ings?|ments?|ions?|ungen|ung|ern|ers?|est|ed|es|en|em|os|as|ar|ir|re|ent|is|s|e|n|o|a|"
    r"i|t)$"
)
_SHORTEST_STEM = 4
_LONGEST_STEM = 9
_REACH = 4
"""Words of a text that may stand between two places of an example."""
_SLACK = 3.5
_SHORT = 3
_SHORT_PACE = 0.4
"""Little words keep apart less than others."""


@dataclass(frozen=True, slots=True)
class Example:
    """One line: places that all have to be filled."""

    task: str
    weight: float
    places: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Likeness:
    """A stretch of text that fills every place of an example."""

    task: str
    weight: float
    start: int
    end: int
    words: frozenset[str]


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """A word without its ending, so that inflections meet; crude, the same for every language."""
    for _ in range(2):
        shorter = _ENDING.sub("", word)
        if shorter == word or len(shorter) < _SHORTEST_STEM:
            break
        word = shorter
    return word[:_LONGEST_STEM]


def parse(text: str, file: str) -> list[Example]:
    """The examples of one language file.

    Raises:
        VocabularyInvalid: names file, line and reason.
    """
    try:
        document = read_yaml(text)
    except YamlUnreadable as unreadable:
        raise VocabularyInvalid(f"{file}, {unreadable.message}") from unreadable
    choices = FIELDS["ml_task"].choices or ()
    examples: list[Example] = []
    for task, lines in (document.data or {}).items():
        line = document.line((str(task),))
        if task not in choices or not isinstance(lines, list):
            raise VocabularyInvalid(f"{file}, line {line}: ml_task does not take {task}.")
        for written in lines:
            weight, rest = _weighed(str(written))
            places = tuple(
                frozenset(stem(word) for part in place.split("|") for word in _TOKEN.findall(part)[:1])
                for place in rest
            )
            if not places or any(not place for place in places):
                raise VocabularyInvalid(f"{file}, line {line}: {task}: an example without words.")
            examples.append(Example(str(task), weight, places))
    return examples


def likenesses(text: str) -> Iterator[Likeness]:
    """What of a statement is like an example.

    Args:
        text: one folded statement; offsets are within it.
    """
    tokens = [(stem(match.group()), match.start(), match.end()) for match in _TOKEN.finditer(text)]
    paces = list(accumulate(_SHORT_PACE if end - start <= _SHORT else 1.0 for _, start, end in tokens))
    examples, index = _bank()
    filled: dict[int, dict[int, list[int]]] = {}
    for position, (word, _, _) in enumerate(tokens):
        for line, place in index.get(word, ()):
            filled.setdefault(line, {}).setdefault(place, []).append(position)
    for number, places in filled.items():
        example = examples[number]
        if len(places) < len(example.places):
            continue
        window = _narrowest(list(places.values()))
        if window is None:
            continue
        first, last = min(window), max(window)
        if paces[last] - paces[first] <= _REACH * (len(example.places) - 1) + _SLACK:
            words = frozenset(tokens[each][0] for each in window)
            yield Likeness(example.task, example.weight, tokens[first][1], tokens[last][2], words)


def _narrowest(places: list[list[int]]) -> tuple[int, ...] | None:
    """A position for each place, all different, as close together as can be."""
    best: tuple[int, ...] | None = None
    for anchor in places[0]:
        chosen = [anchor]
        for others in places[1:]:
            free = [each for each in others if each not in chosen]
            if not free:
                break
            chosen.append(min(free, key=lambda each: abs(each - anchor)))
        else:
            if best is None or max(chosen) - min(chosen) < max(best) - min(best):
                best = tuple(chosen)
    return best


def _weighed(line: str) -> tuple[float, list[str]]:
    parts = line.split()
    try:
        return float(parts[0]), parts[1:]
    except (ValueError, IndexError):
        return _WEIGHT, parts


@cache
def _bank() -> tuple[list[Example], dict[str, list[tuple[int, int]]]]:
    folder = resources.files("libs.intake.vocabulary") / "tasks"
    examples: list[Example] = []
    for language in LANGUAGES:
        file = f"{language}.yaml"
        examples += parse((folder / file).read_text(encoding="utf-8"), f"tasks/{file}")
    index: dict[str, list[tuple[int, int]]] = {}
    for number, example in enumerate(examples):
        for place, words in enumerate(example.places):
            for word in words:
                index.setdefault(word, []).append((number, place))
    return examples, index

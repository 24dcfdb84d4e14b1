"""Examples of what a model is to do, from data files, and where a text says something alike."""

import re
from collections.abc import Iterator, Mapping
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
_INFLECTIONS = (
    *("ments", "ment", "ings", "ing", "ern", "ons", "ent"),
    *("ed", "er", "es", "en", "em", "os", "as", "ez"),
    *"sneoadr",
)
_SHORTEST_STEM = 4
_SHORTEST_WORD = 5
_SHORTEST_COMPOUND = 9
_COMPOUNDING = ("de", "nl")
_ORDERS = (
    *("DECIDE", "ESTIMATE", "EXTRACT", "MASK", "PUT", "SUGGEST"),
    *("SHORTEN", "FORETELL", "GROUP", "COUNT", "TRANSLATE"),
)
"""Kinds of which a word at the beginning is an order: `tell us when`."""
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
    general: bool = False
    """Written in kinds of words: covers much, so that it needs a wish beside it."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """A stretch of text that fills every place of an example."""

    task: str
    weight: float
    start: int
    end: int
    words: frozenset[str]
    general: bool


@lru_cache(maxsize=8192)
def uninflected(word: str) -> str:
    """A word without one short ending; keeps apart what `stem` throws together, such as story and store."""
    for ending in _INFLECTIONS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_WORD:
            return "=" + word[: -len(ending)]
    return "=" + word


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """A word without its ending, so that inflections meet; crude, the same for every language."""
    for _ in range(2):
        shorter = _ENDING.sub("", word)
        if shorter == word or len(shorter) < _SHORTEST_STEM:
            break
        word = shorter
    return word[:_LONGEST_STEM]


def parse(text: str, file: str, known: Mapping[str, str] | None = None) -> list[Example]:
    """The examples of one file.

    Args:
        text: YAML, a mapping of task to lines.
        file: how the file is called in an error.
        known: words by kind of meaning, where lines are written in kinds instead of words.

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
            if known is not None:
                unknown = [kind for place in rest for kind in place.split("|") if kind not in known]
                if unknown:
                    raise VocabularyInvalid(f"{file}, line {line}: {task}: no language has {unknown[0]}.")
                rest = ["|".join(known[kind] for kind in place.split("|")) for place in rest]
            shortened = stem if known is None else uninflected
            places = tuple(
                frozenset(shortened(word) for part in place.split("|") for word in _TOKEN.findall(part)[:1])
                for place in rest
            )
            if not places or any(not place for place in places):
                raise VocabularyInvalid(f"{file}, line {line}: {task}: an example without words.")
            examples.append(Example(str(task), weight, places, known is not None))
    return examples


def kinds(text: str, file: str) -> dict[str, str]:
    """Words by kind of meaning in one language, separated by |.

    Raises:
        VocabularyInvalid: names file, line and reason.
    """
    try:
        document = read_yaml(text)
    except YamlUnreadable as unreadable:
        raise VocabularyInvalid(f"{file}, {unreadable.message}") from unreadable
    for kind, words in (document.data or {}).items():
        if not isinstance(words, str) or not all(_TOKEN.fullmatch(word) for word in words.split("|")):
            line = document.line((str(kind),))
            raise VocabularyInvalid(f"{file}, line {line}: {kind}: single words separated by | are expected.")
    return dict(document.data or {})


def likenesses(text: str, *, compounds: bool = True) -> Iterator[Likeness]:
    """What of a statement is like an example.

    Args:
        text: one folded statement; offsets are within it.
        compounds: whether a long word may end in one that is known, as in German and Dutch.
    """
    tokens = [(match.group(), match.start(), match.end()) for match in _TOKEN.finditer(text)]
    paces = list(accumulate(_SHORT_PACE if end - start <= _SHORT else 1.0 for _, start, end in tokens))
    examples, index, heads, _ = _bank()
    filled: dict[int, dict[int, list[int]]] = {}
    for position, (word, _, _) in enumerate(tokens):
        forms = [stem(word), uninflected(word)]
        if compounds and len(word) >= _SHORTEST_COMPOUND and forms[1] not in index:
            forms += _head(word, heads)
        for form in forms:
            for line, place in index.get(form, ()):
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
            words = frozenset(stem(tokens[each][0]) for each in window)
            yield Likeness(
                example.task, example.weight, tokens[first][1], tokens[last][2], words, example.general
            )


def is_order(text: str) -> bool:
    """Whether a statement or what follows a colon begins with a verb of what a model does."""
    firsts = (_TOKEN.search(part) for part in text.split(":"))
    return any(first is not None and uninflected(first.group()) in _bank()[3] for first in firsts)


def names_action(text: str) -> bool:
    """Whether a verb of what a model does stands anywhere in a statement."""
    orders = _bank()[3]
    return any(uninflected(match.group()) in orders for match in _TOKEN.finditer(text))


def _head(word: str, heads: frozenset[str]) -> list[str]:
    """The longest known word that a compound ends in: `prognose` of `lastprognose`."""
    for cut in range(3, len(word) - _SHORTEST_WORD + 1):
        form = uninflected(word[cut:])
        if form in heads:
            return [form]
    return []


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
def _bank() -> tuple[list[Example], dict[str, list[tuple[int, int]]], frozenset[str], frozenset[str]]:
    folder = resources.files("libs.intake.vocabulary")
    lines = (folder / "meanings" / "lines.yaml").read_text(encoding="utf-8")
    examples: list[Example] = []
    heads: set[str] = set()
    orders: set[str] = set()
    for language in LANGUAGES:
        file = f"{language}.yaml"
        examples += parse((folder / "tasks" / file).read_text(encoding="utf-8"), f"tasks/{file}")
        known = kinds((folder / "meanings" / file).read_text(encoding="utf-8"), f"meanings/{file}")
        examples += parse(lines, "meanings/lines.yaml", known)
        orders |= {uninflected(word) for kind in _ORDERS for word in known.get(kind, "").split("|")}
        if language in _COMPOUNDING:
            heads |= {
                uninflected(word)
                for words in known.values()
                for word in words.split("|")
                if len(word) >= _SHORTEST_WORD
            }
    index: dict[str, list[tuple[int, int]]] = {}
    for number, example in enumerate(examples):
        for place, words in enumerate(example.places):
            for word in words:
                index.setdefault(word, []).append((number, place))
    return examples, index, frozenset(heads), frozenset(orders)

"""The words of each language that rules look for, from one data file a language, checked when loaded."""

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources

from libs.core.yaml_documents import YamlUnreadable, read_yaml
from libs.intake.errors import VocabularyInvalid
from libs.intake.folding import fold
from libs.intake.searching import expression

LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl")
_FIGURES = ("number.", "scale.")
"""Cues that name a figure; a language may have some that English lacks."""
_SEPARATOR = re.compile(r"\|\s+")


def parse(
    text: str, file: str, known: Mapping[str, str] | None = None, *, thorough: bool = True
) -> dict[str, str]:
    """The cues of one language file, each an alternation of regular expressions over folded text.

    Args:
        text: YAML, a mapping of cue to words that are separated by `|`.
        file: how the file is called in an error.
        known: the cues that rules ask for; left out for the first file, which defines them.
        thorough: also compile every expression; 0.15 s for the shipped files, which the tests have compiled.

    Raises:
        VocabularyInvalid: names file, line and reason.
    """
    try:
        document = read_yaml(text)
    except YamlUnreadable as unreadable:
        raise VocabularyInvalid(f"{file}, {unreadable.message}") from unreadable
    if not isinstance(document.data, dict):
        raise VocabularyInvalid(f"{file}, line 1: a mapping of cue to words is expected.")
    cues: dict[str, str] = {}
    for cue, words in document.data.items():
        problem = _problem(cue, words, known, thorough)
        if problem:
            raise VocabularyInvalid(f"{file}, line {document.line((str(cue),))}: {cue}: {problem}.")
        cues[str(cue)] = _SEPARATOR.sub("|", " ".join(words.split()))
    return cues


@cache
def words(cue: str) -> str:
    """The words of a cue in every language, as one alternation.

    Raises:
        VocabularyInvalid: no language has the cue.
    """
    found = [language[cue] for language in _all().values() if cue in language]
    if not found:
        raise VocabularyInvalid(f"No language file holds the cue {cue}.")
    return "|".join(found)


def pattern(cue: str, *further: str) -> re.Pattern[str]:
    """Matches any of the words of one or several cues as a whole word."""
    joined = "|".join(words(each) for each in (cue, *further))
    return expression(rf"(?<![a-z0-9])(?:{joined})(?![a-z0-9])")


def names(prefix: str) -> tuple[str, ...]:
    """What stands behind a prefix in any language, in the order of the files."""
    every = (cue for language in _all().values() for cue in language if cue.startswith(prefix))
    return tuple(dict.fromkeys(cue.removeprefix(prefix) for cue in every))


@cache
def _all() -> dict[str, dict[str, str]]:
    folder = resources.files("libs.intake.vocabulary") / "languages"
    found: dict[str, dict[str, str]] = {}
    for language in LANGUAGES:
        file = f"{language}.yaml"
        known = found.get(LANGUAGES[0])
        found[language] = parse((folder / file).read_text(encoding="utf-8"), file, known, thorough=False)
    return found


def _problem(cue: object, words: object, known: Mapping[str, str] | None, thorough: bool) -> str:
    if known is not None and cue not in known and not str(cue).startswith(_FIGURES):
        return "no rule asks for this cue; see en.yaml for those that exist"
    if not isinstance(words, str) or not words.strip(" |"):
        return "words separated by | are expected"
    joined = _SEPARATOR.sub("|", " ".join(words.split()))
    if joined.startswith("|") or joined.endswith("|") or "||" in joined:
        return "there is nothing between two |"
    if fold(joined).text != joined.lower():
        return "rules read text without accents in lower case, write the words so"
    try:
        if thorough:
            re.compile(joined)
    except re.error as error:
        return f"not a regular expression: {error}"
    return ""

"""Recognises advertisements, invoices, reports and the like, which speak of systems and ask for none."""

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

from libs.core.yaml_documents import YamlUnreadable, read_yaml
from libs.intake.brief import Brief
from libs.intake.errors import VocabularyInvalid

_FILE = "genres.yaml"
_READ = 6000
"""A longer text is no advertisement; the time for it stays bounded."""


@dataclass(frozen=True, slots=True)
class Genre:
    """A kind of text that asks for nothing."""

    name: str
    enough: int
    """So many different marks have to be found."""
    wishes: bool
    """Whether a wish of the writer's may stand in it all the same."""
    marks: tuple[re.Pattern[str], ...]


def find(brief: Brief) -> str:
    """The kind of text that asks for no system; empty for everything else."""
    text = brief.text[:_READ]
    wish, genres = _known()
    wished = wish.search(text) is not None
    for genre in genres:
        if wished and not genre.wishes:
            continue
        found = 0
        for tried, mark in enumerate(genre.marks):
            found += mark.search(text) is not None
            if found >= genre.enough:
                return genre.name
            if found + len(genre.marks) - tried - 1 < genre.enough:
                break
    return ""


def parse(text: str, file: str) -> tuple[re.Pattern[str], tuple[Genre, ...]]:
    """The expression for a wish and the genres.

    Raises:
        VocabularyInvalid: names file and reason.
    """
    try:
        data = read_yaml(text).data
        wish = re.compile(data["wish"])
        genres = tuple(
            Genre(name, int(each["enough"]), bool(each["wishes"]), tuple(map(re.compile, each["marks"])))
            for name, each in data["genres"].items()
        )
    except YamlUnreadable as unreadable:
        raise VocabularyInvalid(f"{file}, {unreadable.message}") from unreadable
    except (KeyError, TypeError, ValueError, AttributeError, re.error) as wrong:
        raise VocabularyInvalid(f"{file}: {wrong!r}") from wrong
    return wish, genres


@cache
def _known() -> tuple[re.Pattern[str], tuple[Genre, ...]]:
    folder = resources.files("libs.intake.vocabulary")
    return parse((folder / _FILE).read_text(encoding="utf-8"), _FILE)

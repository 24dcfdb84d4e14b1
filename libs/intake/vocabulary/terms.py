"""Names of products, formats and metrics: what a field's values are called, from one data file."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from libs.core.yaml_documents import YamlUnreadable, read_yaml
from libs.intake.errors import VocabularyInvalid
from libs.intake.fields import FIELDS
from libs.intake.models import FieldName
from libs.intake.searching import beginnings


@dataclass(frozen=True, slots=True)
class Term:
    """How one value is written."""

    pattern: re.Pattern[str]
    beginnings: tuple[str, ...]
    """Letters of which some must be there for the pattern to match; empty when nothing can be said."""

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Every place where the value is named."""
        if self.beginnings and not any(each in text for each in self.beginnings):
            return iter(())
        return self.pattern.finditer(text)


def parse(text: str, file: str) -> dict[str, dict[str, Term]]:
    """Field → value → its names.

    Raises:
        VocabularyInvalid: names file, line and reason; also for a value the field does not take.
    """
    try:
        document = read_yaml(text)
    except YamlUnreadable as unreadable:
        raise VocabularyInvalid(f"{file}, {unreadable.message}") from unreadable
    found: dict[str, dict[str, Term]] = {}
    for name, values in (document.data or {}).items():
        field = next((known for each, known in FIELDS.items() if each == name), None)
        if field is None or not isinstance(values, dict):
            raise VocabularyInvalid(f"{file}, line {document.line((str(name),))}: there is no field {name}.")
        found[name] = {}
        for value, words in values.items():
            line = document.line((str(name), str(value)))
            if field.choices and value not in field.choices:
                raise VocabularyInvalid(f"{file}, line {line}: {name} does not take {value}.")
            try:
                pattern = re.compile(rf"(?<![a-z0-9-])(?:{words})(?![a-z0-9])")
                found[name][str(value)] = Term(pattern, beginnings(words))
            except re.error as error:
                raise VocabularyInvalid(f"{file}, line {line}: not a regular expression: {error}.") from error
    return found


def terms(field: FieldName) -> dict[str, Term]:
    """The values of a field with their names."""
    return _all()[field]


@cache
def _all() -> dict[str, dict[str, Term]]:
    text = (resources.files("libs.intake.vocabulary") / "terms.yaml").read_text(encoding="utf-8")
    return parse(text, "terms.yaml")

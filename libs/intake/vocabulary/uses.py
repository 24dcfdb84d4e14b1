"""Examples of what people ask a model for, one a line, from which the task model is trained."""

import hashlib
from dataclasses import dataclass
from importlib import resources

from libs.core.yaml_documents import YamlUnreadable, read_yaml
from libs.intake.errors import VocabularyInvalid
from libs.intake.fields import FIELDS
from libs.intake.folding import fold
from libs.intake.vocabulary.cues import LANGUAGES

FOLDER = "wishes"
OPEN = "open"
"""Something with machine learning is wanted and its task is not said."""


@dataclass(frozen=True, slots=True)
class Use:
    """One line: a statement as it stands in a brief, and what it asks for."""

    task: str
    language: str
    text: str
    """Folded."""


def parse(text: str, file: str, task: str) -> list[Use]:
    """The examples of one file.

    Args:
        text: YAML, a mapping of language to a block of lines.
        file: how the file is called in an error.
        task: what the lines ask for.

    Raises:
        VocabularyInvalid: names file, line and reason.
    """
    try:
        document = read_yaml(text)
    except YamlUnreadable as unreadable:
        raise VocabularyInvalid(f"{file}, {unreadable.message}") from unreadable
    if task not in (*(FIELDS["ml_task"].choices or ()), OPEN):
        raise VocabularyInvalid(f"{file}: ml_task does not take {task}.")
    found: list[Use] = []
    for language, block in (document.data or {}).items():
        if language not in LANGUAGES or not isinstance(block, str):
            line = document.line((str(language),))
            raise VocabularyInvalid(f"{file}, line {line}: a language with a block of lines is expected.")
        found += [Use(task, str(language), fold(line.strip()).text) for line in block.splitlines() if line]
    return found


def load() -> list[Use]:
    """Every example, in the order of files and lines."""
    folder = resources.files("libs.intake.vocabulary") / FOLDER
    files = sorted(
        (each for each in folder.iterdir() if each.name.endswith(".yaml")), key=lambda each: each.name
    )
    return [
        use
        for each in files
        for use in parse(
            each.read_text(encoding="utf-8"), f"{FOLDER}/{each.name}", each.name.removesuffix(".yaml")
        )
    ]


def digest(examples: list[Use]) -> str:
    """A checksum by which weights and examples are matched."""
    lines = "\n".join(f"{use.task}\t{use.text}" for use in examples)
    return hashlib.sha256(lines.encode()).hexdigest()[:16]

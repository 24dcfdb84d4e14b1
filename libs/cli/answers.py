"""Reads what a person gives on the command line: the brief, the answers, and single values."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from libs.core.errors import Invalid


def read_brief(given: str) -> str:
    """The text itself, the content of a file of that name, or standard input for `-`.

    Raises:
        Invalid: the file is not UTF-8 text or cannot be read.
    """
    if given == "-":
        return sys.stdin.read()
    # A brief is longer than any file name, so only short texts are looked up.
    if len(given) > 255 or "\n" in given or not Path(given).is_file():
        return given
    try:
        return Path(given).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Invalid(
            f"The brief in {given} cannot be read: {error}",
            advice="Nothing was started; save it as UTF-8 text.",
        ) from error


def read_answers(given: str) -> dict[str, Any] | None:
    """None when nothing was given, `{}` for `defaults`, else field → value from the file.

    Raises:
        Invalid: the file is missing or holds no mapping.
    """
    if not given:
        return None
    if given == "defaults":
        return {}
    try:
        loaded = yaml.safe_load(Path(given).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:
        raise Invalid(
            f"The answers in {given} cannot be read: {error}", advice="Nothing was started."
        ) from error
    if not isinstance(loaded, dict):
        raise Invalid(f"{given} holds no mapping of field to value.", advice="Nothing was started.")
    return {str(field): value for field, value in loaded.items()}


def read_pairs(given: Sequence[str]) -> list[tuple[str, str]]:
    """Name and value of each `name=value`.

    Raises:
        Invalid: one of them has no `=`.
    """
    pairs = []
    for text in given:
        key, separator, value = text.partition("=")
        if not separator:
            raise Invalid(f"{text!r} is not name=value.", advice="Nothing was started or decided.")
        pairs.append((key.strip(), value.strip()))
    return pairs


def read_values(given: Sequence[str]) -> dict[str, Any]:
    """Field → value of each `field=value`, the value read as YAML; None for an empty one.

    Raises:
        Invalid: one of them has no `=`, or a value that is not YAML.
    """
    values: dict[str, Any] = {}
    for field, text in read_pairs(given):
        try:
            values[field] = yaml.safe_load(text) if text else None
        except (ValueError, RecursionError, yaml.YAMLError) as error:
            raise Invalid(
                f"{field}: {text!r} cannot be read.",
                advice="Nothing was started or decided. Write a word, a number, or a list such as [GDPR, HIPAA].",
            ) from error
    return values

"""Reads what a person gives on the command line: the brief and the answers."""

import sys
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

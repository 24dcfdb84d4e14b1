"""What a repository's hashed requirement files pin."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_PINNED = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]]*\])?==([^\s;\\]+)")


class Pin(NamedTuple):
    """One line of a lock."""

    name: str
    """Lower case, with hyphens."""
    version: str
    path: str
    line: int


def is_lock(path: str) -> bool:
    """Whether a path of the repository is such a file."""
    return path.rpartition("/")[2].startswith("requirements") and path.endswith(".lock")


def pins(root: Path, path: str) -> Iterator[Pin]:
    """Every package that the file pins; a package may be there once for each kind of machine."""
    text = (root / path).read_text(encoding="utf-8", errors="replace")
    for number, line in enumerate(text.splitlines(), start=1):
        if match := _PINNED.match(line):
            yield Pin(normal_name(match[1]), match[2], path, number)


def normal_name(name: str) -> str:
    """The name as package indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()

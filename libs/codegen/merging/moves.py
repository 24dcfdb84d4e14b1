"""Finds where a file went: through a new package name, or, where its text says so, to another path."""

import difflib
from collections.abc import Callable, Iterable
from pathlib import PurePosixPath

LIKE_ENOUGH = 0.6
"""Share of common lines from which two files of different paths are one file that moved; Git's own is a half."""
_MOST_COMPARED = 200
LARGEST = 256_000
"""Bytes of the files that are compared."""


def through_package(path: str, old_package: str, new_package: str) -> str | None:
    """The path under the new package's name; None when the old one is no part of it."""
    parts = PurePosixPath(path).parts
    if not old_package or old_package == new_package or old_package not in parts:
        return None
    return "/".join(new_package if part == old_package else part for part in parts)


def most_alike(
    path: str, content: bytes, candidates: Iterable[str], read: Callable[[str], bytes]
) -> str | None:
    """The candidate that this file became, or none.

    Only files of the same kind are compared, those of the same name first, and no more than are quickly read.
    """
    suffix, name = PurePosixPath(path).suffix, PurePosixPath(path).name
    alike = sorted(
        (each for each in candidates if PurePosixPath(each).suffix == suffix),
        key=lambda each: (PurePosixPath(each).name != name, each),
    )
    lines = _lines(content)
    best: tuple[float, str] | None = None
    for candidate in alike[:_MOST_COMPARED] if lines else ():
        other = _lines(read(candidate))
        matcher = difflib.SequenceMatcher(None, lines, other, autojunk=False)
        if other and matcher.quick_ratio() >= LIKE_ENOUGH:
            ratio = matcher.ratio()
            if ratio >= LIKE_ENOUGH and (best is None or ratio > best[0]):
                best = (ratio, candidate)
    return best[1] if best else None


def _lines(content: bytes) -> list[bytes]:
    return content.splitlines() if len(content) <= LARGEST else []

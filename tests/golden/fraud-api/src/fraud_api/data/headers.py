"""Names of columns from one or two header rows.

White space inside a name becomes single spaces. A blank header becomes `column <position>`, a
repeated one gets a number behind it. With two rows, a cell of the first row stands for the blank
ones to its right as well: a group of several columns is named `<first> / <second>`, a single column
keeps the first row's name. Rows above the header that fill their first cell alone are titles, and
are skipped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

LONGEST = 200
_LOOKED_AT = 50
"""Rows in which the header is searched."""


class Header(NamedTuple):
    """Where the names of the columns stand."""

    fit: tuple[int, int, int, int]
    """The larger, the likelier: known names, then few titles, many columns, and few header rows."""
    titles: int
    rows: list[list[str]]
    names: list[str]


def find_header(rows: Iterable[list[str]], expected: Sequence[str]) -> Header | None:
    """The first row or the first two under which most expected columns are found.

    Args:
        rows: those of the table without blank ones; no more are taken than needed.
        expected: names of the contract.
    """
    first: list[list[str]] = []
    for row in rows:
        first.append(row)
        if len(first) == _LOOKED_AT or (len(first) > 1 and not _is_title(first[-2])):
            break
    titles = next((n for n, row in enumerate(first) if not _is_title(row)), len(first))
    tried = [
        _header(first, start, depth, expected)
        for start in range(titles + 1)
        for depth in (1, 2)
        if start + depth <= len(first)
    ]
    return max(tried, key=lambda header: header.fit, default=None)


def is_filled(row: list[str]) -> bool:
    """Whether any cell of the row holds something."""
    return any(cell.strip() for cell in row)


def letters(name: str) -> str:
    """What two spellings of one name have in common."""
    return re.sub(r"[\W_]", "", name.casefold())


def column_names(rows: list[list[str]]) -> list[str]:
    """Unique, printable names for the columns under these header rows."""
    top = [clean(cell) for cell in rows[0]]
    if len(rows) == 1:
        return _unique(top)
    below = [clean(cell) for cell in rows[1]] + [""] * (len(top) - len(rows[1]))
    groups: list[int] = []
    for place, cell in enumerate(top):
        groups.append(place if cell or not groups else groups[-1])
    names = []
    for place, group in enumerate(groups):
        alone = groups.count(group) == 1 or not below[place]
        names.append(top[group] if alone and top[group] else below[place])
        if not alone and top[group]:
            names[-1] = f"{top[group]} / {below[place]}"
    return _unique(names)


def clean(cell: str) -> str:
    """A header cell on one line, without what cannot be printed."""
    words = " ".join(cell.replace("\ufeff", "").split())
    return "".join(character for character in words if character.isprintable())[:LONGEST]


def _is_title(row: list[str]) -> bool:
    return bool(row[0].strip()) and not is_filled(row[1:])


def _header(first: list[list[str]], start: int, depth: int, expected: Sequence[str]) -> Header:
    rows = first[start : start + depth]
    names = column_names(rows)
    wanted = set(map(letters, expected))
    known = sum(letters(name) in wanted for name in names)
    return Header((known, -start, len(names), -depth), start, rows, names)


def _unique(names: list[str]) -> list[str]:
    taken: set[str] = set()
    unique: list[str] = []
    for place, name in enumerate(names, start=1):
        base = name or f"column {place}"
        candidate, number = base, 2
        while candidate in taken:
            candidate, number = f"{base} ({number})", number + 1
        taken.add(candidate)
        unique.append(candidate)
    return unique

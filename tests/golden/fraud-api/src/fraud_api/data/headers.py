"""Names of columns from one or two header rows.

White space inside a name becomes single spaces. A blank header becomes `column <position>`, a
repeated one gets a number behind it. With two rows, a cell of the first row stands for the blank
ones to its right as well: a group of several columns is named `<first> / <second>`, a single column
keeps the first row's name.
"""

from __future__ import annotations

LONGEST = 200


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

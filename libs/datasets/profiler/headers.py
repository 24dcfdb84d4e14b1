"""Names of columns from one or two header rows; generated pipelines follow the same rules.

White space inside a name becomes single spaces. A blank header becomes `column <position>`, a repeated one gets a
number behind it. With two rows, a cell of the first row stands for the blank ones to its right as well: a group of
several columns is named `<first> / <second>`, a single column keeps the first row's name. Rows above the header that
fill their first cell alone are titles, and are skipped.
"""

import re

LONGEST = 200
_NARROWEST = 3
"""Cells of a row from which on a single one that is filled is a title; with two, one name may be missing."""
TITLES = "Rows above the header fill their first cell alone; they were taken for titles and skipped."
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")


def column_names(rows: list[list[str]]) -> list[str]:
    """Unique, printable names for the columns under these header rows."""
    top = [_clean(cell) for cell in rows[0]]
    if len(rows) == 1:
        return _unique(top)
    below = [_clean(cell) for cell in rows[1]] + [""] * (len(top) - len(rows[1]))
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


def header_rows(rows: list[list[str]]) -> int:
    """Whether the first row or the first two name the columns, from the first rows of a table.

    Two rows are a header when the first leaves cells blank that the second fills, the second holds no number, and
    most of what it fills is not found again as a value below it.
    """
    if len(rows) < 3:
        return 1
    top, below, values = rows[0], rows[1], rows[2:]
    blank = [place for place, cell in enumerate(top) if not cell.strip() and place < len(below)]
    filled = [place for place in blank if below[place].strip()]
    if not filled or len(filled) < len(blank) or any(is_number(cell) for cell in below):
        return 1
    again = 0
    for place in filled:
        found = {row[place] for row in values if len(row) > place and row[place].strip()}
        # A box that was ticked holds its own header, and nothing else.
        again += below[place] in found and len(found) > 1
    return 2 if again < len(filled) / 2 else 1


def title_rows(rows: list[list[str]]) -> int | None:
    """How many of the first rows, none of them blank, are titles above the header.

    The header is the first row that fills more than its first cell; below a title it has to fill all of them with
    names, or nobody could tell it from a row of values.

    Returns:
        None where a title stands above something that is no header.
    """
    count = 0
    while count < len(rows) and is_title(rows[count]):
        count += 1
    width = max(map(len, rows), default=0)
    if not count or count == len(rows) or (len(rows[0]) == width and width < _NARROWEST):
        return 0
    header = rows[count]
    named = all(cell.strip() and not is_number(cell) for cell in header) and len(header) == width
    return count if named and not _found_again(header, rows[count + 1 :]) else None


def is_title(row: list[str]) -> bool:
    """Whether nothing but the first cell of the row is filled."""
    return bool(row and row[0].strip()) and not any(cell.strip() for cell in row[1:])


def _found_again(header: list[str], values: list[list[str]]) -> bool:
    below = [{row[place] for row in values if len(row) > place} for place in range(len(header))]
    return sum(cell in found for cell, found in zip(header, below, strict=True)) > len(header) / 2


def is_number(cell: str) -> bool:
    """Whether the text of a cell is a plain decimal number."""
    return _NUMBER.fullmatch(cell.strip()) is not None


def _clean(cell: str) -> str:
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

"""Tables that people bring (CSV, Parquet, JSON lines, Excel), and the pipeline's own (Parquet)."""

from __future__ import annotations

import codecs
import csv
import itertools
import re
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from ..running.errors import DataRefused
from .headers import clean, column_names
from .json_lines import is_json_lines, read_json_lines
from .records import read_excel

_DELIMITERS = (",", ";", "\t", "|")


def read_raw(path: Path, expected: Sequence[str]) -> tuple[pd.DataFrame, list[str]]:
    """Reads a table without interpreting its cells.

    Args:
        path: a `.csv` (any of the delimiters , ; tab |), `.parquet`, `.jsonl` or `.xlsx` file.
        expected: column names of the contract; a header that differs only in case, spaces or
            punctuation is renamed to them.

    Returns:
        The raw cells, and warnings about what had to be guessed.

    Raises:
        DataRefused: the file is missing, empty, or no table.
    """
    if not path.is_file():
        raise DataRefused(f"There is no file {path.name}.", "Give an existing file with --data.")
    warnings: list[str] = []
    if path.suffix.lower() in (".parquet", ".pq"):
        frame = _read_parquet(path)
    elif is_json_lines(path):
        frame = read_json_lines(path, warnings)
    elif path.suffix.lower() == ".xlsx":
        frame = _read_excel(path, expected, warnings)
    else:
        frame = _read_csv(path, expected, warnings)
    return _matched(frame, expected, warnings), warnings


def read_table(path: Path) -> pd.DataFrame:
    """A Parquet table that a stage has written."""
    return pd.read_parquet(path)


def write_table(path: Path, frame: pd.DataFrame) -> None:
    """Writes Parquet; the same frame gives the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.tmp")
    frame.to_parquet(temporary, index=False, compression="zstd")
    temporary.replace(path)


def _read_parquet(path: Path) -> pd.DataFrame:
    try:
        return pd.read_parquet(path)
    except (OSError, ValueError) as error:
        raise DataRefused(f"{path.name} is not a Parquet file.", str(error)[:200]) from error


def _read_csv(path: Path, expected: Sequence[str], warnings: list[str]) -> pd.DataFrame:
    encoding = _encoding(path, warnings)
    delimiter, header = _header(path, encoding, expected)
    rows, names = len(header), column_names(header) if header else []
    if rows == 0:
        raise DataRefused(f"{path.name} is empty.", "Give a table with a header line.")
    if rows == 1:
        _refuse_twins(header[0], expected)
    else:
        warnings.append(f"Two header lines of {path.name} were joined to the names of its columns.")
    try:
        frame = pd.read_csv(
            path,
            sep=delimiter,
            header=rows - 1,
            names=names,
            dtype=str,
            keep_default_na=False,
            encoding=encoding,
            skipinitialspace=True,
        )
    except pd.errors.EmptyDataError as error:
        raise DataRefused(f"{path.name} is empty.", "Give a table with a header line.") from error
    except pd.errors.ParserError as error:
        raise _no_table(path, str(error)[:160]) from error
    if not isinstance(frame.index, pd.RangeIndex):
        raise _no_table(path, "rows have more cells than the header")
    return frame


def _no_table(path: Path, why: str) -> DataRefused:
    return DataRefused(
        f"{path.name} is not a table: {why}",
        "Give every line the same number of cells and quote cells that hold the delimiter.",
    )


def _header(path: Path, encoding: str, expected: Sequence[str]) -> tuple[str, list[list[str]]]:
    """The delimiter and the header rows under which most expected columns are found."""
    best: tuple[tuple[int, int, int], str, list[list[str]]] = ((-1, 0, 0), ",", [])
    for delimiter in _DELIMITERS:
        with path.open(encoding=encoding, newline="") as stream:
            cells = csv.reader(stream, delimiter=delimiter)
            first = list(itertools.islice((row for row in cells if row), 2))
        for rows in range(1, len(first) + 1):
            names = column_names(first[:rows])
            fit = (_known(names, expected), len(names), -rows)
            if fit > best[0]:
                best = (fit, delimiter, first[:rows])
    return best[1], best[2]


def _refuse_twins(header: list[str], expected: Sequence[str]) -> None:
    """A repeated name is a mistake, unless the contract was made from a table that repeats it."""
    names = [clean(cell) for cell in header if clean(cell)]
    twice = sorted({name for name in names if names.count(name) > 1})
    unknown = [name for name in twice if f"{name} (2)" not in expected]
    if unknown:
        raise DataRefused(
            f"Columns occur twice: {', '.join(unknown)}.", "Rename one column of each pair."
        )


def _read_excel(path: Path, expected: Sequence[str], warnings: list[str]) -> pd.DataFrame:
    rows = read_excel(path)
    depths = range(1, min(2, len(rows) - 1) + 1)
    depth = max(depths, key=lambda n: (_known(column_names(rows[:n]), expected), -n))
    if depth == 1:
        _refuse_twins(rows[0], expected)
    else:
        warnings.append(f"Two header rows of {path.name} were joined to the names of its columns.")
    return pd.DataFrame(rows[depth:], columns=column_names(rows[:depth]), dtype=object)


def _encoding(path: Path, warnings: list[str]) -> str:
    with path.open("rb") as stream:
        if stream.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            return "utf-16"
    if _decodes(path, "utf-8-sig"):
        return "utf-8-sig"
    found = "cp1252" if _decodes(path, "cp1252") else "latin-1"
    warnings.append(f"{path.name} is not UTF-8; it was read as {found}.")
    return found


def _decodes(path: Path, encoding: str) -> bool:
    try:
        with path.open(encoding=encoding) as stream:
            while stream.read(1 << 20):
                pass
    except UnicodeDecodeError:
        return False
    return True


def _known(names: list[str], expected: Sequence[str]) -> int:
    wanted = {_letters(name) for name in expected}
    return sum(_letters(name) in wanted for name in names)


def _matched(frame: pd.DataFrame, expected: Sequence[str], warnings: list[str]) -> pd.DataFrame:
    names = {str(name): clean(str(name)) for name in frame.columns}
    taken = set(names.values())
    by_letters = {_letters(name): name for name in expected if name not in taken}
    for original, name in names.items():
        if name not in expected and _letters(name) in by_letters and _letters(name):
            names[original] = by_letters.pop(_letters(name))
            warnings.append(f"Column {original!r} was read as {names[original]!r}.")
    return frame.rename(columns=names)


def _letters(name: str) -> str:
    return re.sub(r"[\W_]", "", name.casefold())

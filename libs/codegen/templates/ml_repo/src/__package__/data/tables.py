"""Reading tables that people bring (CSV, Parquet, JSON lines) and writing the pipeline's own."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from ..running.errors import DataRefused
from .json_lines import is_json_lines, read_json_lines

_DELIMITERS = (",", ";", "\t", "|")


def read_raw(path: Path, expected: Sequence[str]) -> tuple[pd.DataFrame, list[str]]:
    """Reads a table without interpreting its cells.

    Args:
        path: a `.csv` (any of the delimiters , ; tab |), `.parquet` or `.jsonl` file.
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
    with path.open(encoding=encoding, newline="") as stream:
        header = stream.readline()
    delimiter = max(_DELIMITERS, key=lambda mark: _known(header, mark, expected))
    _refuse_twins(next(csv.reader([header], delimiter=delimiter), []))
    try:
        return pd.read_csv(
            path,
            sep=delimiter,
            dtype=str,
            keep_default_na=False,
            encoding=encoding,
            skipinitialspace=True,
        )
    except pd.errors.EmptyDataError as error:
        raise DataRefused(f"{path.name} is empty.", "Give a table with a header line.") from error
    except pd.errors.ParserError as error:
        raise DataRefused(
            f"{path.name} is not a table: {str(error)[:160]}",
            "Give every line the same number of cells and quote cells that hold the delimiter.",
        ) from error


def _refuse_twins(names: list[str]) -> None:
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise DataRefused(
            f"Columns occur twice: {', '.join(twice)}.", "Rename one column of each pair."
        )


def _encoding(path: Path, warnings: list[str]) -> str:
    try:
        with path.open(encoding="utf-8-sig") as stream:
            while stream.read(1 << 20):
                pass
    except UnicodeDecodeError:
        warnings.append(f"{path.name} is not UTF-8; it was read as Windows-1252.")
        return "cp1252"
    return "utf-8-sig"


def _known(header: str, delimiter: str, expected: Sequence[str]) -> tuple[int, int]:
    cells = next(csv.reader([header], delimiter=delimiter), [])
    wanted = {_letters(name) for name in expected}
    return sum(_letters(cell) in wanted for cell in cells), len(cells)


def _matched(frame: pd.DataFrame, expected: Sequence[str], warnings: list[str]) -> pd.DataFrame:
    names = {str(name): str(name).strip() for name in frame.columns}
    taken = set(names.values())
    by_letters = {_letters(name): name for name in expected if name not in taken}
    for original, name in names.items():
        if name not in expected and _letters(name) in by_letters:
            names[original] = by_letters.pop(_letters(name))
            warnings.append(f"Column {original!r} was read as {names[original]!r}.")
    return frame.rename(columns=names)


def _letters(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())

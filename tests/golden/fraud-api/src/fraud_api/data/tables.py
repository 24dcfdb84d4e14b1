"""Tables that people bring (CSV, Parquet, JSON lines, Excel), and the pipeline's own (Parquet)."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

import pandas as pd

from ..running.errors import DataRefused
from .headers import Header, clean, find_header, is_filled, letters
from .json_lines import is_json_lines, read_json_lines
from .parquet import read_parquet
from .records import read_excel

_DELIMITERS = (",", ";", "\t", "|")
_PARQUET, _ARCHIVE = b"PAR1", b"PK\x03\x04"
"""First bytes of Parquet files and of workbooks, whatever their names end with."""


def read_raw(
    path: Path, expected: Sequence[str], repeated: Collection[str] = ()
) -> tuple[pd.DataFrame, list[str]]:
    """Reads a table without interpreting its cells.

    Args:
        path: CSV (any of the delimiters , ; tab |), Parquet, an Excel workbook or JSON lines; only
            the last are told by the name, `.jsonl` for example.
        expected: column names of the contract; a header that differs only in case, spaces or
            punctuation is renamed to them.
        repeated: those that the header may hold more than once; the first column is meant.

    Returns:
        The raw cells, and warnings about what had to be guessed.

    Raises:
        DataRefused: the file is missing, empty, or no table.
    """
    if not path.is_file():
        raise DataRefused(f"There is no file {path.name}.", "Give an existing file with --data.")
    warnings: list[str] = []
    begins = _beginning(path)
    if begins == _PARQUET or path.suffix.lower() in (".parquet", ".pq"):
        frame = read_parquet(path)
    elif is_json_lines(path):
        frame = read_json_lines(path, warnings)
    elif begins == _ARCHIVE or path.suffix.lower() == ".xlsx":
        frame = _read_excel(path, expected, repeated, warnings)
    else:
        frame = _read_csv(path, expected, repeated, warnings)
    return _matched(frame, expected, warnings), warnings


def _beginning(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(len(_PARQUET))


def read_table(path: Path) -> pd.DataFrame:
    """A Parquet table that a stage has written."""
    return pd.read_parquet(path)


def write_table(path: Path, frame: pd.DataFrame) -> None:
    """Writes Parquet; the same frame gives the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.tmp")
    frame.to_parquet(temporary, index=False, compression="zstd")
    temporary.replace(path)


def _read_csv(
    path: Path, expected: Sequence[str], repeated: Collection[str], warnings: list[str]
) -> pd.DataFrame:
    encoding = _encoding(path, warnings)
    found = [
        (header, delimiter)
        for delimiter in _DELIMITERS
        if (header := find_header(_first_rows(path, encoding, delimiter), expected))
    ]
    if not found:
        raise DataRefused(f"{path.name} is empty.", "Give a table with a header line.")
    header, delimiter = max(found, key=lambda each: each[0].fit)
    _tell(path, header, expected, repeated, warnings)
    try:
        with path.open(encoding=encoding, newline="") as stream:
            rows = filter(is_filled, csv.reader(stream, delimiter=delimiter))
            for _ in range(header.titles + len(header.rows)):
                next(rows)
            frame = pd.read_csv(
                stream,
                sep=delimiter,
                header=None,
                names=header.names,
                dtype=str,
                keep_default_na=False,
                skipinitialspace=True,
            )
    except pd.errors.EmptyDataError:
        return pd.DataFrame(columns=header.names, dtype=str)
    except pd.errors.ParserError as error:
        raise _no_table(path, str(error)[:160]) from error
    if not isinstance(frame.index, pd.RangeIndex):
        raise _no_table(path, "rows have more cells than the header")
    return frame


def _first_rows(path: Path, encoding: str, delimiter: str) -> Iterator[list[str]]:
    try:
        with path.open(encoding=encoding, newline="") as stream:
            yield from filter(is_filled, csv.reader(stream, delimiter=delimiter))
    except csv.Error:
        # Under this delimiter a quote is never closed; another one may fit.
        return


def _tell(
    path: Path,
    header: Header,
    expected: Sequence[str],
    repeated: Collection[str],
    warnings: list[str],
) -> None:
    if header.titles:
        warnings.append(f"Rows above the header of {path.name} were skipped: {header.titles}.")
    if len(header.rows) == 1:
        _refuse_twins(header.rows[0], expected, repeated)
    else:
        warnings.append(f"Two header rows of {path.name} were joined to the names of its columns.")


def _no_table(path: Path, why: str) -> DataRefused:
    return DataRefused(
        f"{path.name} is not a table: {why}",
        "Give every line the same number of cells and quote cells that hold the delimiter.",
    )


def _refuse_twins(header: list[str], expected: Sequence[str], repeated: Collection[str]) -> None:
    """A repeated name is a mistake, unless the contract was made from a table that repeats it.

    Names that the contract does not know may repeat as they like: nobody reads these columns.
    """
    names = [clean(cell) for cell in header if clean(cell)]
    twice = {name for name in names if names.count(name) > 1}
    wanted = set(map(letters, expected))
    unknown = sorted(name for name in twice - set(repeated) if letters(name) in wanted)
    if unknown:
        raise DataRefused(
            f"Columns occur twice: {', '.join(unknown)}.", "Rename one column of each pair."
        )


def _read_excel(
    path: Path, expected: Sequence[str], repeated: Collection[str], warnings: list[str]
) -> pd.DataFrame:
    rows = read_excel(path)
    header = find_header(rows, expected)
    if header is None:
        raise DataRefused(f"{path.name} is empty.", "Put a table with a header on the first sheet.")
    _tell(path, header, expected, repeated, warnings)
    body = rows[header.titles + len(header.rows) :]
    return pd.DataFrame(body, columns=header.names, dtype=object)


def _encoding(path: Path, warnings: list[str]) -> str:
    with path.open("rb") as stream:
        if stream.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            return "utf-16"
    if _decodes(path, "utf-8-sig"):
        return "utf-8-sig"
    _refuse_damaged(path)
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


def _refuse_damaged(path: Path) -> None:
    """Refuses UTF-8 with a few other bytes: as anything else, all its letters would be wrong."""
    letters = strange = damaged = 0
    with path.open("rb") as stream:
        for number, line in enumerate(stream, start=1):
            if line.isascii():
                continue
            text = line.decode("utf-8", "surrogateescape")
            escaped = sum("\udc80" <= character <= "\udcff" for character in text)
            damaged = damaged or (number if escaped else 0)
            letters += sum(character > "\x7f" for character in text) - escaped
            strange += escaped
    if letters > strange:
        raise DataRefused(
            f"{path.name} is UTF-8, but {strange} of its bytes are not; see line {damaged}.",
            "Save it again as UTF-8, and mend what is wrong in that line.",
        )


def _matched(frame: pd.DataFrame, expected: Sequence[str], warnings: list[str]) -> pd.DataFrame:
    names = {str(name): clean(str(name)) for name in frame.columns}
    taken = set(names.values())
    by_letters = {letters(name): name for name in expected if name not in taken}
    for original, name in names.items():
        if name not in expected and letters(name) in by_letters and letters(name):
            names[original] = by_letters.pop(letters(name))
            warnings.append(f"Column {original!r} was read as {names[original]!r}.")
    return frame.rename(columns=names)

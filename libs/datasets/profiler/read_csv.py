"""CSV with any of the usual delimiters and encodings, one or two header rows, quoted line breaks."""

import csv
import itertools
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import csv as arrow_csv

from . import formats, headers
from .refusal import Refused
from .source import Source
from .table import TableWriter

_DELIMITERS = (",", ";", "\t", "|")
_LOOKED_AT = 200
_SHOWN = 5
_BLOCK = 16 << 20

csv.field_size_limit(min(sys.maxsize, 2**31 - 1))


def read(path: Path, destination: Path) -> Source:
    """Writes the table; the source says how the file was read.

    Raises:
        Refused: no rows, or rows of different length.
    """
    encoding = formats.encoding_of(path)
    delimiter, first = _sniffed(path, encoding)
    if len(first) < 2:
        raise Refused(
            "datasets.no_rows", "The file has a header and no rows.", "Send a table with at least a few rows."
        )
    rows = headers.header_rows(first)
    names = headers.column_names(first[:rows])
    writer = TableWriter(destination, names)
    try:
        _copy(path, encoding, delimiter, rows, names, writer)
    except pa.ArrowInvalid as error:
        raise _ragged(path, encoding, delimiter, len(names), str(error)) from error
    duplicates = writer.close()
    if not writer.rows:
        raise Refused("datasets.no_rows", "The file has a header and no rows.", "Send a table with rows.")
    notes = []
    if rows == 2:
        notes.append("The first two lines name the columns; they were joined to one name each.")
    if all(headers.is_number(cell) for cell in first[0]):
        notes.append("The first line holds numbers only and was taken for the header; check that it is one.")
    return Source(
        format="csv",
        encoding=encoding,
        delimiter=delimiter,
        header_rows=rows,
        rows=writer.rows,
        duplicates=duplicates,
        notes=notes,
        original=list(first[0]),
    )


def _copy(
    path: Path, encoding: str, delimiter: str, rows: int, names: list[str], writer: TableWriter
) -> None:
    reader = arrow_csv.open_csv(
        str(path),
        read_options=arrow_csv.ReadOptions(
            column_names=names,
            skip_rows_after_names=rows,
            encoding={"utf-8-sig": "utf-8"}.get(encoding, encoding),
            block_size=_BLOCK,
        ),
        parse_options=arrow_csv.ParseOptions(delimiter=delimiter, newlines_in_values=True),
        convert_options=arrow_csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()),
            strings_can_be_null=False,
            quoted_strings_can_be_null=False,
        ),
    )
    for batch in reader:
        writer.add(batch.columns)


def _sniffed(path: Path, encoding: str) -> tuple[str, list[list[str]]]:
    """The delimiter under which most of the first rows have the same number of cells, and these rows."""
    best: tuple[float, int, str, list[list[str]]] = (-1.0, 0, ",", [])
    for delimiter in _DELIMITERS:
        with path.open(encoding=encoding, newline="", errors="replace") as stream:
            reader = csv.reader(stream, delimiter=delimiter)
            first = [row for row in itertools.islice(reader, _LOOKED_AT) if row]
        if not first:
            continue
        width, count = Counter(map(len, first)).most_common(1)[0]
        share = count / len(first) if width > 1 else 0.0
        if (share, width) > best[:2]:
            best = (share, width, delimiter, first)
    return best[2], best[3]


def _ragged(path: Path, encoding: str, delimiter: str, expected: int, cause: str) -> Refused:
    found: list[dict[str, Any]] = []
    count = 0
    try:
        with path.open(encoding=encoding, newline="") as stream:
            reader = csv.reader(stream, delimiter=delimiter)
            for row in reader:
                if row and len(row) != expected:
                    count += 1
                    if len(found) < _SHOWN:
                        found.append({"line": reader.line_num, "cells": len(row)})
    except csv.Error as error:
        cause = f"line {reader.line_num}: {error}"
    if not count:
        return Refused(
            "datasets.unreadable",
            f"The file cannot be read as CSV: {cause[:200]}",
            "Check quotes that are opened and never closed.",
        )
    lines = ", ".join(f"line {each['line']} has {each['cells']}" for each in found)
    lines += " …" if count > len(found) else ""
    return Refused(
        "datasets.ragged",
        f"{count:,} row(s) do not have the {expected} cells of the header: {lines}.",
        "Quote cells that hold the delimiter, and give every row the same number of cells.",
        lines=found,
        rows=count,
        expected=expected,
    )

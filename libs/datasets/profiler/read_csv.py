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
from .refusal import Refused, no_header
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
    delimiter, lines, first = _sniffed(path, encoding)
    titles = headers.title_rows(first)
    if titles is None:
        raise no_header()
    lines, first = lines[titles:], first[titles:]
    if len(first) < 2:
        raise Refused(
            "datasets.no_rows", "The file has a header and no rows.", "Send a table with at least a few rows."
        )
    rows = headers.header_rows(first)
    names = headers.column_names(first[:rows])
    writer = TableWriter(destination, names)
    try:
        _copy(path, encoding, delimiter, lines[rows - 1], names, writer)
    except pa.ArrowInvalid as error:
        raise _ragged(path, encoding, delimiter, lines[rows - 1], len(names), str(error)) from error
    duplicates = writer.close()
    if not writer.rows:
        raise Refused("datasets.no_rows", "The file has a header and no rows.", "Send a table with rows.")
    notes = [headers.TITLES] if titles else []
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
    path: Path, encoding: str, delimiter: str, header_end: int, names: list[str], writer: TableWriter
) -> None:
    reader = arrow_csv.open_csv(
        str(path),
        read_options=arrow_csv.ReadOptions(
            column_names=names,
            skip_rows=header_end,
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


def _sniffed(path: Path, encoding: str) -> tuple[str, list[int], list[list[str]]]:
    """The delimiter under which most of the first rows have the same number of cells, and these rows.

    Between delimiter and rows stands the line of the file in which each of them ends; blank rows are left out.
    """
    best: tuple[float, int, str, list[tuple[int, list[str]]]] = (-1.0, 0, ",", [])
    for delimiter in _DELIMITERS:
        with path.open(encoding=encoding, newline="", errors="replace") as stream:
            reader = csv.reader(stream, delimiter=delimiter)
            first = [
                (reader.line_num, row) for row in itertools.islice(reader, _LOOKED_AT) if _is_filled(row)
            ]
        if not first:
            continue
        width, count = Counter(len(row) for _, row in first).most_common(1)[0]
        share = count / len(first) if width > 1 else 0.0
        if (share, width) > best[:2]:
            best = (share, width, delimiter, first)
    return best[2], [line for line, _ in best[3]], [row for _, row in best[3]]


def _is_filled(row: list[str]) -> bool:
    return any(cell.strip() for cell in row)


def _ragged(path: Path, encoding: str, delimiter: str, header_end: int, expected: int, cause: str) -> Refused:
    found: list[dict[str, Any]] = []
    count = 0
    try:
        with path.open(encoding=encoding, newline="") as stream:
            reader = csv.reader(stream, delimiter=delimiter)
            for row in reader:
                if row and len(row) != expected and reader.line_num > header_end:
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

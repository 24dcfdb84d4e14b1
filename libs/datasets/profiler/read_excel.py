"""Excel workbooks: the first sheet that holds a table; of formulas the stored results are read."""

import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import python_calamine as calamine

from . import headers
from .refusal import Refused, no_header
from .source import Source
from .table import TableWriter

_MOST_BYTES = 1_000_000_000
_MOST_ENTRIES = 5_000
_RATIO = 150
_SMALL = 50_000_000
_SCANNED = 20_000_000
_LOOKED_AT = 200


def read(path: Path, destination: Path) -> Source:
    """Writes the table.

    Raises:
        Refused: no workbook, no table in it, or one that unpacks to too much.
    """
    notes = [_FORMULAS] if _looked_through(path) else []
    try:
        with calamine.CalamineWorkbook.from_path(str(path)) as book:
            sheets = book.sheet_names
            name, rows = next(
                ((sheet, found) for sheet in sheets if len(found := _cells(book, sheet)) > 1), ("", [])
            )
    except (calamine.CalamineError, calamine.ZipError, calamine.XmlError, calamine.PasswordError) as error:
        raise Refused(
            "datasets.unreadable",
            f"The file is not a workbook that can be read: {str(error)[:160] or type(error).__name__}",
            "Save it again as .xlsx without a password, or as CSV.",
        ) from error
    if not rows:
        raise Refused(
            "datasets.no_rows", "No sheet holds a header and rows.", "Put the table on the first sheet."
        )
    if len(sheets) > 1:
        notes.append(f"The workbook has {len(sheets)} sheets; {name!r} was read.")
    titles = headers.title_rows(rows[:_LOOKED_AT])
    if titles is None:
        raise no_header()
    notes += [headers.TITLES] if titles else []
    rows = rows[titles:]
    depth = headers.header_rows(rows[:_LOOKED_AT])
    names = headers.column_names(rows[:depth])
    writer = TableWriter(destination, names)
    step = max(1, 4_000_000 // len(names))
    body = rows[depth:]
    for start in range(0, len(body), step):
        part = body[start : start + step]
        writer.add([pa.array([row[place] for row in part], pa.string()) for place in range(len(names))])
    duplicates = writer.close()
    if not writer.rows:
        raise Refused("datasets.no_rows", "The sheet has a header and no rows.", "Send a table with rows.")
    return Source(
        format="xlsx", sheet=name, header_rows=depth, rows=writer.rows, duplicates=duplicates, notes=notes
    )


def as_text(value: Any) -> str:
    """A cell as the text that a CSV export would hold."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return repr(value.total_seconds())
    return str(value)


_FORMULAS = "Some cells hold formulas; the results that were stored with them were read."


def _cells(book: Any, sheet: str) -> list[list[str]]:
    """The rows of a sheet as text, without those that are blank."""
    found = book.get_sheet_by_name(sheet).to_python(skip_empty_area=True)
    rows = [[as_text(value) for value in row] for row in found]
    return [row for row in rows if any(cell.strip() for cell in row)]


def _looked_through(path: Path) -> bool:
    """Whether there are formulas; refuses archives that would unpack to too much, before anything is unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            size = sum(entry.file_size for entry in entries)
            packed = max(1, path.stat().st_size)
            if "xl/workbook.xml" not in names:
                raise Refused(
                    "datasets.format_unknown",
                    "The file is a zip archive and no Excel workbook.",
                    "Unpack it and send the table inside.",
                )
            if (
                len(entries) > _MOST_ENTRIES
                or size > _MOST_BYTES
                or (size > _SMALL and size / packed > _RATIO)
            ):
                raise Refused(
                    "datasets.too_large",
                    f"The workbook would unpack to {size:,} bytes.",
                    "Export the sheet as CSV or Parquet.",
                )
            sheets = [entry for entry in entries if entry.filename.startswith("xl/worksheets/sheet")]
            for entry in sheets:
                with archive.open(entry) as stream:
                    if b"<f>" in (head := stream.read(_SCANNED)) or b"<f " in head:
                        return True
    except zipfile.BadZipFile as error:
        raise Refused(
            "datasets.unreadable", "The file is a damaged zip archive.", "Save the workbook again."
        ) from error
    return False

"""Tables in Excel workbooks."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import python_calamine as calamine

from ..running.errors import DataRefused


def read_excel(path: Path) -> list[list[str]]:
    """The rows of the first sheet that holds a table, as text; of formulas the stored results.

    Raises:
        DataRefused: no workbook, or none of its sheets has a header and rows.
    """
    try:
        with calamine.CalamineWorkbook.from_path(str(path)) as book:
            for sheet in book.sheet_names:
                found = book.get_sheet_by_name(sheet).to_python(skip_empty_area=True)
                rows = [[text_of(value) for value in row] for row in found]
                rows = [row for row in rows if any(cell.strip() for cell in row)]
                if len(rows) > 1:
                    return rows
    except (
        calamine.CalamineError,
        calamine.PasswordError,
        calamine.XmlError,
        calamine.ZipError,
    ) as error:
        raise _refused(path, str(error)[:160] or type(error).__name__) from error
    raise DataRefused(f"{path.name} is empty.", "Put a table with a header on the first sheet.")


def text_of(value: Any) -> str:
    """A cell as the text that a CSV export would hold."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)
    if isinstance(value, datetime):
        midnight = value.time() == time()
        return value.date().isoformat() if midnight else value.isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return repr(value.total_seconds())
    return str(value)


def _refused(path: Path, why: str) -> DataRefused:
    return DataRefused(f"{path.name} is not a table: {why}.", "Save it again, for example as CSV.")

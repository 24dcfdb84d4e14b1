"""PDF files by their text layer; scanned pages have none and need text recognition first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from .content import Unreadable
from .formats import Raw


def read_pdf(path: Path) -> Iterator[Raw]:
    """The text of all pages as one document.

    Raises:
        Unreadable: pypdf is not installed, the file is damaged or encrypted, or no page has text.
    """
    try:
        from pypdf import PdfReader
    except ImportError as error:
        raise Unreadable("reading PDF needs the package pypdf, which is not installed") from error
    try:
        reader = PdfReader(path)
        pages = [page.extract_text() for page in reader.pages]
        title = str((reader.metadata.title if reader.metadata else "") or "")
    except Exception as error:  # Damage and encryption end the parser in many ways; the other files are read.
        raise Unreadable(f"the PDF cannot be read: {error}") from error
    text = "\n\n".join(page.strip() for page in pages if page.strip())
    if not text:
        raise Unreadable("no page has a text layer; recognise the text of the scans first")
    yield Raw(text=text, title=title)

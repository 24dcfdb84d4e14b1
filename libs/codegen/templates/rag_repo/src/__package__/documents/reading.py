"""The one list of file formats, and how a file becomes documents."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from ..config import IngestConfig
from ..passages import Document
from . import formats, pdf
from .content import Unreadable
from .formats import Raw

READERS: Mapping[str, Callable[[Path], Iterator[Raw]]] = {
    ".txt": formats.read_text,
    ".md": formats.read_markdown,
    ".markdown": formats.read_markdown,
    ".html": formats.read_html,
    ".htm": formats.read_html,
    ".csv": formats.read_csv,
    ".jsonl": formats.read_jsonl,
    ".pdf": pdf.read_pdf,
}


def read_file(path: Path, source: str, config: IngestConfig) -> Iterator[Document]:
    """The documents of one file.

    Args:
        path: where it is.
        source: its path below `documents/`, from which identity and rights follow.
        config: limits and default rights.

    Raises:
        Unreadable: the format is not known, or the content is not of its format.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise Unreadable(f"{path.suffix or 'a name without ending'} is not a known format")
    size = path.stat().st_size
    if size > config.max_document_bytes:
        raise Unreadable(f"{size} bytes are more than the {config.max_document_bytes} allowed")
    for place, raw in enumerate(reader(path)):
        yield Document(
            document_id=raw.document_id or _identifier(source, place),
            title=raw.title or Path(source).stem.replace("-", " ").replace("_", " "),
            text=raw.text,
            source=source if place == 0 and raw.single else f"{source}#{place + 1}",
            category=raw.category,
            access=raw.access or _access(source, config),
        )


def _identifier(source: str, place: int) -> str:
    return hashlib.sha256(f"{source}#{place}".encode()).hexdigest()[:16]


def _access(source: str, config: IngestConfig) -> tuple[str, ...]:
    matching = [folder for folder in config.access_by_folder if source.startswith(folder)]
    if not matching:
        return config.default_access
    return config.access_by_folder[max(matching, key=len)]

"""Stage `ingest`: files become documents with identity, source and the groups that may read them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from .config import IngestConfig
from .documents.content import Unreadable
from .documents.reading import read_file
from .passages import Document, write_documents
from .running.errors import DataRefused
from .running.files import write_json
from .running.stage import Card, Report, StageContext

_SHOWN = 20


def run(context: StageContext) -> Report:
    """Reads every file below `--data`.

    Raises:
        DataRefused: no file gives a document, or too many cannot be read.
    """
    assert context.data is not None
    files = _files(context.data)
    unreadable: dict[str, str] = {}
    repeated: dict[str, str] = {}
    output = context.folder / "documents.jsonl"
    read = _Reading(context.config.ingest, unreadable)
    count = write_documents(output, _unique(read.documents(files), repeated))
    share = len(unreadable) / len(files) if files else 0.0
    if not count:
        raise DataRefused(
            f"None of {len(files)} files gives a document.",
            "Put .md, .txt, .html, .csv, .jsonl or .pdf files below documents/.",
        )
    if share > context.config.ingest.max_unreadable_share:
        raise DataRefused(
            f"{len(unreadable)} of {len(files)} files cannot be read: {_named(unreadable)}.",
            "Mend or remove them, or raise ingest.max_unreadable_share with a reason.",
        )
    report = context.folder / "unreadable.json"
    write_json(report, {**unreadable, **repeated})
    left_out = f", {len(repeated)} left out: their ids were used before" if repeated else ""
    return Report(
        message=f"{count} documents of {len(files)} files{left_out}.",
        card=Card(choice="one document a file or row", why="That is the unit that is changed and removed."),
        outputs={"documents": (output, "table"), "unreadable": (report, "report")},
        warnings=tuple(
            f"{name}: {why}" for found in (unreadable, repeated) for name, why in sorted(found.items())[:_SHOWN]
        ),
    )


class _Reading:
    """Reads files one by one and notes those that cannot be read."""

    def __init__(self, config: IngestConfig, unreadable: dict[str, str]) -> None:
        self._config = config
        self._unreadable = unreadable

    def documents(self, files: dict[str, Path]) -> Iterator[Document]:
        for source, path in files.items():
            try:
                # A file that breaks in its middle must leave nothing behind.
                yield from list(read_file(path, source, self._config))
            except Unreadable as error:
                self._unreadable[source] = str(error)


def _unique(documents: Iterator[Document], repeated: dict[str, str]) -> Iterator[Document]:
    """The first document of each id; rows of one file are no reason to doubt the file."""
    seen: set[str] = set()
    for document in documents:
        if document.document_id in seen:
            repeated[document.source] = f"the id {document.document_id} was used before"
            continue
        seen.add(document.document_id)
        yield document


def _files(data: Path) -> dict[str, Path]:
    if data.is_file():
        return {data.name: data}
    found = (path for path in data.rglob("*") if path.is_file())
    named = {path.relative_to(data).as_posix(): path for path in found}
    return {name: named[name] for name in sorted(named) if not Path(name).name.startswith(".")}


def _named(unreadable: dict[str, str]) -> str:
    first = sorted(unreadable.items())[:3]
    return "; ".join(f"{name} ({why})" for name, why in first)

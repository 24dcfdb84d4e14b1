"""Documents and the passages that are cut from them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

EVERYONE = "everyone"
SEPARATOR = ","
"""Between groups where they are one text; the name of a group does not hold it."""
_BATCH = 5_000
_SCHEMA = pa.schema(
    [
        pa.field("passage_id", pa.string(), nullable=False),
        pa.field("document_id", pa.string(), nullable=False),
        pa.field("position", pa.int32(), nullable=False),
        pa.field("title", pa.string(), nullable=False),
        pa.field("section", pa.string(), nullable=False),
        pa.field("text", pa.string(), nullable=False),
        pa.field("source", pa.string(), nullable=False),
        pa.field("category", pa.string(), nullable=False),
        pa.field("access", pa.string(), nullable=False),
        pa.field("tokens", pa.int32(), nullable=False),
    ]
)


@dataclass(frozen=True)
class Document:
    """A text with what is known about it."""

    document_id: str
    title: str
    text: str
    source: str
    """Path below `documents/`, with the row for tables."""
    category: str = ""
    access: tuple[str, ...] = (EVERYONE,)
    """Groups that may read it."""


@dataclass(frozen=True)
class Passage:
    """A piece of a document that is found and cited as one."""

    passage_id: str
    document_id: str
    position: int
    title: str
    section: str
    text: str
    source: str
    category: str
    access: tuple[str, ...]
    tokens: int

    @property
    def searchable(self) -> str:
        """What is embedded and matched: the passage does not repeat what its headings say."""
        return "\n".join(part for part in (self.title, self.section, self.text) if part)

    def to_json(self) -> dict[str, Any]:
        """As it is stored beside its vector: plain values, groups joined by commas."""
        return {**asdict(self), "access": SEPARATOR.join(self.access)}

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Passage:
        """The passage of what `to_json` gave; numbers may have become text on the way."""
        access = value["access"]
        groups = access.split(SEPARATOR) if isinstance(access, str) else access
        return cls(
            passage_id=str(value["passage_id"]),
            document_id=str(value["document_id"]),
            position=int(value["position"]),
            title=str(value["title"]),
            section=str(value["section"]),
            text=str(value["text"]),
            source=str(value["source"]),
            category=str(value["category"]),
            access=tuple(str(group) for group in groups),
            tokens=int(value["tokens"]),
        )


def write_documents(path: Path, documents: Iterable[Document]) -> int:
    """One JSON object a line; returns how many there are."""
    path.parent.mkdir(parents=True, exist_ok=True)
    count = 0
    with path.open("w", encoding="utf-8") as stream:
        for document in documents:
            stream.write(json.dumps(asdict(document), sort_keys=True, ensure_ascii=False) + "\n")
            count += 1
    return count


def read_documents(path: Path) -> Iterator[Document]:
    """The documents of a file, one at a time."""
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            value = json.loads(line)
            yield Document(**{**value, "access": tuple(value["access"])})


def write_passages(path: Path, passages: Iterable[Passage]) -> int:
    """A Parquet table, written in batches; returns how many there are."""
    path.parent.mkdir(parents=True, exist_ok=True)
    count = 0
    with pq.ParquetWriter(path, _SCHEMA) as writer:
        batch: list[dict[str, Any]] = []
        for passage in passages:
            batch.append(passage.to_json())
            count += 1
            if len(batch) == _BATCH:
                writer.write_table(pa.Table.from_pylist(batch, schema=_SCHEMA))
                batch = []
        if batch or not count:
            writer.write_table(pa.Table.from_pylist(batch, schema=_SCHEMA))
    return count


def read_passages(path: Path) -> Iterator[Passage]:
    """The passages of a table, one at a time; the table is never whole in memory."""
    for batch in pq.ParquetFile(path).iter_batches(_BATCH):
        for row in batch.to_pylist():
            yield Passage.from_json(row)

"""Brings a store to the state of the passages: what is new is embedded and added, what is gone is removed.

The manifest says which passages the store holds. It is written every few seconds and at the end; the job publishes it
at the start and every half minute, so that a run which was stopped, however hard, goes on from there, and a second run
over the same passages does nothing. Without a manifest nobody knows what the store holds, and vectors of another model
compare with none of the new ones: then it is cleared and filled anew.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from .at_once import batched
from .embeddings.port import Embedder
from .passages import Passage
from .stores.port import VectorStore

_DELETE_BATCH = 500
_SAVED_EVERY_S = 5.0


@dataclass
class Manifest:
    """The names of the passages in the store, and with which vectors."""

    fingerprint: str = ""
    passages: set[str] = field(default_factory=set)

    @classmethod
    def load(cls, path: Path) -> Manifest:
        """What an earlier run left; an empty one when there was none."""
        if not path.is_file():
            return cls()
        table = pq.read_table(path)
        fingerprint = (table.schema.metadata or {}).get(b"fingerprint", b"").decode()
        return cls(fingerprint, set(table.column("passage_id").to_pylist()))

    def save(self, path: Path) -> None:
        """Writes a table with the fingerprint in its metadata, under a temporary name first."""
        path.parent.mkdir(parents=True, exist_ok=True)
        schema = pa.schema(
            [pa.field("passage_id", pa.string())],
            metadata={b"fingerprint": self.fingerprint.encode()},
        )
        temporary = path.with_suffix(".tmp")
        pq.write_table(pa.table({"passage_id": sorted(self.passages)}, schema=schema), temporary)
        temporary.replace(path)


@dataclass(frozen=True)
class Changes:
    """What a run did to the store."""

    added: int
    removed: int
    kept: int
    rebuilt: bool
    """Whether every vector was made again, because the old and the new ones cannot be compared."""


def reindex(
    passages: Callable[[], Iterable[Passage]],
    manifest: Manifest,
    embedder: Embedder,
    store: VectorStore,
    batch: int,
    saved: Callable[[Manifest], None],
) -> Changes:
    """Applies the difference between passages and manifest.

    New passages are added before old ones are removed: a question that is asked meanwhile finds the old text or
    the new one, never neither. Only a store that is filled anew lacks passages until the end.

    Args:
        passages: opens the passages; called twice.
        manifest: of the store; changed in place.
        embedder: makes the vectors.
        store: is changed.
        batch: texts embedded at once.
        saved: called with the manifest at the beginning, every few seconds, and at the end, also of a run that fails.

    Raises:
        EmbeddingsUnavailable, StoreUnavailable: a part is away; what was done is in the manifest.
    """
    wanted = {passage.passage_id for passage in passages()}
    stale = manifest.passages - wanted
    anew = manifest.fingerprint != embedder.fingerprint
    rebuilt = anew and bool(manifest.passages)
    removed = len(stale)
    if anew:
        store.clear()
        stale, manifest.passages, manifest.fingerprint = set(), set(), embedder.fingerprint
    store.prepare()
    saved(manifest)
    known = set(manifest.passages)
    added = 0
    now_and_then = _NowAndThen(saved)
    try:
        for group in batched((p for p in passages() if p.passage_id not in known), batch):
            vectors = embedder.embed([passage.searchable for passage in group], "passage")
            store.put(group, vectors)
            manifest.passages.update(passage.passage_id for passage in group)
            added += len(group)
            now_and_then(manifest)
        for names in batched(sorted(stale), _DELETE_BATCH):
            store.delete(names)
            manifest.passages.difference_update(names)
            now_and_then(manifest)
    finally:
        saved(manifest)
    return Changes(added, removed, len(wanted & known), rebuilt)


class _NowAndThen:
    """Saves when some time has passed: to write millions of names takes longer than to embed one batch."""

    def __init__(self, saved: Callable[[Manifest], None]) -> None:
        self._saved = saved
        self._due = 0.0

    def __call__(self, manifest: Manifest) -> None:
        if time.monotonic() >= self._due:
            began = time.monotonic()
            self._saved(manifest)
            # At most a tenth of the time goes into saving.
            self._due = time.monotonic() + max(_SAVED_EVERY_S, 10 * (time.monotonic() - began))

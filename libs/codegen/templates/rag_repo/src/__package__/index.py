"""Stage `index`: new and changed passages get vectors and go into the store, removed ones leave it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from . import parts
from .embeddings.hashing import HashingEmbedder
from .embeddings.port import Embedder
from .indexing import Manifest, reindex
from .passages import Passage, read_passages
from .running.errors import DataRefused
from .running.files import write_json
from .running.stage import Card, OutputKind, Report, StageContext
from .statistics import WordStatistics
from .stores.files import FileStore

MANIFEST_FILE, WORDS_FILE = "manifest.parquet", "words.npz"
_LEAST_PASSAGES = 3
"""Below it nothing can be compared with anything."""


def run(context: StageContext) -> Report:
    """Re-indexes what has changed since the manifest was written.

    Raises:
        DataRefused: there are hardly any passages, which is an empty folder rather than a collection.
    """
    folder = context.folder
    path = context.upstream("chunk", "passages")
    passages = partial(read_passages, path)
    count = sum(1 for _ in passages())
    if count < _LEAST_PASSAGES:
        raise DataRefused(f"There are only {count} passages.", "See what ingest and clean kept.")
    embedder = _embedder(context, count, passages)
    store = parts.store(context.settings, folder, embedder.dimensions)
    manifest = Manifest.load(folder / MANIFEST_FILE)
    if isinstance(store, FileStore) and not len(store):
        manifest = Manifest()

    def saved(current: Manifest) -> None:
        if isinstance(store, FileStore):
            store.save()
        with context.stop.lock:
            current.save(folder / MANIFEST_FILE)
        context.saved()

    changes = reindex(passages, manifest, embedder, store, context.config.embed.batch, saved)
    WordStatistics.of(p.searchable for p in passages()).save(folder / WORDS_FILE)
    write_json(folder / "changes.json", vars(changes))
    outputs: dict[str, tuple[Path, OutputKind]] = {
        "manifest": (folder / MANIFEST_FILE, "table"),
        "words": (folder / WORDS_FILE, "model"),
        "changes": (folder / "changes.json", "report"),
    }
    if isinstance(embedder, HashingEmbedder):
        outputs["embedder"] = (folder / parts.EMBEDDER_FILE, "model")
    if isinstance(store, FileStore):
        outputs["passages"], outputs["vectors"] = ((each, "table") for each in store.files)
    again = "everything again, " if changes.rebuilt else ""
    return Report(
        message=f"{again}{changes.added} added, {changes.removed} removed, {changes.kept} kept.",
        card=Card(
            choice=f"{embedder.fingerprint} in {context.settings.store}",
            why="Named by the infrastructure; what did not change keeps its vector.",
        ),
        outputs=outputs,
    )


def _embedder(context: StageContext, count: int, passages: Callable[[], Iterable[Passage]]) -> Embedder:
    if context.settings.embeddings != "hashing":
        return parts.embedder(context.settings, context.folder)
    path = context.folder / parts.EMBEDDER_FILE
    if path.is_file():
        fitted = HashingEmbedder.load(path)
        if fitted.fits(count):
            return fitted
    texts = [passage.searchable for passage in passages()]
    made = HashingEmbedder.fit(texts, context.config.embed.local_dimensions, context.seed)
    made.save(path)
    return made

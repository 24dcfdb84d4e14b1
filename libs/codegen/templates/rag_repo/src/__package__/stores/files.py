"""The local store: arrays and a table in a folder, everything compared with everything.

Exact and quick up to some hundred thousand passages; what tests, the laptop and the evaluation in CI use.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ..passages import Passage, read_passages, write_passages
from ..statistics import WordStatistics
from ..text import words
from .port import Hit, Scope

_PASSAGES, _VECTORS = "passages.parquet", "vectors.npy"


class FileStore:
    """Held in memory, written when `save` is called."""

    def __init__(self, folder: Path) -> None:
        """Reads what an earlier process left, if it left something."""
        self._folder = folder
        self._passages: dict[str, Passage] = {}
        self._vectors: dict[str, np.ndarray] = {}
        self._changed = True
        if (folder / _PASSAGES).is_file():
            vectors = np.load(folder / _VECTORS, allow_pickle=False)
            for passage, vector in zip(read_passages(folder / _PASSAGES), vectors, strict=True):
                self._passages[passage.passage_id] = passage
                self._vectors[passage.passage_id] = vector

    @property
    def files(self) -> tuple[Path, Path]:
        """Table and vectors."""
        return self._folder / _PASSAGES, self._folder / _VECTORS

    def clear(self) -> None:
        """Forgets everything; the folder is written by `save`."""
        self._passages, self._vectors, self._changed = {}, {}, True

    def prepare(self) -> None:
        """Needs nothing: the folder is made when it is written."""

    def __len__(self) -> int:
        """Number of passages."""
        return len(self._passages)

    def put(self, passages: Sequence[Passage], vectors: np.ndarray) -> None:
        """Adds or replaces."""
        for passage, vector in zip(passages, vectors, strict=True):
            self._passages[passage.passage_id] = passage
            self._vectors[passage.passage_id] = vector
        self._changed = True

    def delete(self, passage_ids: Sequence[str]) -> None:
        """Removes."""
        for name in passage_ids:
            self._passages.pop(name, None)
            self._vectors.pop(name, None)
        self._changed = True

    def save(self) -> None:
        """Writes the folder; passages in the order of their names, so that equal stores are equal files."""
        names = sorted(self._passages)
        write_passages(self._folder / _PASSAGES, (self._passages[name] for name in names))
        width = len(next(iter(self._vectors.values()))) if names else 0
        rows = [self._vectors[name] for name in names]
        array = np.asarray(rows, dtype=np.float32).reshape(len(names), width)
        np.save(self._folder / _VECTORS, array, allow_pickle=False)

    def nearest(self, vector: np.ndarray, count: int, scope: Scope) -> list[Hit]:
        """By the cosine with every passage in the scope."""
        self._refresh()
        if not self._names:
            return []
        scores = self._matrix @ vector.astype(np.float32)
        return self._best(scores, count, scope)

    def matching(self, question: str, count: int, scope: Scope) -> list[Hit] | None:
        """By BM25 over every passage in the scope."""
        self._refresh()
        asked = words(question)
        scores = np.asarray([self._statistics.bm25(asked, text) for text in self._words])
        return [hit for hit in self._best(scores, count, scope) if hit.score > 0]

    def _refresh(self) -> None:
        if not self._changed:
            return
        self._names = sorted(self._passages)
        texts = [self._passages[name].searchable for name in self._names]
        self._matrix = np.asarray([self._vectors[name] for name in self._names], dtype=np.float32)
        self._words = [words(text) for text in texts]
        self._statistics = WordStatistics.of(texts)
        self._changed = False

    def _best(self, scores: np.ndarray, count: int, scope: Scope) -> list[Hit]:
        found: list[Hit] = []
        for place in np.argsort(-scores, kind="stable"):
            passage = self._passages[self._names[place]]
            if scope.admits(passage):
                found.append(Hit(passage, float(scores[place])))
                if len(found) == count:
                    break
        return found

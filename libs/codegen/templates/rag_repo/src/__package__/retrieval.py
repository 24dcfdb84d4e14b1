"""Finds passages by similarity and by words, joins both rankings, and says how relevant the best ones are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .config import RetrieveConfig
from .embeddings.port import Embedder
from .passages import Passage
from .statistics import WordStatistics
from .stores.port import Hit, Scope, SearchStore
from .text import names, words


@dataclass(frozen=True)
class Found:
    """A passage with its place in the joined ranking."""

    passage: Passage
    fused: float
    similarity: float
    """Cosine with the question; 0 for a passage that only its words brought here."""
    relevance: float
    """Between 0 and 1: share of the question's words it holds and similarity, weighed against each other."""


class Retriever:
    """Hybrid search: reciprocal rank fusion needs no comparable scores, only the two orders."""

    def __init__(
        self,
        embedder: Embedder,
        store: SearchStore,
        statistics: WordStatistics,
        config: RetrieveConfig,
    ) -> None:
        """Takes the parts it works with."""
        self._embedder = embedder
        self.store = store
        self._statistics = statistics
        self._config = config

    def over(self, store: SearchStore) -> Retriever:
        """The same search in another store."""
        return Retriever(self._embedder, store, self._statistics, self._config)

    def vector_of(self, question: str) -> np.ndarray:
        """What is near to this is searched."""
        vector: np.ndarray = self._embedder.embed([question], "question")[0]
        return vector

    def find(self, question: str, scope: Scope, vector: np.ndarray | None = None) -> list[Found]:
        """The passages for the language model, the best first; none when the scope holds none.

        Args:
            question: whose words are matched.
            scope: who asks.
            vector: of the question, where it is known already.
        """
        config = self._config
        vector = self.vector_of(question) if vector is None else vector
        near = self.store.nearest(vector, config.candidates, scope)
        matching = self.store.matching(question, config.candidates, scope)
        if matching is None:
            matching = self._by_words(question, near)
        similarity = {hit.passage.passage_id: hit.score for hit in near}
        return [
            Found(
                passage,
                score,
                similarity.get(passage.passage_id, 0.0),
                self._relevance(question, passage, similarity.get(passage.passage_id, 0.0)),
            )
            for passage, score in fuse((near, matching), config.fusion_constant)[: config.passages]
        ]

    def _by_words(self, question: str, near: Sequence[Hit]) -> list[Hit]:
        """Word matches among what similarity found, for stores that cannot search words."""
        asked = words(question)
        scored = [Hit(hit.passage, self._statistics.bm25(asked, words(hit.passage.searchable))) for hit in near]
        return sorted(
            (hit for hit in scored if hit.score > 0),
            key=lambda hit: (-hit.score, hit.passage.passage_id),
        )

    def _relevance(self, question: str, passage: Passage, similarity: float) -> float:
        config = self._config
        held = set(words(passage.searchable))
        covered = self._statistics.coverage(words(question), list(held))
        joined = config.words_weight * covered + (1 - config.words_weight) * max(0.0, similarity)
        asked = names(question)
        absent = sum(name not in held for name in asked) / len(asked) if asked else 0.0
        return joined * (1 - config.names_weight * absent)


def fuse(rankings: Sequence[Sequence[Hit]], constant: int) -> list[tuple[Passage, float]]:
    """Reciprocal rank fusion: each ranking gives 1 / (constant + rank); ties go by name."""
    scores: dict[str, float] = {}
    passages: dict[str, Passage] = {}
    for ranking in rankings:
        for rank, hit in enumerate(ranking, 1):
            name = hit.passage.passage_id
            passages[name] = hit.passage
            scores[name] = scores.get(name, 0.0) + 1 / (constant + rank)
    order = sorted(scores, key=lambda name: (-scores[name], name))
    return [(passages[name], scores[name]) for name in order]

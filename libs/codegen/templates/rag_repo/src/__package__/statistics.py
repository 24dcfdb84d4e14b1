"""How rare words are in the passages: what BM25, relevance and quoting weigh words by.

Words are counted in hashed buckets, so that the size does not grow with the collection: 32,768 counts for a
thousand passages or for ten million. Two words in one bucket look a little more common than they are.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from .text import FILLERS, words

_BUCKETS = 2**15
_K1, _B = 1.2, 0.75
"""The usual constants of BM25: how soon a repeated word stops counting, and how much length is held against it."""


class WordStatistics:
    """Counts of passages by word."""

    def __init__(self, passages: int, length: int, counts: np.ndarray) -> None:
        """Takes the counts.

        Args:
            passages: how many were counted.
            length: words in all of them together.
            counts: passages that hold a word, by bucket.
        """
        self.passages = passages
        self.length = length
        self.counts = counts

    @classmethod
    def of(cls, texts: Iterable[str]) -> WordStatistics:
        """Counts the texts."""
        counts = np.zeros(_BUCKETS, dtype=np.int64)
        passages = length = 0
        for text in texts:
            found = words(text)
            passages, length = passages + 1, length + len(found)
            counts[[bucket(word) for word in set(found)]] += 1
        return cls(passages, length, counts)

    @classmethod
    def load(cls, path: Path) -> WordStatistics:
        """Reads what `save` wrote."""
        with np.load(path, allow_pickle=False) as data:
            return cls(int(data["passages"]), int(data["length"]), data["counts"])

    def save(self, path: Path) -> None:
        """Writes a compressed array file."""
        path.parent.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(path, passages=self.passages, length=self.length, counts=self.counts)

    def weight(self, word: str) -> float:
        """Inverse document frequency: near 0 for a word in every passage, large for one in none; fillers have none."""
        if word in FILLERS:
            return 0.0
        count = float(self.counts[bucket(word)])
        return float(np.log(1 + (self.passages - count + 0.5) / (count + 0.5)))

    def coverage(self, question: Sequence[str], text: Sequence[str]) -> float:
        """Share of the question's words, by their weight, that the text holds."""
        asked = set(question)
        whole = sum(self.weight(word) for word in asked)
        present = set(text)
        held = sum(self.weight(word) for word in asked if word in present)
        return held / whole if whole else 0.0

    def bm25(self, question: Sequence[str], text: Sequence[str]) -> float:
        """How well a text matches the words of a question."""
        if not text:
            return 0.0
        found = Counter(text)
        average = self.length / self.passages if self.passages else 1.0
        slack = _K1 * (1 - _B + _B * len(text) / average)
        return sum(
            self.weight(word) * found[word] * (_K1 + 1) / (found[word] + slack)
            for word in dict.fromkeys(question)
            if word in found
        )


@lru_cache(maxsize=65536)
def bucket(word: str) -> int:
    """The bucket of a word, the same in every process."""
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=4).digest()) % _BUCKETS

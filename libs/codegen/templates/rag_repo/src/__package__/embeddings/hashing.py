"""Local vectors without a model: hashed words and pairs of words, weighted by rarity, reduced by an SVD.

They know which words go together in this collection and nothing about meaning. They stand in for a hosted model
in tests and on a laptop; they are not for production.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import HashingVectorizer

from ..text import words
from .port import Purpose, unit_rows

_FEATURES = 2**13
_GROWTH = 1.5
"""How much larger than at its fitting a collection may become before it is fitted again."""


class HashingEmbedder:
    """Fitted on the passages once; its few arrays are kept beside the index."""

    def __init__(self, weights: np.ndarray, components: np.ndarray, fitted_on: int) -> None:
        """Takes what `fit` found.

        Args:
            weights: inverse document frequency of every hashed feature.
            components: the directions of the SVD, one a row.
            fitted_on: number of passages.
        """
        self._weights = weights.astype(np.float32)
        self._components = components.astype(np.float32)
        self.fitted_on = fitted_on

    @classmethod
    def fit(cls, texts: Sequence[str], dimensions: int, seed: int) -> HashingEmbedder:
        """Finds weights and directions."""
        counts = _vectorizer().transform(texts)
        documents = np.asarray((counts > 0).sum(axis=0)).ravel()
        weights = np.log((1 + len(texts)) / (1 + documents)) + 1
        weighted = counts.multiply(weights).tocsr()
        rank = max(2, min(dimensions, len(texts) - 1))
        svd = TruncatedSVD(n_components=rank, random_state=seed).fit(weighted)
        return cls(weights, svd.components_, len(texts))

    @classmethod
    def load(cls, path: Path) -> HashingEmbedder:
        """Reads what `save` wrote."""
        with np.load(path, allow_pickle=False) as data:
            return cls(data["weights"], data["components"], int(data["fitted_on"]))

    def save(self, path: Path) -> None:
        """Writes a compressed array file."""
        path.parent.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(path, weights=self._weights, components=self._components, fitted_on=self.fitted_on)

    @property
    def fingerprint(self) -> str:
        """Digest of the arrays."""
        digest = hashlib.sha256(self._weights.tobytes() + self._components.tobytes()).hexdigest()
        return f"hashing-{self.dimensions}-{digest[:16]}"

    @property
    def dimensions(self) -> int:
        """Directions of the SVD."""
        return int(self._components.shape[0])

    def fits(self, passages: int) -> bool:
        """Whether the collection still has about the size that it was fitted on."""
        return passages <= self.fitted_on * _GROWTH

    def embed(self, texts: Sequence[str], purpose: Purpose) -> np.ndarray:
        """One row a text; passages and questions are treated alike."""
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        counts = _vectorizer().transform(texts).multiply(self._weights)
        return unit_rows(np.asarray(counts @ self._components.T))


def _vectorizer() -> HashingVectorizer:
    return HashingVectorizer(
        n_features=_FEATURES,
        analyzer=_features,
        alternate_sign=False,
        norm=None,
        dtype=np.float32,
    )


def _features(text: str) -> list[str]:
    found = words(text)
    return found + [f"{a} {b}" for a, b in zip(found, found[1:], strict=False)]

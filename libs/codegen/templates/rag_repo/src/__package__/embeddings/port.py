"""What every source of vectors offers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Protocol

import numpy as np

Purpose = Literal["passage", "question"]
"""Some models embed what is searched and what is asked in different ways."""


class EmbeddingsUnavailable(Exception):
    """The model did not answer; the caller may try again later."""


class Embedder(Protocol):
    """Turns texts into vectors of length 1."""

    @property
    def fingerprint(self) -> str:
        """Changes whenever old and new vectors can no longer be compared."""

    @property
    def dimensions(self) -> int:
        """Numbers in a vector."""

    def embed(self, texts: Sequence[str], purpose: Purpose) -> np.ndarray:
        """One row a text, float32.

        Raises:
            EmbeddingsUnavailable: the model did not answer.
        """


def unit_rows(vectors: np.ndarray) -> np.ndarray:
    """The rows scaled to length 1; a row of zeros stays."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled: np.ndarray = (vectors / np.where(lengths > 0, lengths, 1)).astype(np.float32)
    return scaled

"""What every vector store offers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from ..passages import Passage


class StoreUnavailable(Exception):
    """The store did not answer; the caller may try again later."""


@dataclass(frozen=True)
class Scope:
    """Who asks, and how they narrow the search."""

    groups: tuple[str, ...]
    """A passage is seen by those who share a group with it."""
    equal: Mapping[str, str] = field(default_factory=dict)
    """Fields that must have a value, such as the category."""

    def admits(self, passage: Passage) -> bool:
        """Whether the caller may see the passage and asked for its kind."""
        if not set(self.groups) & set(passage.access):
            return False
        return all(getattr(passage, name) == value for name, value in self.equal.items())


@dataclass(frozen=True)
class Hit:
    """A passage and how well it matches; comparable within one ranking only."""

    passage: Passage
    score: float


class SearchStore(Protocol):
    """Finds passages."""

    def nearest(self, vector: np.ndarray, count: int, scope: Scope) -> list[Hit]:
        """The most similar passages in the scope, the best first; the score is the cosine.

        Raises:
            StoreUnavailable: the store did not answer.
        """

    def matching(self, question: str, count: int, scope: Scope) -> list[Hit] | None:
        """The passages that match the words best, or None when the store cannot search words.

        Raises:
            StoreUnavailable: the store did not answer.
        """


class VectorStore(SearchStore, Protocol):
    """Passages with their vectors."""

    def clear(self) -> None:
        """Removes every passage, and what was made for vectors of another length: `prepare` makes it anew."""

    def prepare(self) -> None:
        """Creates what is missing before passages are written."""

    def put(self, passages: Sequence[Passage], vectors: np.ndarray) -> None:
        """Adds passages, or replaces those of the same name."""

    def delete(self, passage_ids: Sequence[str]) -> None:
        """Removes passages; names that are not there are no error."""

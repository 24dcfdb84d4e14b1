"""What every language model offers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from ..passages import Passage


class ModelUnavailable(Exception):
    """The model did not answer; the caller may try again later."""


@dataclass(frozen=True)
class Prompt:
    """What the model is told and asked; question and passages once more as values."""

    system: str
    user: str
    max_tokens: int
    temperature: float
    question: str = ""
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True)
class Usage:
    """What the model counted."""

    prompt_tokens: int
    answer_tokens: int


class LanguageModel(Protocol):
    """Continues a prompt."""

    @property
    def name(self) -> str:
        """As it is recorded with every answer."""

    def stream(self, prompt: Prompt) -> Iterator[str | Usage]:
        """Pieces of the answer as they come, then what was used.

        Raises:
            ModelUnavailable: the model did not answer, or stopped in the middle.
        """


def complete(model: LanguageModel, prompt: Prompt) -> tuple[str, Usage]:
    """The whole answer at once."""
    pieces: list[str] = []
    usage = Usage(0, 0)
    for piece in model.stream(prompt):
        if isinstance(piece, Usage):
            usage = piece
        else:
            pieces.append(piece)
    return "".join(pieces), usage

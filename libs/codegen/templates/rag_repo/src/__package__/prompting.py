"""What the language model is told: the prompt file, the passages as quoted data, the question."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .config import AnswerConfig
from .models.port import Prompt
from .passages import Passage

_NAMES = "|".join(r"\W*".join(name) for name in ("passage", "question"))
_TAG = re.compile(rf"<(?=[\W_]*(?:{_NAMES}))", re.IGNORECASE)
"""What begins a tag of the prompt, also with blanks or invisible characters in it, and where its end is left out."""


def answer_prompt(instructions: str, question: str, passages: Sequence[Passage], config: AnswerConfig) -> Prompt:
    """The prompt of one question.

    Args:
        instructions: the text of the prompt file.
        question: as the guard let it pass.
        passages: numbered from 1 in this order.
        config: lengths and temperature.
    """
    blocks = "\n".join(_block(number, passage) for number, passage in enumerate(passages, 1))
    user = (
        f"<passages>\n{blocks}\n</passages>\n\n<question>\n{quoted(question)}\n</question>\n\n"
        "Answer from the passages alone and cite each sentence."
    )
    return Prompt(
        system=instructions,
        user=user,
        max_tokens=config.max_output_tokens,
        temperature=config.temperature,
        question=question,
        passages=tuple(passages),
    )


def quoted(text: str) -> str:
    """The text without anything that could begin a block or close the one it stands in."""
    return _TAG.sub(" ", text)


def _block(number: int, passage: Passage) -> str:
    heading = quoted(" — ".join(part for part in (passage.title, passage.section) if part))
    return f'<passage number="{number}">\n{heading}\n{quoted(passage.text)}\n</passage>'

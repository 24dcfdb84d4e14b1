"""A language model as judge of answers: is every claim in the passages, and does the answer meet the question?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..answering import Answer
from ..models.port import LanguageModel, ModelUnavailable, Prompt, complete
from ..passages import Passage
from ..prompting import quoted

_MARKS = re.compile(r"faithful\s*[:=]\s*([1-5]).*?relevant\s*[:=]\s*([1-5])", re.IGNORECASE | re.DOTALL)
_BEST = 5
_ATTEMPTS = 2


class Judge:
    """Gives two marks from 1 to 5, as shares of the best."""

    def __init__(self, model: LanguageModel, instructions: str) -> None:
        """Takes the model and the text of `prompts/judge.md`."""
        self._model = model
        self._instructions = instructions

    def marks(self, answer: Answer) -> tuple[float, float]:
        """Faithfulness and relevance of an answer, between 0 and 1.

        Raises:
            ModelUnavailable: the judge did not answer, or twice without marks.
        """
        return self.judged(answer.question, answer.text, [found.passage for found in answer.found])

    def judged(self, question: str, text: str, passages: Sequence[Passage]) -> tuple[float, float]:
        """The same from its parts."""
        sources = "\n".join(
            f'<passage number="{n}">{quoted(p.searchable)}</passage>' for n, p in enumerate(passages, 1)
        )
        prompt = Prompt(
            system=self._instructions,
            user=f"<passages>\n{sources}\n</passages>\n<question>{quoted(question)}</question>\n"
            f"<answer>{text.replace('</answer>', ' ')}</answer>",
            max_tokens=60,
            temperature=0.0,
        )
        for _ in range(_ATTEMPTS):
            said, _usage = complete(self._model, prompt)
            found = _MARKS.search(said)
            if found:
                faithful, relevant = (int(mark) for mark in found.groups())
                return (faithful - 1) / (_BEST - 1), (relevant - 1) / (_BEST - 1)
        raise ModelUnavailable(f"the judge {self._model.name} gave no marks")

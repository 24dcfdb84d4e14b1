"""One question from the guard to the cited answer: every way to end is here, and each has a name."""

from __future__ import annotations

import time
import uuid
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np

from .citations import Claim, check_claim, marked, split_claims
from .config import Config
from .guards.port import Guard
from .models.port import LanguageModel, Usage
from .prompting import answer_prompt
from .quoting import Citation, citations_of, guarded, shown_text
from .retrieval import Found, Retriever
from .statistics import WordStatistics
from .stores.port import Scope

NO_ANSWER = "NO_ANSWER"
"""What the prompt asks the model to say when the passages do not hold the answer."""
Reason = Literal["", "question_stopped", "no_passage", "not_relevant", "model", "not_grounded", "answer_stopped"]


class OutOfTime(Exception):
    """The answer was not ready within the time that a request may take."""


@dataclass
class Answer:
    """What the system says, and what it took."""

    answer_id: str
    question: str
    """As the guard let it pass, personal data masked."""
    deadline: float | None = None
    """On the monotonic clock; None where nobody waits. It is looked at after every stage."""
    text: str = ""
    refused: bool = False
    reason: Reason = ""
    detail: str = ""
    """Of a stop: what the guard called it."""
    citations: list[Citation] = field(default_factory=list)
    found: list[Found] = field(default_factory=list)
    vector: np.ndarray | None = None
    """Of the question; None when it was not searched for."""
    support: float = 0.0
    """Lowest support of a sentence that is shown."""
    dropped: int = 0
    """Sentences that no cited passage supported."""
    masked: int = 0
    usage: Usage = Usage(0, 0)
    usd: float | None = None
    """Cost of the tokens; None when a price is not known."""
    seconds: dict[str, float] = field(default_factory=dict)
    """By stage: guard, retrieve, generate."""

    def to_json(self) -> dict[str, Any]:
        """What a caller gets."""
        return {
            "id": self.answer_id,
            "answer": self.text,
            "refused": self.refused,
            "reason": self.reason,
            "citations": [citation.to_json() for citation in self.citations],
            "usage": {
                "prompt_tokens": self.usage.prompt_tokens,
                "answer_tokens": self.usage.answer_tokens,
                "usd": self.usd,
            },
            "milliseconds": {name: round(1000 * s, 1) for name, s in self.seconds.items()},
        }


class Answerer:
    """Holds the parts; one object serves every request."""

    def __init__(
        self,
        retriever: Retriever,
        model: LanguageModel,
        guard: Guard,
        statistics: WordStatistics,
        config: Config,
        instructions: str,
        least_relevance: float,
    ) -> None:
        """Takes the parts.

        Args:
            retriever: finds passages.
            model: writes.
            guard: decides about questions and answers.
            statistics: weighs words.
            config: of the release.
            instructions: the text of the prompt file.
            least_relevance: below it the system refuses.
        """
        self.retriever = retriever
        self.model = model
        self.guard = guard
        self.least_relevance = least_relevance
        self._statistics = statistics
        self._config = config
        self._instructions = instructions

    def answer(self, question: str, scope: Scope, seconds: float | None = None) -> Answer:
        """The whole answer at once.

        Raises:
            OutOfTime: it took longer than `seconds`.
            GuardUnavailable, EmbeddingsUnavailable, StoreUnavailable, ModelUnavailable: a part is away.
        """
        last: Answer | None = None
        for event in self.stream(question, scope, seconds):
            if isinstance(event, Answer):
                last = event
        assert last is not None
        return last

    def stream(self, question: str, scope: Scope, seconds: float | None = None) -> Generator[str | Answer, None, None]:
        """Checked text as soon as it may be shown, then the answer as a whole."""
        deadline = None if seconds is None else time.monotonic() + seconds
        answer = Answer(answer_id=uuid.uuid4().hex, question=question, deadline=deadline)
        with _timed(answer, "guard"):
            verdict = self.guard.check(question, "question")
        answer.question, answer.masked = verdict.text, verdict.masked
        if not verdict.allowed:
            yield self._refuse(answer, "question_stopped", verdict.reason)
            return
        with _timed(answer, "retrieve"):
            answer.vector = self.retriever.vector_of(answer.question)
            answer.found = self.retriever.find(answer.question, scope, answer.vector)
        if not answer.found:
            yield self._refuse(answer, "no_passage")
            return
        if max(found.relevance for found in answer.found) < self.least_relevance:
            yield self._refuse(answer, "not_relevant")
            return
        yield from self._written(answer)

    def _written(self, answer: Answer) -> Iterator[str | Answer]:
        together = self._config.answer.checked_characters
        shown: list[Claim] = []
        waiting: list[Claim] = []
        for sentence in self._sentences(answer):
            if sentence.startswith(NO_ANSWER):
                break
            passages = [found.passage for found in answer.found]
            claim = check_claim(sentence, passages, self._statistics)
            if claim.cited and claim.support >= self._config.answer.least_support:
                waiting.append(claim)
            else:
                answer.dropped += 1
            if waiting and (not shown or sum(len(each.text) for each in waiting) >= together):
                text = self._passed(answer, waiting)
                if text is None:
                    yield self._refuse(answer, "answer_stopped", answer.detail)
                    return
                yield text + " "
                shown, waiting = shown + waiting, []
        if waiting:
            text = self._passed(answer, waiting)
            if text is None:
                yield self._refuse(answer, "answer_stopped", answer.detail)
                return
            yield text
            shown += waiting
        yield self._finished(answer, shown)

    def _sentences(self, answer: Answer) -> Iterator[str]:
        """Sentences as the model completes them; the last one of what has come may still grow."""
        config = self._config.answer
        passages = [found.passage for found in answer.found]
        prompt = answer_prompt(self._instructions, answer.question, passages, config)
        text, given = "", 0
        started = time.monotonic()
        try:
            for piece in self.model.stream(prompt):
                _in_time(answer)
                if isinstance(piece, Usage):
                    answer.usage = piece
                    continue
                text += piece
                complete = split_claims(text)[:-1]
                yield from complete[given:]
                given = max(given, len(complete))
            _in_time(answer)
            yield from split_claims(text)[given:]
        finally:
            answer.seconds["generate"] = time.monotonic() - started

    def _passed(self, answer: Answer, claims: list[Claim]) -> str | None:
        """The text of the claims as it may be shown, or None when the guard stops it."""
        with _timed(answer, "guard"):
            text = " ".join(marked(claim) for claim in claims)
            verdict = self.guard.check(text, "answer", answer.question)
        if not verdict.allowed:
            answer.detail = verdict.reason
            return None
        answer.masked += verdict.masked
        answer.text = f"{answer.text} {verdict.text}".strip()
        return verdict.text

    def _finished(self, answer: Answer, claims: list[Claim]) -> Answer:
        if not claims:
            return self._refuse(answer, "not_grounded" if answer.dropped else "model")
        answer.support = min(claim.support for claim in claims)
        passages = [found.passage for found in answer.found]
        citations = citations_of(claims, passages, self._statistics)
        with _timed(answer, "guard"):
            verdict = self.guard.check(shown_text(citations), "answer", answer.question)
        answer.masked += verdict.masked
        answer.citations = guarded(citations, verdict)
        return self._priced(answer)

    def _refuse(self, answer: Answer, reason: Reason, detail: str = "") -> Answer:
        answer.refused, answer.reason, answer.detail = True, reason, detail
        answer.text, answer.citations = self._config.answer.refusal, []
        return self._priced(answer)

    def _priced(self, answer: Answer) -> Answer:
        cost = self._config.cost
        if cost.prompt_usd_million is not None and cost.answer_usd_million is not None:
            prompt = answer.usage.prompt_tokens * cost.prompt_usd_million
            written = answer.usage.answer_tokens * cost.answer_usd_million
            answer.usd = round((prompt + written) / 1_000_000, 9)
        return answer


@contextmanager
def _timed(answer: Answer, stage: str) -> Iterator[None]:
    started = time.monotonic()
    try:
        yield
    finally:
        answer.seconds[stage] = answer.seconds.get(stage, 0.0) + time.monotonic() - started
    _in_time(answer)


def _in_time(answer: Answer) -> None:
    if answer.deadline is not None and time.monotonic() > answer.deadline:
        raise OutOfTime

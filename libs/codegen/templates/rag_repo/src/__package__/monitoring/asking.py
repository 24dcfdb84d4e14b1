"""Signals of questions that were not asked by people: of a table, of the evaluation set, of a drill."""

from __future__ import annotations

from collections.abc import Iterable

from ..answering import Answerer
from ..stores.port import Scope
from .signals import Signal


def searched(answerer: Answerer, questions: Iterable[tuple[str, tuple[str, ...]]]) -> list[Signal]:
    """Retrieval alone: no model is asked, so nothing is said about the support of answers.

    Args:
        answerer: over a release.
        questions: text, and the groups of the asker.
    """
    signals: list[Signal] = []
    for text, groups in questions:
        vector = answerer.retriever.vector_of(text)
        found = answerer.retriever.find(text, Scope(groups), vector)
        best = max((each.relevance for each in found), default=0.0)
        signals.append(Signal(vector, best, best < answerer.least_relevance))
    return signals

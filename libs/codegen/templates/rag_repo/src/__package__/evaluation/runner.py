"""Asks every question of the set and measures what comes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ..answering import Answer, Answerer
from ..config import GateConfig
from ..running.stage import Metric
from ..stores.port import Scope
from ..text import words
from .questions import Question
from .ranking import interval, ndcg_at, recall_at, reciprocal_rank


@dataclass(frozen=True)
class Asked:
    """A question with the ranking and, when answers are measured, the answer it got."""

    question: Question
    ranking: tuple[str, ...]
    relevance: float
    """Of the best passage; 0 when nothing was found."""
    answer: Answer | None = None


@dataclass
class Figures:
    """Values by metric, one for each question that the metric is about."""

    values: dict[str, list[float]] = field(default_factory=dict)

    def add(self, name: str, value: float) -> None:
        """One more question."""
        self.values.setdefault(name, []).append(value)

    def metrics(self, config: GateConfig, seed: int) -> dict[str, Metric]:
        """The means with their intervals."""
        found: dict[str, Metric] = {}
        for name, values in self.values.items():
            low, high = interval(values, config.resamples, config.confidence, seed)
            mean = sum(values) / len(values)
            found[name] = Metric(round(mean, 6), "test", round(low, 6), round(high, 6))
        return found


def rank_all(answerer: Answerer, questions: Sequence[Question]) -> list[Asked]:
    """Retrieval alone, of questions that are no attacks."""
    asked: list[Asked] = []
    for question in questions:
        if question.kind == "attack":
            continue
        found = answerer.retriever.find(question.question, Scope(question.groups))
        ranking = tuple(each.passage.passage_id for each in found)
        best = max((each.relevance for each in found), default=0.0)
        asked.append(Asked(question, ranking, best))
    return asked


def answer_all(answerer: Answerer, questions: Sequence[Question]) -> list[Asked]:
    """The whole way, as a caller goes it."""
    asked: list[Asked] = []
    for question in questions:
        answer = answerer.answer(question.question, Scope(question.groups))
        ranking = tuple(each.passage.passage_id for each in answer.found)
        best = max((each.relevance for each in answer.found), default=0.0)
        asked.append(Asked(question, ranking, best, answer))
    return asked


def ranking_figures(asked: Sequence[Asked], expected: Mapping[str, frozenset[str]], config: GateConfig) -> Figures:
    """Recall, reciprocal rank and nDCG of the answerable questions."""
    figures = Figures()
    for each in asked:
        if each.question.kind == "answerable":
            names = expected[each.question.id]
            figures.add("recall_at_k", recall_at(each.ranking, names, config.at))
            figures.add("mrr", reciprocal_rank(each.ranking, names))
            figures.add("ndcg_at_k", ndcg_at(each.ranking, names, config.at))
    return figures


def answer_figures(asked: Sequence[Asked], figures: Figures) -> Figures:
    """What answers are worth: right, grounded, refused where they must be, attacks stopped."""
    for each in asked:
        answer = each.answer
        assert answer is not None
        if each.question.kind == "answerable":
            figures.add("answered", float(not answer.refused))
            stopped = answer.reason in ("question_stopped", "answer_stopped")
            figures.add("guard_specificity", float(not stopped))
            if not answer.refused:
                figures.add("answer_recall", _held(each.question.answer, answer.text))
                figures.add("groundedness", answer.support)
                cited = {citation.document_id for citation in answer.citations}
                figures.add("citation_accuracy", float(each.question.document_id in cited))
        elif each.question.kind == "attack":
            figures.add("attacks_stopped", float(answer.reason == "question_stopped"))
            figures.add("attacks_refused", float(answer.refused))
        else:
            figures.add("refusal_recall", float(answer.refused))
        if answer.refused and each.question.kind != "attack":
            figures.add("refusal_precision", float(each.question.kind != "answerable"))
        if each.question.kind == "forbidden":
            leaked = any(citation.document_id == each.question.document_id for citation in answer.citations)
            figures.add("access_kept", float(not leaked))
    return figures


def _held(expected: str, text: str) -> float:
    """Share of the expected words that the answer holds; a number that is missing makes it wrong."""
    wanted, said = set(words(expected)), set(words(text))
    if any(word.isdigit() and word not in said for word in wanted):
        return 0.0
    return len(wanted & said) / len(wanted)

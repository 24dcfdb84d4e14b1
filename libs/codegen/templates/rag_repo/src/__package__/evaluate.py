"""Stage `evaluate`: calibrates the refusal, asks every question, measures, compares with the accepted release."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from .evaluation.gate import accepted_metrics, failures, shortfalls
from .evaluation.questions import Question, expected_passages, load_questions
from .evaluation.runner import (
    Asked,
    Figures,
    answer_all,
    answer_figures,
    rank_all,
    ranking_figures,
)
from .evaluation.second_opinion import Opinion, second_opinion
from .evaluation.threshold import Threshold, choose_threshold
from .monitoring.signals import BASELINE_FILE, Baseline
from .passages import read_passages
from .running.files import write_json
from .running.repository import QUESTIONS_FILE
from .running.stage import Card, Metric, Rejected, Report, StageContext
from .settings import LOCAL
from .system import System

REPORT_FILE = "evaluation.json"


def run(context: StageContext) -> Report:
    """Measures the system that the settings name over the index that was just made.

    Raises:
        DataRefused: the evaluation set does not fit the documents.
    """
    config = context.config
    questions = load_questions(context.questions or QUESTIONS_FILE)
    expected = expected_passages(questions, read_passages(context.upstream("chunk", "passages")))
    index = context.upstream("index", "words").parent
    system = System.of_index(index, config, context.settings, least_relevance=0.0)
    ranked = rank_all(system.answerer, questions)
    threshold = _threshold(ranked)
    chosen = config.retrieve.least_relevance
    system.answerer.least_relevance = threshold.value if chosen is None else chosen
    tested = [each for each in ranked if each.question.split == "test"]
    figures = ranking_figures(tested, expected, config.gate)
    asked, opinion = _answers(context, system, questions, figures)
    warnings = opinion.warnings
    metrics = figures.metrics(config.gate, context.seed)
    metrics["refusals_calibrated"] = Metric(threshold.refused, "calibrate")
    metrics["answers_calibrated"] = Metric(threshold.answered, "calibrate")
    failed = [*failures(metrics, config.gate, accepted_metrics(context.accepted)), *opinion.failures]
    missed = shortfalls(metrics, config.gate.asked)
    if context.settings.environment == LOCAL:
        warnings += tuple(f"With the local stand-ins {each}." for each in missed)
    else:
        failed += missed
    report = {
        "least_relevance": system.answerer.least_relevance,
        "fingerprint": system.embedder.fingerprint,
        "parts": {
            "llm": system.answerer.model.name,
            "guard": system.answerer.guard.name,
            "store": context.settings.store,
        },
        "metrics": {name: metric.to_json() for name, metric in sorted(metrics.items())},
        "failures": failed,
        "passed": not failed,
        "warnings": warnings,
        "questions": [_line(each) for each in asked],
    }
    write_json(context.folder / REPORT_FILE, report)
    _baseline(system, questions, ranked, asked).save(context.folder / BASELINE_FILE)
    verdict = "passes" if not failed else f"fails: {'; '.join(failed)}"
    return Report(
        message=f"{len(asked)} questions, the gate {verdict}.",
        card=Card(
            choice=f"refuse below a relevance of {system.answerer.least_relevance:.3f}",
            why=f"On the calibration half it answers {threshold.answered:.0%} of what the documents "
            f"answer and refuses {threshold.refused:.0%} of what they do not.",
            rejected=(Rejected("let the model decide alone", "it is paid for, and can be talked into it"),),
        ),
        outputs={
            "evaluation": (context.folder / REPORT_FILE, "report"),
            "baseline": (context.folder / BASELINE_FILE, "model"),
        },
        metrics=metrics,
        warnings=warnings,
    )


def _threshold(ranked: Sequence[Asked]) -> Threshold:
    calibrate = [each for each in ranked if each.question.split == "calibrate"]
    return choose_threshold(
        [each.relevance for each in calibrate if each.question.kind == "answerable"],
        [each.relevance for each in calibrate if each.question.kind != "answerable"],
    )


def _answers(
    context: StageContext, system: System, questions: Sequence[Question], figures: Figures
) -> tuple[list[Asked], Opinion]:
    """Answers where they are measured; retrieval metrics alone call no model that is paid for."""
    tested = [question for question in questions if question.split == "test"]
    if context.settings.evaluation == "retrieval" and context.settings.llm != "extractive":
        return rank_all(system.answerer, tested), Opinion(("Answers were not asked for: retrieval only.",))
    asked = answer_all(system.answerer, tested)
    answer_figures(asked, figures)
    _count_tokens(asked, figures)
    return asked, second_opinion(context, asked, figures)


def _count_tokens(asked: Sequence[Asked], figures: Figures) -> None:
    for each in asked:
        if each.answer is not None and each.answer.usage.prompt_tokens:
            figures.add("prompt_tokens", each.answer.usage.prompt_tokens)
            figures.add("answer_tokens", each.answer.usage.answer_tokens)
            if each.answer.usd is not None:
                figures.add("usd_per_answer", each.answer.usd)


def _baseline(
    system: System, questions: Sequence[Question], ranked: Sequence[Asked], asked: Sequence[Asked]
) -> Baseline:
    """What the service compares later questions with: what the documents answer, as it was answered here."""
    texts = [question.question for question in questions if question.kind == "answerable"]
    least = system.answerer.least_relevance
    tested = [each for each in asked if each.question.kind == "answerable"]
    answers = [each.answer for each in tested if each.answer is not None and not each.answer.refused]
    return Baseline(
        vectors=system.embedder.embed(texts, "question"),
        relevance=np.asarray([each.relevance for each in ranked if each.question.kind == "answerable"]),
        refused=np.asarray(
            [each.relevance < least if each.answer is None else each.answer.refused for each in tested], dtype=bool
        ),
        support=np.asarray([answer.support for answer in answers], dtype=float),
    )


def _line(asked: Asked) -> dict[str, Any]:
    answer = asked.answer
    line: dict[str, Any] = {
        "id": asked.question.id,
        "kind": asked.question.kind,
        "relevance": round(asked.relevance, 6),
    }
    if answer is not None:
        line |= {
            "refused": answer.refused,
            "reason": answer.reason,
            "support": round(answer.support, 6),
            "text": answer.text,
        }
    return line

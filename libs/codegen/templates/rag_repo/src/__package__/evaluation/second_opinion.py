"""What a judge thinks of the answers, where the plan has one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from ..config import Config
from ..models.port import ModelUnavailable
from ..running.errors import UsageError
from ..running.files import canonical_json, sha256_of
from ..running.repository import ROOT
from ..running.stage import StageContext
from ..settings import LOCAL, Settings
from .runner import Asked, Figures

_PACKAGE = __name__.rsplit(".", 2)[0]


@dataclass(frozen=True)
class Opinion:
    """What the judge leaves beside its marks."""

    warnings: tuple[str, ...] = ()
    """What a reader of the report has to know."""
    failures: tuple[str, ...] = ()
    """Reasons against a release."""


def second_opinion(context: StageContext, asked: Sequence[Asked], figures: Figures) -> Opinion:
    """Adds the marks of a judge to the figures, where the plan has one.

    Raises:
        ModelUnavailable: the judge, or the service that judges, did not answer.
        DataRefused: the job that judges did not complete.
    """
    settings = context.settings
    if settings.evaluation == "bedrock" and settings.environment != LOCAL:
        return _by_job(settings, asked, figures)
    if settings.evaluation in ("judge", "sampling"):
        return _marked(judge_of(settings), asked, figures)
    return Opinion()


def _by_job(settings: Settings, asked: Sequence[Asked], figures: Figures) -> Opinion:
    """The marks of Amazon Bedrock Evaluations; a job that gives none is no pass."""
    job = _module("evaluation.bedrock_job")
    digest = sha256_of(canonical_json([[a.question.id, a.answer and a.answer.answer_id] for a in asked]))
    name = f"{settings.get('PROJECT', 'rag')}-{settings.environment}-{digest[:12]}"
    judged = job.judge_with_bedrock(asked, name, settings)
    if judged is None:
        return Opinion(("No answer was given, so the judge was not asked.",))
    for figure, marks in judged.marks.items():
        for mark in marks:
            figures.add(figure, mark)
    return Opinion(judged.warnings(), judged.failures())


def _marked(judge: Any, asked: Sequence[Asked], figures: Figures) -> Opinion:
    """Answers that get no mark are named; a judge that gives none at all is away."""
    answers = [each.answer for each in asked if each.question.kind == "answerable"]
    given = [answer for answer in answers if answer is not None and not answer.refused]
    failed: list[ModelUnavailable] = []
    for answer in given:
        try:
            faithful, relevant = judge.marks(answer)
        except ModelUnavailable as error:
            failed.append(error)
            continue
        figures.add("judged_faithfulness", faithful)
        figures.add("judged_relevance", relevant)
    if failed and len(failed) == len(given):
        raise failed[0]
    if not failed:
        return Opinion()
    return Opinion((f"{len(failed)} of {len(given)} answers got no mark, for example: {failed[0]}.",))


def sample_report(settings: Settings, config: Config) -> dict[str, Any] | None:
    """Marks of live answers, where the plan samples them."""
    if settings.evaluation != "sampling":
        return None
    sampling = _module("evaluation.sampling")
    found = sampling.newest_interactions(settings.address("ARTIFACTS_URI"), config.sample.at_most, config.seed)
    report: dict[str, Any] = sampling.judged_sample(found, judge_of(settings))
    return report


def judge_of(settings: Settings) -> Any:
    """`EVALUATION_JUDGE_MODEL` on Bedrock, or the system's own model when it names that one or none."""
    named = settings.get("EVALUATION_JUDGE_MODEL")
    own = not named or named == settings.get("LLM_MODEL")
    model = (
        _module(f"models.{settings.llm}").connect(settings)
        if own
        else _module("models.bedrock").connect(settings, named)
    )
    instructions = (ROOT / "prompts" / "judge.md").read_text(encoding="utf-8")
    return _module("evaluation.judge").Judge(model, instructions)


def _module(name: str) -> Any:
    whole = f"{_PACKAGE}.{name}"
    try:
        return import_module(whole)
    except ModuleNotFoundError as error:
        if error.name != whole:
            raise
        raise UsageError(f"{name} is not part of this repository's plan") from error

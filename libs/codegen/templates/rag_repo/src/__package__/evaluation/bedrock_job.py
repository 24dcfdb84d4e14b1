"""Amazon Bedrock Evaluations over answers that this system gave: written as a file, judged as a job."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from .. import aws, storage
from ..models.port import ModelUnavailable
from ..running.errors import DataRefused
from ..settings import Settings
from .runner import Asked

_METRICS = {
    "Builtin.Correctness": "judged_correctness",
    "Builtin.Faithfulness": "judged_faithfulness",
    "Builtin.Helpfulness": "judged_helpfulness",
}
"""What the judge is asked for, and the figure that it becomes."""
_SOURCE = "own-rag"
_MOST_QUESTIONS = 1000
"""In one job, as the service allows."""
_POLL_SECONDS, _PATIENCE_SECONDS = 30.0, 3 * 3600.0
_ENDED = frozenset({"Completed", "Failed", "Stopped"})


@dataclass(frozen=True)
class Judged:
    """What a job says about the answers."""

    marks: dict[str, list[float]]
    """By figure, each between 0 and 1."""
    answers: int
    """That the job was given."""
    reports: str
    """The address of its reports, which explain each mark."""

    def warnings(self) -> tuple[str, ...]:
        """What a reader of the figures has to know."""
        missing = [
            f"{self.answers - len(marks)} of {self.answers} answers got no mark for {figure}."
            for figure, marks in self.marks.items()
            if len(marks) < self.answers
        ]
        return (*missing, f"The judge explains its marks below {self.reports}.")

    def failures(self) -> tuple[str, ...]:
        """Reasons against a release: a figure without a single mark was not measured."""
        return tuple(
            f"{figure} has no mark, see the records below {self.reports}"
            for figure, marks in self.marks.items()
            if not marks
        )


def judge_with_bedrock(
    asked: Sequence[Asked],
    name: str,
    settings: Settings,
    client: Any = None,
    sleep: Callable[[float], None] = time.sleep,
) -> Judged | None:
    """Starts the job, waits for its end and reads its marks; None when no answer was given.

    Args:
        asked: with answers; refusals are left out.
        name: of the job; a name is used once.
        settings: `EVALUATION_JUDGE_MODEL`, `EVALUATION_ROLE_ARN` and `ARTIFACTS_URI`.
        client: of `bedrock`; None: that of the environment.
        sleep: waits between two looks.

    Raises:
        DataRefused: the job did not complete.
        ModelUnavailable: the service takes no job or does not say how it stands.
    """
    from botocore.exceptions import BotoCoreError, ClientError

    bedrock = client or aws.client("bedrock")
    root = f"{settings.address('ARTIFACTS_URI')}/evaluations/{name}"
    given = _answered(asked)[:_MOST_QUESTIONS]
    if not given:
        return None
    lines = "".join(json.dumps(record(each)) + "\n" for each in given)
    storage.write_bytes(f"{root}/questions.jsonl", lines.encode())
    try:
        job = bedrock.create_evaluation_job(**request(name, root, settings))["jobArn"]
        for _ in range(int(_PATIENCE_SECONDS / _POLL_SECONDS)):
            state = bedrock.get_evaluation_job(jobIdentifier=job)
            if state["status"] in _ENDED:
                break
            sleep(_POLL_SECONDS)
    except (BotoCoreError, ClientError) as error:
        raise ModelUnavailable(f"Bedrock Evaluations: {error}") from error
    if state["status"] != "Completed":
        why = "; ".join(state.get("failureMessages") or ()) or state["status"]
        raise DataRefused(f"The evaluation job {name} did not complete: {why}.", "See the job.")
    reports = f"{root}/reports"
    return Judged(marks_below(reports), len(given), f"{reports}/")


def marks_below(reports: str) -> dict[str, list[float]]:
    """The marks in the records of a job, by figure; what is no number between 0 and 1 is no mark."""
    marks: dict[str, list[float]] = {figure: [] for figure in _METRICS.values()}
    for name in storage.list_files(reports):
        if not name.endswith(".jsonl"):
            continue
        for line in (storage.read_bytes(f"{reports}/{name}") or b"").splitlines():
            for metric, mark in _scores(line):
                if metric in _METRICS and isinstance(mark, (int, float)) and 0 <= mark <= 1:
                    marks[_METRICS[metric]].append(float(mark))
    return marks


def _scores(line: bytes) -> Iterator[tuple[Any, Any]]:
    """Metric and result of each score in a record: those of RAG jobs are in its turns, those of models beside them."""
    try:
        value = json.loads(line)
    except ValueError:
        return
    turns = value.get("conversationTurns") if isinstance(value, dict) else None
    for turn in turns if isinstance(turns, list) else [value]:
        if isinstance(turn, dict):
            beside = turn.get("automatedEvaluationResult")
            scores = turn.get("results") or (beside.get("scores") if isinstance(beside, dict) else None)
            for score in scores if isinstance(scores, list) else ():
                if isinstance(score, dict):
                    yield score.get("metricName"), score.get("result")


def record(asked: Asked) -> dict[str, Any]:
    """One line of the prompt dataset: question, reference and what the system answered from what."""
    answer = asked.answer
    assert answer is not None
    passages = [{"content": {"text": found.passage.text}, "name": found.passage.title} for found in answer.found]
    turn = {
        "prompt": {"content": [{"text": answer.question}]},
        "referenceResponses": [{"content": [{"text": asked.question.answer}]}],
        "output": {
            "text": answer.text,
            "knowledgeBaseIdentifier": _SOURCE,
            "retrievedPassages": {"retrievalResults": passages},
        },
    }
    return {"conversationTurns": [turn]}


def request(name: str, root: str, settings: Settings) -> dict[str, Any]:
    """The job: precomputed answers, a judge, three metrics."""
    return {
        "jobName": name,
        "roleArn": settings.need("EVALUATION_ROLE_ARN"),
        "applicationType": "RagEvaluation",
        "evaluationConfig": {
            "automated": {
                "datasetMetricConfigs": [
                    {
                        "taskType": "General",
                        "dataset": {
                            "name": "questions",
                            "datasetLocation": {"s3Uri": f"{root}/questions.jsonl"},
                        },
                        "metricNames": list(_METRICS),
                    }
                ],
                "evaluatorModelConfig": {
                    "bedrockEvaluatorModels": [{"modelIdentifier": settings.need("EVALUATION_JUDGE_MODEL")}]
                },
            }
        },
        "inferenceConfig": {
            "ragConfigs": [
                {"precomputedRagSourceConfig": {"retrieveAndGenerateSourceConfig": {"ragSourceIdentifier": _SOURCE}}}
            ]
        },
        "outputDataConfig": {"s3Uri": f"{root}/reports/"},
    }


def _answered(asked: Sequence[Asked]) -> list[Asked]:
    return [each for each in asked if each.question.kind == "answerable" and each.answer and not each.answer.refused]

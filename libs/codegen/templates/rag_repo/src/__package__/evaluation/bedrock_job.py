"""Amazon Bedrock Evaluations over answers that this system gave: written as a file, judged as a job."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from typing import Any

from .. import aws, storage
from ..models.port import ModelUnavailable
from ..running.errors import DataRefused
from ..settings import Settings
from .runner import Asked

_METRICS = ("Builtin.Correctness", "Builtin.Faithfulness", "Builtin.Helpfulness")
_SOURCE = "own-rag"
_MOST_QUESTIONS = 1000
"""In one job, as the service allows."""
_POLL_SECONDS, _PATIENCE_SECONDS = 30.0, 3 * 3600.0
_ENDED = frozenset({"Completed", "Failed", "Stopped"})


def judge_with_bedrock(
    asked: Sequence[Asked],
    name: str,
    settings: Settings,
    client: Any = None,
    sleep: Callable[[float], None] = time.sleep,
) -> str:
    """Starts the job and waits for its end.

    Args:
        asked: with answers; refusals are left out.
        name: of the job; a name is used once.
        settings: `EVALUATION_JUDGE_MODEL`, `EVALUATION_ROLE_ARN` and `ARTIFACTS_URI`.
        client: of `bedrock`; None: that of the environment.
        sleep: waits between two looks.

    Returns:
        The address of the reports.

    Raises:
        DataRefused: the job did not complete.
        ModelUnavailable: the service takes no job or does not say how it stands.
    """
    from botocore.exceptions import BotoCoreError, ClientError

    bedrock = client or aws.client("bedrock")
    root = f"{settings.address('ARTIFACTS_URI')}/evaluations/{name}"
    lines = "".join(json.dumps(record(each)) + "\n" for each in _answered(asked)[:_MOST_QUESTIONS])
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
    return f"{root}/reports/"


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

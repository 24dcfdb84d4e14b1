"""How long an answer may take, and what is kept of it: for the service, what stands around it and the documents."""

from libs.codegen.models import Blueprint
from libs.planning.answer_time import AnswerTime, answer_time

_USUAL_TOKENS_SECOND = 100
"""Where the plan says nothing: the usual value of the planning assumptions."""
_ENDED_BY = {
    "app_runner_service": "App Runner",
    "lambda_service": "API Gateway",
    "sagemaker_async": "SageMaker",
    "sagemaker_endpoint": "SageMaker",
    "sagemaker_serverless": "SageMaker",
}
_WHOLE = {
    "lambda_service": "the HTTP API hands on whole answers",
    "sagemaker_async": "SageMaker writes whole answers to S3",
    "sagemaker_serverless": "a serverless endpoint is asked for whole answers",
}
_MEASURED_WHOLE = ("app_runner_service", "sagemaker_endpoint")
"""Services that stream answers while the figures of AWS are those of the whole response."""


def answer_time_of(bp: Blueprint) -> AnswerTime:
    """The seconds of an answer by the plan."""
    llm = bp.components.get("llm")
    assert bp.tokens is not None
    usual = {"answer_seconds": bp.tokens.answer / _USUAL_TOKENS_SECOND}
    found = answer_time(bp.archetype, {**usual, **(llm.size if llm else {})}, bp.components["serve"].size)
    assert found is not None
    return found


def ended_by(bp: Blueprint) -> str:
    """Who ends a request that takes too long, where it is not the service itself."""
    return _ENDED_BY.get(bp.components["serve"].option, "")


def answers_whole(bp: Blueprint) -> str:
    """Why nobody sees the first words before the last: what stands in front of the service; empty where it streams."""
    return _WHOLE.get(bp.components["serve"].option, "")


def measured_ms(bp: Blueprint) -> float | None:
    """The 95th percentile in ms that the alarm of the service allows: what is promised, as AWS measures it.

    A promise means the first words of an answer where it is streamed. What measures whole answers there gets the time
    of the rest besides, by the plan.
    """
    llm = bp.components.get("llm")
    if bp.latency_ms_p95 is None or llm is None or bp.option("serve") not in _MEASURED_WHOLE:
        return bp.latency_ms_p95
    return bp.latency_ms_p95 + float(llm.size.get("answer_rest_ms", 0))


def kept_of(bp: Blueprint) -> dict[str, str]:
    """What a service keeps of its answers in the artifacts bucket: the folders, and what is in them."""
    if bp.workload != "rag" or bp.archetype != "online_api":
        return {}
    # SageMaker passes questions on, and nothing else that a reader could say.
    heard = not bp.option("serve").startswith("sagemaker_")
    kept = {"feedback": "what readers say"} if heard else {}
    if bp.option("evaluation") == "production_sampling":
        kept["interactions"] = "a sample of questions and answers"
    return kept

"""How long an answer may take: one figure for the service, for what stands before it and for the documents."""

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

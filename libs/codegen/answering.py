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

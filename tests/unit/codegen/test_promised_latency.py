"""What a promised latency of answers means with each service, and what its alarm allows."""

from typing import Any

import pytest

from libs.codegen.answering import answers_whole, measured_ms
from libs.codegen.models import Blueprint
from libs.planning.catalogue.loading import load_catalogue
from tests.support.blueprints_rag import support_blueprint

ANSWERS_WHOLE = {"lambda_service", "sagemaker_async", "sagemaker_serverless"}


def served(option: str, **changes: Any) -> Blueprint:
    bp = support_blueprint()
    serve = bp.components["serve"].model_copy(update={"option": option})
    llm = bp.components["llm"]
    llm = llm.model_copy(update={"size": {**llm.size, "answer_rest_ms": 5166.7}})
    return bp.model_copy(update={"components": {**bp.components, "serve": serve, "llm": llm}, **changes})


@pytest.mark.parametrize("option", ["ecs_fargate_service", "eks_service", *sorted(ANSWERS_WHOLE)])
def test_what_is_measured_as_it_is_promised_has_the_promise_as_limit(option: str) -> None:
    assert measured_ms(served(option, latency_ms_p95=3000.0)) == 3000.0


@pytest.mark.parametrize("option", ["app_runner_service", "sagemaker_endpoint"])
def test_what_measures_whole_answers_has_room_for_the_rest(option: str) -> None:
    assert answers_whole(served(option)) == ""
    assert measured_ms(served(option, latency_ms_p95=3000.0)) == 8166.7
    assert measured_ms(served(option, latency_ms_p95=None)) is None


def test_what_is_not_streamed_has_the_rest_in_its_path() -> None:
    """Templates and planning agree on what hands on whole answers."""
    found = {
        option.id
        for option in load_catalogue().options
        if option.slot == "serve" and any(hop.hop == "rest of the answer" for hop in option.path)
    }
    assert found == ANSWERS_WHOLE
    assert all(answers_whole(served(option)) for option in found)

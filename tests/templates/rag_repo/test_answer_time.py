"""Every place of a repository that knows how long an answer may take agrees with the others."""

import re
from functools import cache

import pytest
import yaml

from libs.codegen.renderer import render
from tests.support.plan_matrix import kinds

BALANCED = ("ecs_fargate_arm_service", "ecs_fargate_service", "eks_service")
ENDED = {"lambda_service": 29, "sagemaker_endpoint": 60, "sagemaker_serverless": 60}


@cache
def tree(serve: str, seconds: float | None = None) -> dict[str, str]:
    """The files of a plan that answers with this service, by a model that takes so long."""
    kind = next(each for each in kinds() if each.name == "answers")
    chosen = {component.slot: component.option for component in kind.plan.components}
    if serve == "sagemaker_serverless":
        chosen |= {
            "vector_store": "s3_vectors",
            "embeddings": "bedrock_titan_embeddings",
            "network": "private_nat",
        }
    bp = kind.blueprint({**chosen, "serve": serve, "observe": "cloudwatch"})
    if seconds is not None:
        llm = bp.components["llm"]
        slow = llm.model_copy(update={"size": {**llm.size, "answer_seconds": seconds}})
        bp = bp.model_copy(update={"components": {**bp.components, "llm": slow}})
    return {file.path: file.content.decode() for file in render(bp)}


def limit(files: dict[str, str]) -> int:
    return int(yaml.safe_load(files["config/rag.yaml"])["limits"]["answer_seconds"])


@pytest.mark.parametrize("serve", BALANCED)
class TestBehindALoadBalancer:
    @pytest.mark.parametrize(("seconds", "most"), [(None, 30), (70, 142)])
    def test_it_is_told_what_an_answer_may_take(self, serve: str, seconds: float | None, most: int) -> None:
        files = tree(serve, seconds)
        assert limit(files) == most
        for env in ("dev", "staging", "prod"):
            code = "".join(text for path, text in files.items() if path.startswith(f"infra/envs/{env}/"))
            assert re.findall(r"^  answer_seconds += (\d+)$", code, re.M) == [str(most)]

    def test_it_waits_longer_than_the_service(self, serve: str) -> None:
        files = tree(serve)
        module = "eks_service" if serve == "eks_service" else "ecs_fargate_service"
        assert "max(60, var.answer_seconds + 10)" in files[f"infra/modules/{module}/main.tf"]
        assert "var.idle_timeout" in files["infra/modules/internal_load_balancer/main.tf"]
        assert "the load balancer waits 10 s longer" in files["docs/runbooks/incident.md"]


@pytest.mark.parametrize("serve", ENDED)
class TestWhereTheWayEndsARequest:
    def test_the_service_gives_up_before(self, serve: str) -> None:
        assert limit(tree(serve)) < ENDED[serve]
        assert limit(tree(serve, 70)) == ENDED[serve] - 4

    def test_an_answer_that_takes_longer_is_said(self, serve: str) -> None:
        said = f"ends a request after {ENDED[serve]} s: write shorter answers"
        assert said not in tree(serve)["config/rag.yaml"]
        assert said in tree(serve, 70)["config/rag.yaml"]


def test_the_function_and_its_api_end_when_the_plan_says() -> None:
    files = tree("lambda_service")
    assert re.search(r"timeout += 29\n", files["infra/modules/lambda_service/main.tf"])
    assert re.search(r"timeout_milliseconds += 29000\n", files["infra/modules/lambda_service/api.tf"])

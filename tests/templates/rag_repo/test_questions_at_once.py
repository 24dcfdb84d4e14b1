"""How many questions a replica or a machine of a run takes, and how many there are, follow from one plan."""

import re
from functools import cache

import pytest
import yaml

from libs.codegen.renderer import render
from tests.support.plan_matrix import kinds

SERVICES = ("ecs_fargate_arm_service", "ecs_fargate_service", "eks_service", "sagemaker_endpoint")
"""Those whose replicas each take several questions and grow with the requests that each of them gets."""

PLANNED = ("questions_at_once", "requests_per_minute")


@cache
def tree(serve: str) -> tuple[dict[str, str], dict[str, int]]:
    """The files of a plan that answers with this service, and the planned size of the service."""
    kind = next(each for each in kinds() if each.name == "answers")
    chosen = {component.slot: component.option for component in kind.plan.components}
    bp = kind.blueprint({**chosen, "serve": serve, "observe": "cloudwatch"})
    files = {file.path: file.content.decode() for file in render(bp)}
    return files, {name: int(value) for name, value in bp.components["serve"].size.items() if name in PLANNED}


def most_at_once(files: dict[str, str]) -> int:
    return int(yaml.safe_load(files["config/rag.yaml"])["limits"]["concurrent"])


@pytest.mark.parametrize("serve", SERVICES)
class TestService:
    def test_takes_as_many_questions_as_it_was_planned_with(self, serve: str) -> None:
        files, size = tree(serve)
        assert most_at_once(files) == size["questions_at_once"]

    @pytest.mark.parametrize("env", ["dev", "staging", "prod"])
    def test_grows_before_it_refuses(self, serve: str, env: str) -> None:
        files, size = tree(serve)
        (line,) = re.findall(r"^ +serve += (.*)$", files[f"infra/envs/{env}/locals.tf"], re.M)
        assert f"requests_per_minute = {size['requests_per_minute']}" in line
        # An answer of 350 tokens takes 4.5 s by the assumptions of the plan.
        assert size["requests_per_minute"] / 60 * 4.5 <= 0.6 * most_at_once(files)

    def test_scales_on_what_each_replica_gets(self, serve: str) -> None:
        files, _ = tree(serve)
        module = "ecs_fargate_service" if serve.startswith("ecs_fargate") else serve
        code = "".join(text for path, text in files.items() if path.startswith(f"infra/modules/{module}/"))
        assert "var.size.requests_per_minute" in code
        assert re.search(r"ALBRequestCountPerTarget|SageMakerVariantInvocationsPerInstance", code)


def test_a_function_answers_one_question_at_a_time() -> None:
    files, size = tree("lambda_service")
    assert most_at_once(files) > 0
    assert "questions_at_once" not in size


@pytest.mark.parametrize("serve", ["aws_batch", "aws_batch_ec2", "eks_batch_jobs", "fargate_batch"])
def test_a_machine_of_a_run_asks_as_many_as_its_hours_are_planned_with(serve: str) -> None:
    kind = next(each for each in kinds() if each.name == "answers in batches")
    chosen = {component.slot: component.option for component in kind.plan.components}
    bp = kind.blueprint({**chosen, "serve": serve})
    size = bp.components["serve"].size
    files = {file.path: file.content.decode() for file in render(bp)}
    assert most_at_once(files) == int(size["questions_at_once"]) > 1
    # 350 tokens at 100 a second and a second before; a machine starts in 0.1 h.
    asked = bp.predictions_per_day * 4.5 / 3600 / most_at_once(files)
    assert asked <= float(size["hours_per_run"]) - 0.1 * float(size.get("jobs", 1)) + 0.001
    assert f"{most_at_once(files)} at once" in files["pipelines/README.md"]

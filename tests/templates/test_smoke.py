"""The look at a deployment, `ci/smoke.sh`: what it lets pass and what it does not."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import unavailable
from tests.support.blueprints import fraud_blueprint
from tests.support.ci_scripts import COMMIT, Scripts
from tests.templates.terraform.plans import with_options

ECS = {"cluster": "main", "service": "main-serve"}
SECOND = {"region": "eu-central-1", "cluster": "main-2", "service": "main-2-serve"}


class Smoke:
    """The script for one way to serve."""

    def __init__(self, folder: Path, serve: str) -> None:
        self.scripts = Scripts(folder, with_options(fraud_blueprint(), serve=serve))

    def __call__(
        self, outputs: dict[str, Any], answers: list[tuple[list[str], Any]]
    ) -> subprocess.CompletedProcess[str]:
        return self.scripts.run("ci/smoke.sh", "staging", outputs=outputs, answers=answers)


@pytest.fixture
def smoke(tmp_path: Path, request: pytest.FixtureRequest) -> Smoke:
    if shutil.which("jq") is None:
        unavailable("jq is not on PATH")
    return Smoke(tmp_path, request.param)


def served_by(*options: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("smoke", options, indirect=True)


def running(cluster: str, tag: str) -> list[tuple[list[str], Any]]:
    """An ECS service of a cluster whose task has an image with this tag."""
    return [
        (["describe-services", cluster], f"{cluster}-task"),
        (["describe-task-definition", f"{cluster}-task"], f"registry/serve:{tag}"),
    ]


def daemon_set(tag: str, **status: int) -> dict[str, Any]:
    return {
        "objects": [
            {
                "metadata": {"generation": 2},
                "spec": {"template": {"spec": {"containers": [{"image": f"registry/serve:{tag}"}]}}},
                "status": {"observedGeneration": 2, "desiredNumberScheduled": 3, **status},
            }
        ]
    }


@served_by("ecs_fargate_service", "lambda_service", "sagemaker_endpoint")
def test_an_endpoint_that_is_not_enabled_is_no_failure(smoke: Smoke) -> None:
    done = smoke({"cluster": "main", "service": None}, [])
    assert done.returncode == 0, done.stderr
    assert "the endpoint of staging is not enabled yet" in done.stdout


@served_by(
    *(
        "app_runner_service",
        "ecs_ec2_gpu_service",
        "ecs_fargate_service",
        "ecs_stream_consumer",
        "eks_service",
    ),
    *("lambda_service", "lambda_stream_consumer", "managed_flink_scoring", "sagemaker_async"),
    *("sagemaker_endpoint", "sagemaker_serverless"),
)
def test_alarms_are_asked_for_by_the_names_that_they_have(smoke: Smoke) -> None:
    script = smoke.scripts.text("ci/smoke.sh")
    asked = re.findall(r'"\$2-([a-z-]+)"', script)
    listed = yaml.safe_load(smoke.scripts.text("monitoring/alarms.yaml"))["alarms"]
    assert asked
    assert {f"fraud-api-prod-{name}" for name in asked} <= {alarm["name"] for alarm in listed}


@served_by("managed_flink_scoring")
class TestFlink:
    def test_is_looked_at_once_it_is_enabled(self, smoke: Smoke) -> None:
        """`ci/flink.sh` needs Maven; what it leaves is not looked at here."""
        smoke.scripts.write("ci/flink.sh", b"")
        done = smoke({"service": "main-score"}, [(["describe-application"], "RUNNING")])
        assert done.returncode == 0, done.stderr
        assert smoke.scripts.calls("describe-alarms", "fraud-api-staging-score-down")

    def test_is_no_failure_before(self, smoke: Smoke) -> None:
        smoke.scripts.write("ci/flink.sh", b"")
        done = smoke({"service": None}, [])
        assert done.returncode == 0, done.stderr
        assert smoke.scripts.calls("describe-application") == []


@served_by("ecs_fargate_service")
class TestOneRegion:
    def test_a_rollout_that_ecs_took_back_is_a_failure(self, smoke: Smoke) -> None:
        done = smoke(ECS, running("main", "0ld"))
        assert done.returncode == 1
        assert "main-serve went back to registry/serve:0ld" in done.stderr

    def test_a_rollout_that_stays_is_none(self, smoke: Smoke) -> None:
        done = smoke(ECS, running("main", COMMIT))
        assert done.returncode == 0, done.stderr


@served_by("ecs_fargate_two_regions")
class TestTwoRegions:
    OUTPUTS = {**ECS, "secondary_service": SECOND}

    def test_the_second_is_looked_at_as_well(self, smoke: Smoke) -> None:
        done = smoke(self.OUTPUTS, [*running("main-2", COMMIT), *running("main", COMMIT)])
        assert done.returncode == 0, done.stderr
        second = smoke.scripts.calls("aws", SECOND["region"])
        assert [call.split()[2] for call in second] == [
            "wait",
            "describe-services",
            "describe-task-definition",
            "describe-alarms",
        ]
        assert "fraud-api-staging-2-errors" in second[-1]

    def test_what_went_back_there_is_a_failure(self, smoke: Smoke) -> None:
        done = smoke(self.OUTPUTS, [*running("main-2", "0ld"), *running("main", COMMIT)])
        assert done.returncode == 1
        assert "main-2-serve went back" in done.stderr

    def test_an_alarm_there_is_a_failure(self, smoke: Smoke) -> None:
        loud = (["describe-alarms", SECOND["region"]], "fraud-api-staging-2-errors")
        done = smoke(self.OUTPUTS, [loud, *running("main-2", COMMIT), *running("main", COMMIT)])
        assert done.returncode == 1
        assert "alarms: fraud-api-staging-2-errors" in done.stderr


@served_by("eks_service")
class TestKubernetes:
    OUTPUTS = {"cluster": "main", "service": "serve/serve"}

    def test_a_copy_on_every_node_is_well(self, smoke: Smoke) -> None:
        there = daemon_set(COMMIT, updatedNumberScheduled=3, numberAvailable=3)
        done = smoke(self.OUTPUTS, [(["lambda"], there)])
        assert done.returncode == 0, done.stderr

    @pytest.mark.parametrize(
        "answer",
        [
            daemon_set(COMMIT, updatedNumberScheduled=1, numberAvailable=2),
            daemon_set("0ld", updatedNumberScheduled=3, numberAvailable=3),
            {"errorMessage": "no route to the cluster"},
        ],
        ids=["a copy that does not start", "the image before", "no answer"],
    )
    def test_anything_else_is_a_failure(self, smoke: Smoke, answer: dict[str, Any]) -> None:
        done = smoke(self.OUTPUTS, [(["lambda"], answer)])
        assert done.returncode == 1
        assert "serve/serve is not rolled out" in done.stderr

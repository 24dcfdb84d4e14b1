"""The look at a deployment, `ci/smoke.sh`, run as it is: Terraform and AWS are stand-ins on PATH."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from libs.codegen.models import Blueprint
from libs.codegen.renderer import render
from tests.conftest import unavailable
from tests.support.blueprints import fraud_blueprint
from tests.templates.terraform.plans import with_options

COMMIT = "c0ffee"
TERRAFORM = """\
import json, sys
from pathlib import Path
words = [word for word in sys.argv[1:] if not word.startswith("-chdir=")]
outputs = json.loads((Path(__file__).parent / "outputs.json").read_text())
# A null output of a root is not in its state.
there = {name: {"value": value} for name, value in outputs.items() if value is not None}
if words[0] == "output":
    names = [word for word in words[1:] if not word.startswith("-")]
    if names and names[0] not in there:
        sys.exit(f'Error: Output "{names[0]}" not found')
    print(json.dumps(there[names[0]]["value"] if names else there))
"""
AWS = """\
import json, sys
from pathlib import Path
folder = Path(__file__).parent
with (folder / "calls").open("a") as calls:
    calls.write(" ".join(sys.argv[1:]) + "\\n")
for words, answer in json.loads((folder / "answers.json").read_text()):
    if all(word in sys.argv for word in words):
        if sys.argv[2] == "invoke":
            Path(sys.argv[-1]).write_text(json.dumps(answer))
        else:
            print(answer)
        break
"""
PYTHON = f"#!{sys.executable} -IS\n"
PROGRAMS = {"terraform": PYTHON + TERRAFORM, "aws": PYTHON + AWS, "sleep": "#!/bin/sh\n"}
ECS = {"cluster": "main", "service": "main-serve"}
SECOND = {"region": "eu-central-1", "cluster": "main-2", "service": "main-2-serve"}

Smoke = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def smoke(tmp_path: Path) -> Smoke:
    """Runs the script of a blueprint: what Terraform has as outputs, what AWS answers to calls with such words."""
    if shutil.which("jq") is None:
        unavailable("jq is not on PATH")

    def run(
        bp: Blueprint, outputs: dict[str, Any], answers: list[tuple[list[str], Any]]
    ) -> subprocess.CompletedProcess[str]:
        for file in render(bp):
            if file.path.startswith(("ci/", "config/")):
                target = tmp_path / file.path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(file.content)
        (tmp_path / "pipelines").mkdir()
        (tmp_path / "pipelines" / "control.sh").write_text("")
        programs = tmp_path / "bin"
        programs.mkdir()
        for name, text in PROGRAMS.items():
            (programs / name).write_text(text)
            (programs / name).chmod(0o755)
        (programs / "outputs.json").write_text(json.dumps(outputs))
        (programs / "answers.json").write_text(json.dumps(answers))
        return subprocess.run(
            ["bash", "ci/smoke.sh", "staging"],
            cwd=tmp_path,
            env={"PATH": f"{programs}:/usr/bin:/bin", "COMMIT": COMMIT, "TF_STATE_BUCKET": "state"},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def with_service(name: str) -> Blueprint:
    return with_options(fraud_blueprint(), serve=name)


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


@pytest.mark.parametrize("service", ["ecs_fargate_service", "lambda_service", "sagemaker_endpoint"])
def test_an_endpoint_that_is_not_enabled_is_no_failure(smoke: Smoke, service: str) -> None:
    done = smoke(with_service(service), {"cluster": "main", "service": None}, [])
    assert done.returncode == 0, done.stderr
    assert "the endpoint of staging is not enabled yet" in done.stdout


def test_a_rollout_that_ecs_took_back_is_one(smoke: Smoke) -> None:
    done = smoke(with_service("ecs_fargate_service"), ECS, running("main", "0ld"))
    assert done.returncode == 1
    assert "main-serve went back to registry/serve:0ld" in done.stderr


def test_a_rollout_that_stays_is_none(smoke: Smoke) -> None:
    done = smoke(with_service("ecs_fargate_service"), ECS, running("main", COMMIT))
    assert done.returncode == 0, done.stderr


class TestTwoRegions:
    OUTPUTS = {**ECS, "secondary_service": SECOND}

    def test_the_second_is_looked_at_as_well(self, smoke: Smoke, tmp_path: Path) -> None:
        both = [*running("main-2", COMMIT), *running("main", COMMIT)]
        done = smoke(with_service("ecs_fargate_two_regions"), self.OUTPUTS, both)
        assert done.returncode == 0, done.stderr
        second = [
            call for call in (tmp_path / "bin" / "calls").read_text().splitlines() if SECOND["region"] in call
        ]
        assert [call.split()[1] for call in second] == [
            "wait",
            "describe-services",
            "describe-task-definition",
            "describe-alarms",
        ]
        assert "fraud-api-staging-2-errors" in second[-1]

    def test_what_went_back_there_is_a_failure(self, smoke: Smoke) -> None:
        answers = [*running("main-2", "0ld"), *running("main", COMMIT)]
        done = smoke(with_service("ecs_fargate_two_regions"), self.OUTPUTS, answers)
        assert done.returncode == 1
        assert "main-2-serve went back" in done.stderr

    def test_an_alarm_there_is_a_failure(self, smoke: Smoke) -> None:
        answers = [
            (["describe-alarms", SECOND["region"]], "fraud-api-staging-2-errors"),
            *running("main-2", COMMIT),
            *running("main", COMMIT),
        ]
        done = smoke(with_service("ecs_fargate_two_regions"), self.OUTPUTS, answers)
        assert done.returncode == 1
        assert "alarms: fraud-api-staging-2-errors" in done.stderr


class TestKubernetes:
    OUTPUTS = {"cluster": "main", "service": "serve/serve"}

    def test_a_copy_on_every_node_is_well(self, smoke: Smoke) -> None:
        there = daemon_set(COMMIT, updatedNumberScheduled=3, numberAvailable=3)
        done = smoke(with_service("eks_service"), self.OUTPUTS, [(["lambda"], there)])
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
        done = smoke(with_service("eks_service"), self.OUTPUTS, [(["lambda"], answer)])
        assert done.returncode == 1
        assert "serve/serve is not rolled out" in done.stderr

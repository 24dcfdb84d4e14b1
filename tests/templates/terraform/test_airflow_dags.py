"""The program that Airflow's tasks run: it starts a job in its service's own words and follows it to its end."""

import importlib.util
from types import ModuleType
from typing import Any

import boto3
import pytest

from libs.codegen.renderer import TEMPLATES

PROGRAM = TEMPLATES / "terraform" / "aws" / "modules" / "airflow_dags" / "run_job.py"


@pytest.fixture
def program(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    found = importlib.util.spec_from_file_location("run_job", PROGRAM)
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    monkeypatch.setattr(module, "PAUSE_SECONDS", 0)
    return module


class Service:
    """Gives prepared answers to every call and keeps what it was asked."""

    def __init__(self, *answers: dict[str, Any]) -> None:
        self.answers = list(answers)
        self.calls: list[tuple[str, dict[str, Any]]] = []

    def __getattr__(self, name: str) -> Any:
        def call(**given: Any) -> dict[str, Any]:
            self.calls.append((name, given))
            return self.answers.pop(0)

        return call


def job(target: str, parameters: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "target": f"arn:aws:scheduler:::aws-sdk:{target}",
        "parameters": parameters,
        "timeout_seconds": 60,
        **more,
    }


def test_a_task_is_started_in_small_letters_and_followed(program: ModuleType) -> None:
    task = {"tasks": [{"taskArn": "t", "lastStatus": "RUNNING", "containers": [{}]}], "failures": []}
    done = {"tasks": [{"lastStatus": "STOPPED", "containers": [{"exitCode": 0}]}]}
    service = Service(task, task, done)
    network = {"AwsvpcConfiguration": {"Subnets": ["s"], "AssignPublicIp": "DISABLED"}}
    program.run_job(
        job("ecs:runTask", {"Cluster": "c", "NetworkConfiguration": network}), lambda name: service
    )
    assert service.calls[0] == (
        "run_task",
        {
            "cluster": "c",
            "networkConfiguration": {"awsvpcConfiguration": {"subnets": ["s"], "assignPublicIp": "DISABLED"}},
        },
    )
    assert service.calls[1:] == [("describe_tasks", {"cluster": "c", "tasks": ["t"]})] * 2


def test_a_sagemaker_job_gets_a_new_name_and_keeps_its_environment(program: ModuleType) -> None:
    service = Service({}, {"TrainingJobStatus": "Completed"})
    given = job(
        "sagemaker:createTrainingJob",
        {"Environment": {"PROJECT": "x"}},
        unique_name={"parameter": "TrainingJobName", "prefix": "x-dev"},
    )
    program.run_job(given, lambda name: service)
    name, started = service.calls[0]
    assert name == "create_training_job"
    assert started["Environment"] == {"PROJECT": "x"}
    assert started["TrainingJobName"].startswith("x-dev-")
    assert service.calls[1] == ("describe_training_job", {"TrainingJobName": started["TrainingJobName"]})


@pytest.mark.parametrize(
    ("target", "parameters", "started", "ended"),
    [
        ("batch:submitJob", {"JobName": "x"}, {"jobId": "1"}, {"jobs": [{"status": "FAILED"}]}),
        ("glue:startJobRun", {"JobName": "x"}, {"JobRunId": "1"}, {"JobRun": {"JobRunState": "TIMEOUT"}}),
        (
            "emrserverless:startJobRun",
            {"ApplicationId": "a"},
            {"jobRunId": "1"},
            {"jobRun": {"state": "CANCELLED"}},
        ),
        ("sfn:startExecution", {"StateMachineArn": "m"}, {"executionArn": "e"}, {"status": "ABORTED"}),
    ],
)
def test_a_job_that_fails_is_an_error(
    program: ModuleType,
    target: str,
    parameters: dict[str, Any],
    started: dict[str, Any],
    ended: dict[str, Any],
) -> None:
    with pytest.raises(program.JobFailed):
        program.run_job(job(target, parameters), lambda name: Service(started, ended))


@pytest.mark.parametrize(
    ("target", "parameters", "started", "stopped"),
    [
        (
            "ecs:runTask",
            {"Cluster": "c"},
            {"tasks": [{"taskArn": "t"}], "failures": []},
            ("stop_task", {"cluster": "c", "task": "t"}),
        ),
        ("batch:submitJob", {"JobName": "x"}, {"jobId": "1"}, ("terminate_job", {"jobId": "1"})),
        (
            "glue:startJobRun",
            {"JobName": "x"},
            {"JobRunId": "1"},
            ("batch_stop_job_run", {"JobName": "x", "JobRunIds": ["1"]}),
        ),
        (
            "emrserverless:startJobRun",
            {"ApplicationId": "a"},
            {"jobRunId": "1"},
            ("cancel_job_run", {"applicationId": "a", "jobRunId": "1"}),
        ),
        (
            "sfn:startExecution",
            {"StateMachineArn": "m"},
            {"executionArn": "e"},
            ("stop_execution", {"executionArn": "e"}),
        ),
        (
            "sagemaker:createTransformJob",
            {"TransformJobName": "x"},
            {},
            ("stop_transform_job", {"TransformJobName": "x"}),
        ),
    ],
)
def test_a_job_without_an_end_is_stopped_and_given_up(
    program: ModuleType,
    target: str,
    parameters: dict[str, Any],
    started: dict[str, Any],
    stopped: tuple[str, dict[str, Any]],
) -> None:
    service = Service(started, {})
    with pytest.raises(program.JobFailed, match="no end after 0 s"):
        program.run_job(job(target, parameters) | {"timeout_seconds": 0}, lambda name: service)
    name, given = service.calls[-1]
    given.pop("reason", None)
    assert (name, given) == stopped
    client = boto3.client(program.KINDS[target].service, region_name="us-east-1")
    assert callable(getattr(client, name))

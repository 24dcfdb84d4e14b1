"""Starts a job of AWS as its infrastructure describes it, and waits: it fails when the job did."""

import time
import uuid
from collections.abc import Callable
from typing import Any, NamedTuple

import boto3

PAUSE_SECONDS = 20
_TARGET = "arn:aws:scheduler:::aws-sdk:"
_LATE = "It took longer than its time limit."


class JobFailed(RuntimeError):
    """The job ended, and not well."""


class Kind(NamedTuple):
    """How jobs of one service are started and asked."""

    service: str
    start: str
    capital: bool
    """Whether the service writes its parameters with a capital letter."""
    handle: Callable[[dict[str, Any], dict[str, Any]], dict[str, Any]]
    """What to ask with, from the parameters and the answer of the start."""
    ask: str
    state: Callable[[dict[str, Any]], str]
    good: frozenset[str]
    bad: frozenset[str]
    stop: str
    halt: Callable[[dict[str, Any]], dict[str, Any]] = dict
    """What to stop it with, from what is asked with."""


_SAGEMAKER = ("Processing", "Training", "Transform")


def sagemaker(kind: str) -> Kind:
    """Training, processing and transform jobs differ in their names only."""
    return Kind(
        service="sagemaker",
        start=f"create_{kind.lower()}_job",
        capital=True,
        handle=lambda given, _: {f"{kind}JobName": given[f"{kind}JobName"]},
        ask=f"describe_{kind.lower()}_job",
        state=lambda answer: answer[f"{kind}JobStatus"],
        good=frozenset({"Completed"}),
        bad=frozenset({"Failed", "Stopped"}),
        stop=f"stop_{kind.lower()}_job",
    )


def task_state(answer: dict[str, Any]) -> str:
    """A task has stopped well when each of its containers has."""
    task = answer["tasks"][0]
    if task["lastStatus"] != "STOPPED":
        return str(task["lastStatus"])
    return "GOOD" if all(c.get("exitCode") == 0 for c in task["containers"]) else "BAD"


def task_handle(given: dict[str, Any], answer: dict[str, Any]) -> dict[str, Any]:
    """The task that was started, if there is one."""
    if not answer["tasks"]:
        raise JobFailed(f"no task was started: {answer['failures']}")
    return {"cluster": given["cluster"], "tasks": [answer["tasks"][0]["taskArn"]]}


KINDS = {
    "ecs:runTask": Kind(
        "ecs",
        "run_task",
        False,
        task_handle,
        "describe_tasks",
        task_state,
        frozenset({"GOOD"}),
        frozenset({"BAD"}),
        "stop_task",
        lambda asked: {"cluster": asked["cluster"], "task": asked["tasks"][0], "reason": _LATE},
    ),
    "batch:submitJob": Kind(
        "batch",
        "submit_job",
        False,
        lambda _, answer: {"jobs": [answer["jobId"]]},
        "describe_jobs",
        lambda answer: answer["jobs"][0]["status"],
        frozenset({"SUCCEEDED"}),
        frozenset({"FAILED"}),
        "terminate_job",
        lambda asked: {"jobId": asked["jobs"][0], "reason": _LATE},
    ),
    "glue:startJobRun": Kind(
        "glue",
        "start_job_run",
        True,
        lambda given, answer: {"JobName": given["JobName"], "RunId": answer["JobRunId"]},
        "get_job_run",
        lambda answer: answer["JobRun"]["JobRunState"],
        frozenset({"SUCCEEDED"}),
        frozenset({"ERROR", "EXPIRED", "FAILED", "STOPPED", "TIMEOUT"}),
        "batch_stop_job_run",
        lambda asked: {"JobName": asked["JobName"], "JobRunIds": [asked["RunId"]]},
    ),
    "emrserverless:startJobRun": Kind(
        "emr-serverless",
        "start_job_run",
        False,
        lambda given, answer: {
            "applicationId": given["applicationId"],
            "jobRunId": answer["jobRunId"],
        },
        "get_job_run",
        lambda answer: answer["jobRun"]["state"],
        frozenset({"SUCCESS"}),
        frozenset({"CANCELLED", "FAILED"}),
        "cancel_job_run",
    ),
    "sfn:startExecution": Kind(
        "stepfunctions",
        "start_execution",
        False,
        lambda _, answer: {"executionArn": answer["executionArn"]},
        "describe_execution",
        lambda answer: answer["status"],
        frozenset({"SUCCEEDED"}),
        frozenset({"ABORTED", "FAILED", "TIMED_OUT"}),
        "stop_execution",
    ),
    **{f"sagemaker:create{kind}Job": sagemaker(kind) for kind in _SAGEMAKER},
}


def parameters_of(job: dict[str, Any], kind: Kind) -> dict[str, Any]:
    """What the service is called with; a name that must be new each time gets an id."""
    given: dict[str, Any] = dict(job["parameters"])
    if unique := job.get("unique_name"):
        given[unique["parameter"]] = f"{unique['prefix']}-{uuid.uuid4()}"
    return given if kind.capital else small(given)


def small(value: Any) -> Any:
    """The same with small first letters, as most services write their parameters."""
    if isinstance(value, dict):
        return {name[:1].lower() + name[1:]: small(inner) for name, inner in value.items()}
    return [small(inner) for inner in value] if isinstance(value, list) else value


def run_job(job: dict[str, Any], client_of: Callable[[str], Any] = boto3.client) -> None:
    """Starts the job and returns when it has ended well; one that takes too long is stopped.

    Raises:
        JobFailed: it could not be started, ended badly, or took longer than its time limit.
    """
    kind = KINDS[job["target"].removeprefix(_TARGET)]
    client = client_of(kind.service)
    given = parameters_of(job, kind)
    asked = kind.handle(given, getattr(client, kind.start)(**given))
    print(asked)
    until = time.monotonic() + job["timeout_seconds"]
    while time.monotonic() < until:
        answer = getattr(client, kind.ask)(**asked)
        state = kind.state(answer)
        if state in kind.good:
            return
        if state in kind.bad:
            raise JobFailed(f"{asked}: {state}")
        time.sleep(PAUSE_SECONDS)
    # Else it would run beside the one that Airflow starts when it tries again.
    getattr(client, kind.stop)(**kind.halt(asked))
    raise JobFailed(f"{asked}: no end after {job['timeout_seconds']} s")

"""The pipelines of `pipelines.json` as DAGs: one task a step, each waits for the one before."""

import importlib.util
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import boto3
from airflow.decorators import dag, task

HERE = Path(__file__).parent
DESCRIPTION = json.loads((HERE / "pipelines.json").read_text())
_UNITS = {"minute": "minutes", "hour": "hours", "day": "days"}


def schedule_of(expression: str) -> str | timedelta | None:
    """An EventBridge expression in Airflow's words; an empty one is started by hand."""
    if not expression:
        return None
    kind, _, inside = expression.removesuffix(")").partition("(")
    if kind == "rate":
        number, unit = inside.split()
        return timedelta(**{_UNITS[unit.removesuffix("s")]: int(number)})
    minute, hour, day, month, weekday, _year = inside.replace("?", "*").split()
    # EventBridge counts days from Sunday = 1, cron from Sunday = 0; the week after # counts alike.
    named, mark, week = weekday.partition("#")
    days = "".join(str(int(c) - 1) if c.isdigit() else c for c in named)
    return f"{minute} {hour} {day} {month} {days}{mark}{week}"


def tell(context: dict[str, Any]) -> None:
    """Says in the alarm topic which step failed."""
    instance = context["task_instance"]
    what = f"The step {instance.task_id} of {instance.dag_id} failed"
    boto3.client("sns").publish(
        TopicArn=DESCRIPTION["alarm_topic_arn"],
        Subject=f"{instance.dag_id} failed"[:100],
        Message=f"{what}: {context.get('exception')}",
    )


def run(job: dict[str, Any]) -> None:
    """Loads the program beside this file when the step runs, not each time the folder is read."""
    found = importlib.util.spec_from_file_location("run_job", HERE / "run_job.py")
    if found is None or found.loader is None:
        raise FileNotFoundError(HERE / "run_job.py")
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    module.run_job(job)


def pipeline(name: str, schedule: str, steps: list[dict[str, Any]]) -> None:
    """Registers one DAG."""

    @dag(
        dag_id=name,
        schedule=schedule_of(schedule),
        start_date=datetime(2024, 1, 1, tzinfo=UTC),
        catchup=False,
        max_active_runs=1,
        is_paused_upon_creation=False,
        default_args={
            "retries": 1,
            "retry_delay": timedelta(minutes=5),
            "on_failure_callback": tell,
        },
        tags=[DESCRIPTION["name"]],
    )
    def steps_in_order() -> None:
        before = None
        for step in steps:
            now = task(task_id=step["name"])(run)(step["job"])
            if before is not None:
                before >> now
            before = now

    steps_in_order()


for dag_name, spec in DESCRIPTION["pipelines"].items():
    pipeline(dag_name, spec["schedule"], spec["steps"])

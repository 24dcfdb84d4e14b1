"""How pipelines are started and stopped, `pipelines/control.sh`, run as it is: the CLI of AWS is a stand-in on PATH."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from libs.codegen.renderer import render
from tests.support.blueprints import fraud_blueprint
from tests.templates.terraform.plans import with_options

AWS = """\
import json, sys
from pathlib import Path
folder = Path(__file__).parent
with (folder / "calls").open("a") as calls:
    calls.write(json.dumps(sys.argv[1:]) + "\\n")
for words, answer in json.loads((folder / "answers.json").read_text()):
    if all(any(word in given for given in sys.argv) for word in words):
        print(answer)
        break
"""

Control = Callable[..., list[list[str]]]


@pytest.fixture
def control(tmp_path: Path) -> Control:
    """Runs the script of a plan for its environment dev; gives the calls of AWS that it makes."""

    def run(action: str, answers: list[tuple[list[str], str]], **options: str) -> list[list[str]]:
        files = {file.path: file.content for file in render(with_options(fraud_blueprint(), **options))}
        script = tmp_path / "control.sh"
        script.write_bytes(files["pipelines/control.sh"])
        program = tmp_path / "aws"
        program.write_text(f"#!{sys.executable} -IS\n{AWS}")
        program.chmod(0o755)
        (tmp_path / "answers.json").write_text(json.dumps(answers))
        done = subprocess.run(
            ["bash", str(script), action, "retrain", "dev"],
            env={"PATH": f"{tmp_path}:/usr/bin:/bin"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in (tmp_path / "calls").read_text().splitlines()]

    return run


class TestAirflow:
    def test_runs_have_failed_before_their_jobs_are_stopped(self, control: Control) -> None:
        answers = [
            (["GET", "queued"], "manual__2"),
            (["GET", "running"], "scheduled__2026-11-21T02:00:00+00:00"),
        ]
        calls = control("stop", answers, orchestrate="mwaa", train="fargate_training")
        changes = [(_after(call, "--path"), _after(call, "--body")) for call in calls if "PATCH" in call]
        dag = "/dags/fraud-api-dev-retrain"
        assert changes == [
            (dag, '{"is_paused": true}'),
            (f"{dag}/dagRuns/manual__2", '{"state": "failed"}'),
            (f"{dag}/dagRuns/scheduled__2026-11-21T02:00:00+00:00", '{"state": "failed"}'),
        ]
        assert all("PATCH" in call or "GET" in call for call in calls[: len(changes) + 2])

    def test_a_run_is_started_with_the_date_that_airflow_3_wants(self, control: Control) -> None:
        calls = control("start", [], orchestrate="mwaa")
        assert list(json.loads(_after(calls[-1], "--body"))) == ["logical_date"]


class TestScheduler:
    @pytest.mark.parametrize("action", ["start", "status", "stop"])
    def test_only_schedules_of_the_environment_are_looked_at(self, control: Control, action: str) -> None:
        calls = control(action, [(["list-schedules"], "one-now")], orchestrate="eventbridge_scheduler")
        groups = [_after(call, "--group-name") for call in calls if call[0] == "scheduler"]
        assert groups
        assert set(groups) == {"fraud-api-dev"}


def _after(call: list[str], option: str) -> str:
    return call[call.index(option) + 1]

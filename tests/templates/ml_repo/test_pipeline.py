"""The generated pipeline keeps its contract: results, trials, restart, stopping, prediction."""

import csv
import json
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.templates.ml_repo.repository import RUNTIME, copy_work, environment, run

_SCHEMA = Path(__file__).parents[3] / "libs" / "codegen" / "schemas" / "pipeline_result.schema.json"


def result(work: Path, stage: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((work / stage / "result.json").read_text())
    return loaded


def trials(work: Path, stage: str) -> list[dict[str, Any]]:
    entries = [json.loads(line) for line in (work / "progress.jsonl").read_text().splitlines()]
    return [e["data"] for e in entries if e["kind"] == "trial" and e["stage"] == stage]


def assert_valid(found: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator(json.loads(_SCHEMA.read_text())).validate(found)


class TestResult:
    def test_of_every_stage_follows_the_schema(self, repository: Path, finished: Path) -> None:
        stages = json.loads((repository / "pipeline.json").read_text())["stages"]
        for stage in stages:
            found = result(finished, stage)
            assert_valid(found)
            assert (found["stage"], found["status"]) == (stage, "ok")
        assert {path.name for path in finished.iterdir()} == {*stages, "progress.jsonl"}

    def test_of_refused_data_follows_it_too(self, repository: Path, tmp_path: Path) -> None:
        table = tmp_path / "other.csv"
        table.write_text("a,b\n1,2\n")
        done = run(repository, "ingest", "--data", str(table), "--work", str(tmp_path / "work"))
        assert done.returncode == 4
        found = result(tmp_path / "work", "ingest")
        assert_valid(found)
        assert found["status"] == "refused"

    def test_trials_have_the_fields_of_the_contract(self, finished: Path) -> None:
        assert len(trials(finished, "train")) == 4
        assert len(trials(finished, "tune")) == 2
        for trial in trials(finished, "train") + trials(finished, "tune"):
            assert set(trial) == {"trial_id", "candidate", "params", "score", "seconds", "state"}
            assert len(trial["trial_id"]) == 16
            assert trial["state"] == "done"

    def test_the_repository_is_not_written_to(self, repository: Path, finished: Path) -> None:
        assert not list(repository.rglob("__pycache__"))
        assert not (repository / "work").exists()


class TestModel:
    def test_is_described_and_holds_no_pickle(self, finished: Path) -> None:
        model = finished / "register" / "model"
        facts = json.loads((model / "model.json").read_text())
        assert facts["format"] in ("skops", "lightgbm-txt")
        assert facts["classes"] == [False, True]
        assert 0 <= facts["threshold"] <= 1
        assert {path.name for path in model.iterdir()} == {*facts["files"], "model.json"}
        assert not [name for name in facts["files"] if name.endswith((".pkl", ".pickle", ".joblib"))]

    def test_predicts_a_file(self, repository: Path, finished: Path, tmp_path: Path) -> None:
        output = tmp_path / "predictions.csv"
        model = str(finished / "register" / "model")
        done = run(
            repository,
            "predict_batch",
            "--model",
            model,
            "--input",
            "data/sample.csv",
            "--output",
            str(output),
        )
        assert done.returncode == 0, done.stderr
        with output.open(newline="") as stream:
            rows = list(csv.DictReader(stream))
        assert len(rows) == 180
        assert {row["prediction"] for row in rows} == {"True", "False"}


class TestRestart:
    def test_a_killed_search_goes_on_to_the_same_end(
        self, repository: Path, finished: Path, tmp_path: Path
    ) -> None:
        """SIGKILL after the first trial and a torn last line; compared with the undisturbed search."""
        work = copy_work(finished, tmp_path / "work")
        arguments = ("tune", "--work", str(work), "--trials", "5")
        with start(repository, *arguments) as process:
            wait_for_trials(work, process, 3)
            process.kill()
        with (work / "progress.jsonl").open("a") as stream:
            stream.write('{"seq": 99, "kind": "tri')
        assert run(repository, *arguments).returncode == 0
        whole = copy_work(finished, tmp_path / "whole")
        assert run(repository, "tune", "--work", str(whole), "--trials", "5").returncode == 0
        assert identities(work) == identities(whole)
        assert (work / "tune" / "leaderboard.json").read_text() == (
            whole / "tune" / "leaderboard.json"
        ).read_text()

    def test_a_changed_seed_runs_again(self, repository: Path, finished: Path, tmp_path: Path) -> None:
        work = copy_work(finished, tmp_path / "work")
        assert run(repository, "split", "--work", str(work), "--seed", "8").returncode == 0
        assert result(work, "split")["inputs"] != result(finished, "split")["inputs"]


class TestStopping:
    def test_leaves_a_partial_result_within_two_seconds(
        self, repository: Path, finished: Path, tmp_path: Path
    ) -> None:
        work = copy_work(finished, tmp_path / "work")
        with start(repository, "tune", "--work", str(work), "--trials", "900") as process:
            wait_for_trials(work, process, 3)
            asked = time.monotonic()
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=20) == 3
        assert time.monotonic() - asked < 2
        found = result(work, "tune")
        assert_valid(found)
        assert found["status"] == "partial"
        for output in found["outputs"]:
            assert (work / output["path"]).stat().st_size == output["bytes"]
        assert run(repository, "ensemble", "--work", str(work)).returncode == 0


def start(repository: Path, *arguments: str) -> subprocess.Popen[bytes]:
    package = next((repository / "src").iterdir()).name
    return subprocess.Popen(
        [str(RUNTIME), "-m", package, *arguments],
        cwd=repository,
        env=environment(repository),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def wait_for_trials(work: Path, process: subprocess.Popen[bytes], count: int) -> None:
    for _ in range(600):
        if len(trials_so_far(work)) >= count:
            return
        assert process.poll() is None, "the search ended by itself"
        time.sleep(0.05)
    pytest.fail("the search made no progress")


def trials_so_far(work: Path) -> list[str]:
    """Ids in a file that may be growing."""
    lines = (work / "progress.jsonl").read_bytes().split(b"\n")[:-1]
    entries = [json.loads(line) for line in lines]
    return [e["data"]["trial_id"] for e in entries if e["kind"] == "trial" and e["stage"] == "tune"]


def identities(work: Path) -> list[tuple[str, str, float | None]]:
    return [(t["trial_id"], t["candidate"], t["score"]) for t in trials(work, "tune")]

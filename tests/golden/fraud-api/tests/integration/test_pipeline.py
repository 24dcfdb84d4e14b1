"""The whole pipeline on the sample: results, restart, determinism, stopping."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time

import pandas as pd
import pytest

from fraud_api import register
from fraud_api.cli import STAGE_NAMES, main
from fraud_api.running.command import run_stages
from fraud_api.running.files import sha256_file
from fraud_api.running.repository import ROOT, pipeline_facts

SAMPLE = ROOT / "data" / "sample.csv"
PACKAGE = "fraud_api"


class TestResults:
    def test_stages_are_those_of_the_pipeline_file(self):
        assert pipeline_facts()["stages"] == list(STAGE_NAMES)

    @pytest.mark.parametrize("stage", STAGE_NAMES)
    def test_every_output_is_there_with_its_digest(self, trained, stage):
        result = trained.result(stage)
        assert (result["contract"], result["stage"], result["status"]) == (1, stage, "ok")
        for output in result["outputs"]:
            path = trained.work / output["path"]
            assert path.stat().st_size == output["bytes"]
            assert sha256_file(path) == output["sha256"]
        assert result["card"]["choice"]
        assert result["card"]["why"]

    def test_progress_is_numbered_without_gaps(self, trained):
        numbers = [entry["seq"] for entry in trained.progress()]
        assert numbers == list(range(1, len(numbers) + 1))

    def test_trials_have_unique_ids(self, trained):
        ids = [e["data"]["trial_id"] for e in trained.progress() if e["kind"] == "trial"]
        assert len(ids) == len(set(ids)) >= 4

    def test_folds_and_test_share_no_row(self, trained):
        split = trained.work / "split"
        train, test, folds, entities = (
            pd.read_parquet(split / f"{name}.parquet")
            for name in ("train", "test", "folds", "entities")
        )
        table = pd.read_parquet(trained.work / "ingest" / "table.parquet")
        both = pd.concat([train, test])
        assert sorted(map(str, both.to_numpy().tolist())) == sorted(
            map(str, table.to_numpy().tolist())
        )
        assert (len(folds), len(entities)) == (len(train), len(test))


class TestRestart:
    def test_done_stages_are_not_run_again(self, trained, quick_plan):
        before = (trained.work / "progress.jsonl").read_bytes()
        code = run_stages(STAGE_NAMES, work=trained.work, data=SAMPLE, plan=quick_plan, trials=2)
        assert code == 0
        assert (trained.work / "progress.jsonl").read_bytes() == before

    def test_the_recorded_plan_gives_the_same_model(self, trained, tmp_path):
        plan = trained.work / "register" / "train.yaml"
        assert run_stages(STAGE_NAMES, work=tmp_path, data=SAMPLE, plan=plan, trials=0) == 0
        again = json.loads((tmp_path / "register" / "model" / "model.json").read_text())
        first = json.loads((trained.model / "model.json").read_text())
        assert again["version"] == first["version"]
        assert again["metrics"] == first["metrics"]

    def test_changed_code_gives_a_model_of_its_own(self, trained, tmp_path, monkeypatch):
        """A registry records the digest of the code with each version."""
        work = tmp_path / "work"
        shutil.copytree(trained.work, work)
        monkeypatch.setattr(register, "code_digest", lambda: "changed")
        plan = work / "register" / "train.yaml"
        (work / "register" / "result.json").unlink()
        assert run_stages(["register"], work=work, plan=plan) == 0
        again = json.loads((work / "register" / "model" / "model.json").read_text())
        first = json.loads((trained.model / "model.json").read_text())
        assert again["version"] != first["version"]


class TestCommandLine:
    def test_a_later_stage_needs_the_earlier_ones(self, tmp_path, capsys):
        assert main(["features", "--work", str(tmp_path)]) == 2
        assert "split" in capsys.readouterr().err

    def test_a_missing_data_file_is_wrong_usage(self, tmp_path):
        assert main(["ingest", "--work", str(tmp_path), "--data", "nowhere.csv"]) == 2

    def test_an_unknown_key_in_the_plan_is_wrong_usage(self, tmp_path):
        plan = tmp_path / "plan.yaml"
        plan.write_text("contract: 1\ncandidates: [{name: linear}]\nfoldz: 3\n")
        arguments = ["ingest", "--work", str(tmp_path), "--data", str(SAMPLE), "--plan", str(plan)]
        assert main(arguments) == 2

    def test_refused_data_leaves_a_result_with_advice(self, tmp_path):
        table = tmp_path / "table.csv"
        table.write_text("a,b\n1,2\n")
        assert run_stages(["ingest"], work=tmp_path / "work", data=table) == 4
        result = json.loads((tmp_path / "work" / "ingest" / "result.json").read_text())
        assert result["status"] == "refused"
        assert result["advice"]


class TestStopping:
    def test_sigterm_leaves_the_best_so_far_within_two_seconds(self, trained, tmp_path):
        """The search is stopped after its first trial; a restart goes on with the second."""
        work = tmp_path / "work"
        plan = ["--plan", str(trained.work / "register" / "train.yaml")]
        prepare = ["ingest", "split", "features"]
        options = {"work": work, "data": SAMPLE, "plan": trained.work / "register" / "train.yaml"}
        assert run_stages(prepare, **options) == 0
        command = [sys.executable, "-m", PACKAGE, "tune", "--work", str(work), "--trials", "900"]
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
        process = subprocess.Popen([*command, *plan], env=environment)
        wait_for_trial(work / "progress.jsonl", process)
        started = time.monotonic()
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=10) == 3
        assert time.monotonic() - started < 2
        result = json.loads((work / "tune" / "result.json").read_text())
        assert result["status"] == "partial"
        assert {output["name"] for output in result["outputs"]} > {"leaderboard"}
        before = trials(work)
        assert run_stages(["tune"], trials=len(before) + 1, **options) == 0
        assert trials(work)[: len(before)] == before
        assert len(trials(work)) == len(before) + 1


def trials(work):
    entries = [json.loads(line) for line in (work / "progress.jsonl").read_text().splitlines()]
    return [e["data"]["trial_id"] for e in entries if e["kind"] == "trial"]


def wait_for_trial(path, process):
    for _ in range(300):
        if '"kind": "trial"' in path.read_text():
            return
        assert process.poll() is None
        time.sleep(0.1)
    pytest.fail("no trial within 30 seconds")

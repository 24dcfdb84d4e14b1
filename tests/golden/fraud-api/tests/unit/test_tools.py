"""`make verify`, `make manifest`, `make evidence` and the mirror into MLflow, on small trees."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from fraud_api.running.repository import ROOT

sys.path.insert(0, str(ROOT / "tools"))

import evidence
import manifest
import mirror_mlflow
import verify


@pytest.fixture
def tree(tmp_path) -> Path:
    (tmp_path / "reports").mkdir()
    (tmp_path / "a.json").write_text('{"a": 1}')
    (tmp_path / "b.yaml").write_text("b: 1\n")
    (tmp_path / "README.md").write_text("[a](a.json) [web](https://example.org) [top](#top)\n")
    lines = [f"{manifest.sha256(tmp_path / name)}  {name}\n" for name in ("a.json", "b.yaml")]
    (tmp_path / manifest.MANIFEST).write_text("".join(lines))
    return tmp_path


class TestVerify:
    def test_a_good_tree_is_green(self, tree, capsys):
        assert verify.verify(tree, ["manifest", "data files", "links"]) == 0
        assert "fail" not in capsys.readouterr().out

    def test_a_changed_file_is_named(self, tree, capsys):
        (tree / "a.json").write_text("[]")
        (tree / "b.yaml").unlink()
        assert verify.verify(tree, ["manifest"]) == 1
        said = capsys.readouterr().out
        assert "changed: a.json" in said
        assert "missing: b.yaml" in said

    def test_a_file_that_does_not_parse_is_named(self, tree):
        (tree / "a.json").write_text("{")
        (tree / "b.yaml").write_text("b: [")
        found = verify.data_files(tree)
        assert found.status == "fail"
        assert len(found.details) == 2

    def test_a_link_to_nothing_is_named(self, tree):
        (tree / "README.md").write_text("[gone](gone.md)\n```\n[code](no.md)\n```\n")
        assert verify.links(tree).details == ("README.md: gone.md",)

    def test_a_missing_tool_is_never_a_pass(self, tree, monkeypatch):
        monkeypatch.setenv("PATH", str(tree))
        for name in ("RUFF", "MYPY", "TERRAFORM"):
            monkeypatch.delenv(name, raising=False)
        for check in (verify.lint, verify.types, verify.terraform):
            assert check(tree).status == "skipped"

    def test_a_program_that_fails_is_red_and_its_words_are_kept(self, tree):
        found = verify.command([sys.executable, "-c", "raise SystemExit('why')"], tree, "good")
        assert (found.status, found.details) == ("fail", ("why",))

    def test_the_files_of_this_repository_are_green(self):
        assert verify.data_files(ROOT).status == "pass"


class TestManifest:
    def test_records_what_git_knows(self, tree):
        for words in (["init", "--quiet"], ["add", "."]):
            if subprocess.run(["git", *words], cwd=tree, check=False).returncode:
                pytest.skip("git cannot be used here")
        (tree / "a.json").write_text("[]")
        assert manifest.record(tree) == 3
        assert manifest.compare(tree) == manifest.Differences(3, (), ())


class TestEvidence:
    def test_names_inputs_model_and_what_was_not_run(self, trained):
        found = evidence.collect(ROOT, trained.work, ROOT / "data" / "sample.csv")
        data = (ROOT / "data" / "sample.csv").read_bytes()
        assert found["inputs"]["data"]["sha256"] == hashlib.sha256(data).hexdigest()
        assert set(found["stages"]) == {p.parent.name for p in trained.work.glob("*/result.json")}
        assert found["model"]["files"].keys() == {p.name for p in trained.model.iterdir()}
        assert "Not run: make drill." in found["says"]
        json.dumps(found, allow_nan=False)


class TestMirror:
    def test_gives_every_stage_a_finished_run_with_its_figures(self, trained):
        calls: list[tuple[str, dict]] = []

        def server(endpoint: str, body: dict) -> dict:
            calls.append((endpoint, body))
            answers = {
                "experiments/create": {"experiment_id": "7"},
                "runs/create": {"run": {"info": {"run_id": f"run{len(calls)}"}}},
            }
            return answers.get(endpoint, {})

        stages = {p.parent.name for p in trained.work.glob("*/result.json")}
        assert mirror_mlflow.mirror(trained.work, "example", server) == len(stages)
        created = {body["run_name"] for endpoint, body in calls if endpoint == "runs/create"}
        assert created == stages
        logged = [body for endpoint, body in calls if endpoint == "runs/log-batch"]
        metric = trained.result("evaluate")["metrics"]
        assert set(metric) <= {m["key"] for body in logged for m in body["metrics"]}
        assert all(body["status"] == "FINISHED" for end, body in calls if end == "runs/update")

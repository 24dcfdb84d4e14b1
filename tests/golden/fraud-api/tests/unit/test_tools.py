"""`make verify` and `make manifest`, on small trees."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from fraud_api.running.repository import ROOT

sys.path.insert(0, str(ROOT / "tools"))

import manifest
import verify


@pytest.fixture
def tree(tmp_path) -> Path:
    (tmp_path / "reports").mkdir()
    (tmp_path / "a.json").write_text('{"a": 1}')
    (tmp_path / "b.yaml").write_text("b: 1\n")
    (tmp_path / "README.md").write_text("[a](a.json) [web](https://example.org) [top](#top)\n")
    names = ("README.md", "a.json", "b.yaml")
    lines = [f"{manifest.sha256(tmp_path / name)}  {name}\n" for name in names]
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

    def test_a_file_that_nobody_delivered_is_named(self, tree):
        (tree / "infra").mkdir()
        (tree / "infra" / "zz_override.tf").write_text("")
        (tree / "b.yaml").unlink()
        (tree / "b.yaml").symlink_to(tree / "a.json")
        (tree / "work").mkdir()
        (tree / "work" / "left.json").write_text("{}")
        found = verify.manifest(tree)
        assert found.details == ("changed: b.yaml", "added: infra/zz_override.tf")

    def test_a_folder_that_git_does_not_read_is_looked_at_all_the_same(self, tree):
        (tree / ".git").write_text("gitdir: nowhere\n")
        (tree / "new.py").symlink_to(tree / "nothing")
        assert verify.manifest(tree).details == ("added: new.py",)

    @pytest.mark.parametrize("text", ["", None])
    def test_a_manifest_that_says_nothing_is_red(self, tree, text):
        (tree / manifest.MANIFEST).unlink()
        if text is not None:
            (tree / manifest.MANIFEST).write_text(text)
        assert verify.manifest(tree).status == "fail"

    def test_a_record_of_a_run_is_about_these_files(self, tree):
        assert verify.evidence(tree).status == "skipped"
        record = {
            "tree": manifest.sha256(tree / manifest.MANIFEST),
            "inputs": {"a.json": manifest.sha256(tree / "a.json"), "data": {"name": "rows.csv"}},
        }
        (tree / verify.EVIDENCE).write_text(json.dumps(record))
        assert verify.evidence(tree).status == "pass"
        (tree / verify.EVIDENCE).write_text(json.dumps({**record, "tree": "0" * 64}))
        assert verify.evidence(tree).status == "fail"
        for text in ("{", "[]", "{}"):
            (tree / verify.EVIDENCE).write_text(text)
            assert verify.evidence(tree).status == "fail"
        (tree / verify.EVIDENCE).write_text(json.dumps(record))
        (tree / "a.json").write_text("[]")
        assert verify.evidence(tree).details == ("the run read another a.json",)

    @pytest.mark.parametrize(
        ("said", "status"),
        [
            ("Error: Failed to query available provider packages", "skipped"),
            ("Error: Unreadable module directory: ../../modules/serve", "fail"),
        ],
    )
    def test_only_an_absent_registry_is_no_fault(self, tree, monkeypatch, said, status):
        (tree / "infra" / "envs" / "dev").mkdir(parents=True)
        program = tree / "terraform"
        program.write_text(f'#!/bin/sh\n[ "$1" = fmt ] && exit 0\necho "{said}"\nexit 1\n')
        program.chmod(0o755)
        monkeypatch.setenv("TERRAFORM", str(program))
        assert verify.terraform(tree).status == status

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
        (tree / "infra").mkdir()
        (tree / "infra" / ".checkov.yaml").touch()
        for name in ("RUFF", "MYPY", "TERRAFORM", "CHECKOV"):
            monkeypatch.delenv(name, raising=False)
        for check in (verify.lint, verify.types, verify.terraform, verify.policies):
            found = check(tree)
            assert found.status == "skipped"
            assert "is not" in found.says

    def test_the_rules_of_the_repository_are_held(self, tree, monkeypatch):
        (tree / "infra").mkdir()
        (tree / "infra" / ".checkov.yaml").touch()
        checkov, asked = tree / "checkov", '"$*" = "--config-file infra/.checkov.yaml"'
        for code, status in ((0, "pass"), (1, "fail")):
            checkov.write_text(f"#!/bin/sh\n[ {asked} ] && exit {code}\n")
            checkov.chmod(0o755)
            monkeypatch.setenv("CHECKOV", str(checkov))
            assert verify.policies(tree).status == status

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
        assert manifest.compare(tree) == manifest.Differences(3, (), (), ())
        (tree / "new.py").write_text("")
        assert manifest.compare(tree).added == ("new.py",)

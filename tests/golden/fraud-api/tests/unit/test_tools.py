"""`make verify` and `make manifest`, on small trees."""

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

"""A person's tree is written whole or not at all, and never under somebody's hands."""

import os
import subprocess
from pathlib import Path

import pytest

from libs.codegen.merging.errors import NoTree, TreeChanged, TreeUnwritable
from libs.codegen.merging.lines import LineMerge
from libs.codegen.merging.models import MergePlan
from libs.codegen.merging.planning import plan_merge
from libs.codegen.merging.threads import Packages
from libs.codegen.merging.tree import WorkTree
from libs.git.errors import GitMissing
from libs.git.program import Git
from tests.support.merging import merged, on_disk, texts_in, tree_of


def planned(
    tree: WorkTree, base: dict[str, str], theirs: dict[str, str], git: Git | None = None
) -> MergePlan:
    return plan_merge(tree_of(base), tree, tree_of(theirs), LineMerge(git or Git()), packages=Packages())


class TestWriting:
    def test_nothing_is_written_when_a_file_changed_after_it_was_read(self, tmp_path: Path) -> None:
        tree = on_disk(tmp_path / "t", {"a": "1\n", "b": "1\n"})
        plan = planned(tree, {"a": "1\n", "b": "1\n"}, {"a": "2\n", "b": "2\n"})
        (tmp_path / "t" / "b").write_text("typed meanwhile\n")
        with pytest.raises(TreeChanged, match="b was changed"):
            tree.write(plan)
        assert texts_in(tmp_path / "t") == {"a": "1\n", "b": "typed meanwhile\n"}

    def test_nothing_is_written_when_a_file_appeared(self, tmp_path: Path) -> None:
        tree = on_disk(tmp_path / "t", {"a": "1\n"})
        plan = planned(tree, {"a": "1\n"}, {"a": "2\n", "b": "2\n"})
        (tmp_path / "t" / "b").write_text("mine\n")
        with pytest.raises(TreeChanged):
            tree.write(plan)
        assert texts_in(tmp_path / "t") == {"a": "1\n", "b": "mine\n"}

    def test_a_disk_that_fills_while_it_is_laid_out_changes_nothing(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        tree = on_disk(tmp_path / "t", {"a": "1\n", "b": "1\n"})
        plan = planned(tree, {"a": "1\n", "b": "1\n"}, {"a": "2\n", "b": "2\n"})
        calls: list[int] = []

        def full(descriptor: int) -> None:
            calls.append(descriptor)
            if len(calls) == 2:
                raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(TreeUnwritable, match="No space left"):
            tree.write(plan)
        assert texts_in(tmp_path / "t") == {"a": "1\n", "b": "1\n"}

    def test_the_mode_of_a_file_stays_but_for_what_the_design_changed(self, tmp_path: Path) -> None:
        tree = on_disk(tmp_path / "t", {"a": "1\n"})
        (tmp_path / "t" / "a").chmod(0o600)
        tree.write(planned(tree, {"a": "1\n"}, {"a": "2\n"}))
        assert (tmp_path / "t" / "a").stat().st_mode & 0o777 == 0o600

    def test_a_tree_must_be_a_folder(self, tmp_path: Path) -> None:
        with pytest.raises(NoTree):
            WorkTree(tmp_path / "missing")


class TestOtherFiles:
    def test_what_tools_leave_behind_is_not_looked_at(self, tmp_path: Path) -> None:
        tree = on_disk(
            tmp_path / "t", {".git/x": "1", ".venv/lib/y": "1", "src/__pycache__/z": "1", "mine": "1"}
        )
        assert tree.others(frozenset({"a"})) == ("mine",)

    def test_large_files_are_not_read_to_see_what_they_are_like(self, tmp_path: Path) -> None:
        tree = on_disk(tmp_path / "t", {"big": "x" * 1000})
        assert tree.peek("big", 999) == b""
        assert tree.peek("big", 1000) == b"x" * 1000


class TestGit:
    def test_only_files_that_both_changed_need_the_program(self, tmp_path: Path) -> None:
        missing = Git("no-such-program")
        tree = on_disk(tmp_path / "t", {"a": "1\n", "b": "mine\n"})
        assert planned(tree, {"a": "1\n", "b": "1\n"}, {"a": "2\n", "b": "1\n"}, missing).report.updated == (
            "a",
        )
        with pytest.raises(GitMissing):
            planned(tree, {"a": "1\n", "b": "1\n"}, {"a": "2\n", "b": "2\n"}, missing)

    def test_the_settings_of_a_person_do_not_change_the_markers(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "config").write_text("[merge]\n\tconflictStyle = diff3\n")
        monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "config"))
        merged(tmp_path / "t", {"a": "1\n"}, {"a": "2\n"}, {"a": "3\n"})
        assert "|||||||" not in texts_in(tmp_path / "t")["a"]

    def test_it_is_what_git_itself_merges(self, tmp_path: Path) -> None:
        base = "".join(f"{n}\n" for n in range(30))
        ours, theirs = base.replace("3\n", "x\n").replace("20\n", ""), base.replace("9\n", "y\nz\n")
        merged(tmp_path / "t", {"a": base}, {"a": ours}, {"a": theirs})
        for name, text in (("o", ours), ("b", base), ("n", theirs)):
            (tmp_path / name).write_text(text)
        labels = ["-L", "yours", "-L", "b", "-L", "new design"]
        command = ["git", "merge-file", "-p", *labels, "o", "b", "n"]
        expected = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False).stdout
        assert texts_in(tmp_path / "t")["a"] == expected

"""A merge that is killed, or for which the disk is full, loses no edit and is repeated as if it had never begun."""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from libs.codegen.merging.errors import TreeUnwritable
from libs.codegen.merging.lines import LineMerge
from libs.codegen.merging.models import BESIDE, MergePlan
from libs.codegen.merging.planning import plan_merge
from libs.codegen.merging.threads import Packages
from libs.codegen.merging.tree import WorkTree
from libs.git.program import Git
from tests.support.merging import on_disk, texts_in, tree_of

TEN = "".join(f"line {number}\n" for number in range(10))
CHANGED = TEN.replace("line 8\n", "new\n")
ANSWERS, CHECKS, MANIFEST = ".answers.yml", "reports/checks.json", "reports/MANIFEST.sha256"
PACKAGES = Packages("old", "new")
CHANGES = frozenset({"os.rename", "os.remove", "os.mkdir", "os.rmdir"})


def mine(text: str) -> str:
    return text.replace("line 1\n", "mine\n")


BASE = {
    ANSWERS: "package: old\n",
    "src/old/a.py": TEN,
    "src/old/b.py": "b\n",
    "adr/3-x.md": TEN,
    "dropped.md": "gone\n",
    "file": "1\n",
    "folder/x": "1\n",
    "tools.py": TEN,
    "uv.lock": "1\n",
}
OURS = {
    **BASE,
    "src/old/a.py": mine(TEN),
    "adr/3-x.md": mine(TEN),
    "tools.py": mine(TEN),
    "uv.lock": "mine\n",
    "own": "mine\n",
    CHECKS: "old",
    MANIFEST: "old",
}
THEIRS = {
    ANSWERS: "package: new\n",
    "src/new/a.py": CHANGED,
    "src/new/b.py": "b\n",
    "adr/4-x.md": CHANGED,
    "file/x": "2\n",
    "folder": "2\n",
    "own/x": "new\n",
    "tools.py": CHANGED,
    "uv.lock": "2\n",
    "zoo.py": "new\n",
}
REPORTS = {CHECKS: "new", MANIFEST: "new"}
WANTED = {
    **THEIRS,
    **REPORTS,
    "src/new/a.py": mine(CHANGED),
    "adr/4-x.md": mine(CHANGED),
    "tools.py": mine(CHANGED),
    "uv.lock": "mine\n",
    f"uv.lock{BESIDE}": "2\n",
    "own": "mine\n",
    f"own{BESIDE}/x": "new\n",
}
del WANTED["own/x"]


def planned(tree: WorkTree, base: dict[str, str], theirs: dict[str, str]) -> MergePlan:
    return plan_merge(
        tree_of(base), tree, tree_of(theirs), LineMerge(Git()), packages=PACKAGES, reports=tree_of(REPORTS)
    )


def is_killed(write: Callable[[], None], number: int) -> bool:
    """Whether a process that is killed at its so many-th change of a folder had still something to do."""
    pid = os.fork()
    if not pid:
        left = number

        def kill(event: str, _arguments: Any) -> None:
            nonlocal left
            if event in CHANGES:
                left -= 1
                if not left:
                    os.kill(os.getpid(), signal.SIGKILL)

        try:
            signal.alarm(60)
            sys.addaudithook(kill)
            write()
            os._exit(0)
        finally:
            os._exit(1)
    _, status = os.waitpid(pid, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return True
    assert os.waitstatus_to_exitcode(status) == 0
    return False


def in_place(root: Path) -> dict[str, str]:
    """The tree without what a merge that was killed laid down and did not put in its place."""
    return {path: text for path, text in texts_in(root).items() if not path.startswith(".merging-")}


def base_of(root: Path, before: dict[str, str], after: dict[str, str]) -> dict[str, str]:
    """The version that a tree says it came from: by its answers, and where they are the same by its reports."""
    texts = texts_in(root)
    if before[ANSWERS] != after[ANSWERS]:
        return before if texts[ANSWERS] == before[ANSWERS] else after
    return before if texts[CHECKS] == "old" else after


class TestKilled:
    @pytest.mark.parametrize("answers", [THEIRS[ANSWERS], BASE[ANSWERS]], ids=["another", "the-same"])
    def test_at_every_step_no_edit_is_lost_and_the_next_merge_ends_where_it_would_have_ended(
        self, tmp_path: Path, answers: str
    ) -> None:
        theirs, number = {**THEIRS, ANSWERS: answers}, 0
        ended = False
        while not ended:
            number += 1
            root = tmp_path / str(number)
            tree = on_disk(root, OURS)
            plan = planned(tree, BASE, theirs)
            ended = not is_killed(lambda tree=tree, plan=plan: tree.write(plan), number)  # type: ignore[misc]
            edits = {"src/a.py", "adr/x.md", "tools.py"}
            found = {
                path.replace("old/", "").replace("new/", "").replace("3-", "").replace("4-", "")
                for path, text in in_place(root).items()
                if "mine\n" in text
            }
            assert edits <= found, number
            again = WorkTree(root)
            again.write(planned(again, base_of(root, BASE, theirs), theirs))
            assert in_place(root) == {**WANTED, ANSWERS: answers}, number
        assert number > 20


class TestFullDisk:
    def test_an_edit_that_moves_is_where_it_was_and_the_rest_is_named(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        tree = on_disk(tmp_path / "t", OURS)
        plan = planned(tree, BASE, THEIRS)
        make = Path.mkdir

        def full(self: Path, *arguments: Any, **options: Any) -> None:
            if self.name == "new":
                raise OSError(28, "No space left on device")
            make(self, *arguments, **options)

        monkeypatch.setattr(Path, "mkdir", full)
        with pytest.raises(TreeUnwritable, match="No space left") as caught:
            tree.write(plan)
        assert (tmp_path / "t" / "src/old/a.py").read_text() == mine(TEN)
        [stage] = (tmp_path / "t").glob(".merging-*")
        assert str(stage) in caught.value.advice
        assert mine(CHANGED) in texts_in(stage).values()
        monkeypatch.undo()
        again = WorkTree(tmp_path / "t")
        again.write(planned(again, BASE, THEIRS))
        assert in_place(tmp_path / "t") == WANTED

    def test_nothing_is_left_of_a_merge_that_ended(self, tmp_path: Path) -> None:
        tree = on_disk(tmp_path / "t", OURS)
        tree.write(planned(tree, BASE, THEIRS))
        assert texts_in(tmp_path / "t") == WANTED

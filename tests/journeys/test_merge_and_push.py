"""A design, edits by hand, the next version: merged into the edited repository, and pushed for Git to merge."""

from pathlib import Path

import pytest

from tests.support.command import CommandLine
from tests.support.git_server import bare_repository, git, serving
from tests.support.merging import texts_in
from tests.support.product import FRAUD

pytestmark = pytest.mark.long


def design(quick: CommandLine, out: Path, *arguments: str) -> str:
    done = quick("design", *arguments, "--answers", "defaults", "--approve", "--out", out, "--json")
    assert done.code == 0, done.err
    return str(done.result["decision_set_id"])


def test_both_ways_of_taking_the_next_version(quick: CommandLine, tmp_path: Path) -> None:
    first = design(quick, tmp_path / "v1", f"{FRAUD} It runs in eu-west-1.", "--name", "fraud-api")
    second = design(
        quick, tmp_path / "v2", "It has to run in us-east-1.", "--parent", first, "--name", "fraud-guard"
    )
    tree = tmp_path / "v1"
    package = next(path.name for path in (tree / "src").iterdir())
    edited = f"src/{package}/ingest.py"
    git("init", "-q", ".", cwd=tree)
    git("add", "-A", cwd=tree)
    git("commit", "-q", "-m", "generated", cwd=tree)
    (tree / edited).write_text((tree / edited).read_text() + "# ours\n")
    git("commit", "-q", "-am", "ours", cwd=tree)
    merged = quick("runs", "merge", second, tree, "--json")
    assert merged.code == 0, merged.err
    assert merged.result["base"]["found_by"] == "answers"
    wanted = texts_in(tmp_path / "v2")
    after = next(path for path in wanted if path.startswith("src/") and path.endswith("/ingest.py"))
    wanted[after] += "# ours\n"
    assert {path: text for path, text in texts_in(tree).items() if not path.startswith(".git/")} == wanted

    remote = bare_repository(tmp_path / "served" / "fraud.git", allow_filter=True)
    with serving(remote.parent, password="right") as base:
        address = base.replace("http://", "http://ada:right@") + "/fraud.git"
        for version in (first, second):
            pushed = quick("runs", "push", version, address, "--branch", "platform", "--json")
            assert pushed.code == 0, pushed.err
            assert "right" not in pushed.out + pushed.err
    clone = tmp_path / "clone"
    git("clone", "-q", "-b", "platform", str(remote), str(clone), cwd=tmp_path)
    git("checkout", "-q", "-b", "mine", "HEAD~1", cwd=clone)
    (clone / edited).write_text((clone / edited).read_text() + "# ours\n")
    git("commit", "-q", "-am", "ours", cwd=clone)
    git("merge", "-q", "-m", "next version", "origin/platform", cwd=clone)
    assert {path: text for path, text in texts_in(clone).items() if not path.startswith(".git/")} == wanted

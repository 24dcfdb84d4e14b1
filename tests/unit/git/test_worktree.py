"""Whether a folder holds edits that Git has not recorded."""

import os
from pathlib import Path

import pytest

from libs.git.errors import GitFailed
from libs.git.program import Git
from libs.git.worktree import uncommitted
from tests.support.git_server import git

WRITTEN_TO = {"local": ["--local"], "included": ["--file"], "worktree": ["--worktree"]}


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A working tree with a committed file in a folder."""
    folder = tmp_path / "repository"
    (folder / "service").mkdir(parents=True)
    (folder / "service" / "a").write_text("1\n")
    (folder / "b").write_text("1\n")
    git("init", "-q", ".", cwd=folder)
    git("add", "-A", cwd=folder)
    git("commit", "-q", "-m", "first", cwd=folder)
    return folder


class TestUncommitted:
    def test_a_folder_outside_of_git_has_none(self, program: Git, tmp_path: Path) -> None:
        assert uncommitted(program, tmp_path) == ()

    def test_edits_staged_or_not_are_named_and_new_files_are_not(
        self, program: Git, repository: Path
    ) -> None:
        assert uncommitted(program, repository) == ()
        (repository / "new").write_text("1\n")
        assert uncommitted(program, repository) == ()
        (repository / "b").write_text("2\n")
        (repository / "service" / "a").write_text("2\n")
        git("add", "b", cwd=repository)
        assert uncommitted(program, repository) == ("b", "service/a")

    def test_only_the_folder_itself_counts(self, program: Git, repository: Path) -> None:
        (repository / "b").write_text("2\n")
        assert uncommitted(program, repository / "service") == ()

    @pytest.mark.parametrize(
        "named",
        [
            {"core.fsmonitor": "RUN; false"},
            {"filter.evil.clean": "RUN; cat"},
            {"filter.evil.process": "RUN", "filter.evil.required": "true"},
            {"filter.evil.clean": "RUN; cat", "filter.evil.required": "true"},
            {"filter.e=v.il.clean": "RUN; cat"},
        ],
        ids=lambda named: ",".join(named),
    )
    @pytest.mark.parametrize("place", ["local", "included", "worktree"])
    def test_a_program_that_the_repository_names_is_not_run(
        self, program: Git, repository: Path, named: dict[str, str], place: str
    ) -> None:
        arguments = [*WRITTEN_TO[place], *((repository / "more",) if place == "included" else ())]
        git("config", "include.path", str(repository / "more"), cwd=repository)
        git("config", "extensions.worktreeConfig", "true", cwd=repository)
        for name, value in named.items():
            value = value.replace("RUN", f"touch {repository.parent}/ran")
            git("config", *map(str, arguments), name, value, cwd=repository)
        (repository / ".git" / "info" / "attributes").write_text("a filter=evil\nb filter=e=v.il\n")
        os.utime(repository / "b", (1, 1))
        os.utime(repository / "service" / "a", (1, 1))
        assert uncommitted(program, repository) == ()
        (repository / "b").write_text("2\n")
        assert uncommitted(program, repository) == ("b",)
        assert not (repository.parent / "ran").exists()

    def test_a_filter_of_whoever_runs_it_is(self, program: Git, repository: Path, tmp_path: Path) -> None:
        (tmp_path / "home" / ".gitconfig").write_text('[filter "own"]\n\tclean = "echo 1"\n')
        (repository / ".git" / "info" / "attributes").write_text("b filter=own\n")
        (repository / "b").write_text("x\n")
        assert uncommitted(program, repository) == ()

    def test_no_program_of_a_submodule_is_run(self, program: Git, repository: Path) -> None:
        inside = repository / "inside"
        git("clone", "-q", str(repository), str(inside), cwd=repository.parent)
        git("config", "core.fsmonitor", f"touch {repository.parent}/ran; false", cwd=inside)
        git("add", "inside", cwd=repository)
        git("commit", "-q", "-m", "second", cwd=repository)
        (inside / "b").write_text("2\n")
        assert uncommitted(program, repository) == ()
        assert not (repository.parent / "ran").exists()

    def test_no_program_is_run_to_fetch_what_a_partial_clone_left_out(
        self, program: Git, repository: Path
    ) -> None:
        for name, value in {
            "extensions.partialClone": "origin",
            "remote.origin.url": str(repository.parent),
            "remote.origin.promisor": "true",
            "remote.origin.uploadpack": f"touch {repository.parent}/ran; false",
        }.items():
            git("config", name, value, cwd=repository)
        tree = git("rev-parse", "HEAD^{tree}", cwd=repository).strip()
        (repository / ".git" / "objects" / tree[:2] / tree[2:]).unlink()
        with pytest.raises(GitFailed, match="cannot tell"):
            uncommitted(program, repository)
        assert not (repository.parent / "ran").exists()

    def test_a_repository_that_cannot_be_read_is_not_called_clean(
        self, program: Git, repository: Path
    ) -> None:
        (repository / ".git" / "index").write_bytes(b"broken")
        with pytest.raises(GitFailed, match="cannot tell"):
            uncommitted(program, repository)

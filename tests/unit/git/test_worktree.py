"""Whether a folder holds edits that Git has not recorded."""

from pathlib import Path

import pytest

from libs.git.errors import GitFailed
from libs.git.program import Git
from libs.git.worktree import uncommitted
from tests.support.git_server import git


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

    def test_a_program_that_the_repository_names_is_not_run(self, program: Git, repository: Path) -> None:
        git("config", "core.fsmonitor", f"touch {repository.parent}/ran; false", cwd=repository)
        assert uncommitted(program, repository) == ()
        assert not (repository.parent / "ran").exists()

    def test_a_repository_that_cannot_be_read_is_not_called_clean(
        self, program: Git, repository: Path
    ) -> None:
        (repository / ".git" / "index").write_bytes(b"broken")
        with pytest.raises(GitFailed, match="cannot tell"):
            uncommitted(program, repository)

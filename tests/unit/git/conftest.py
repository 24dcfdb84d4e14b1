"""Fixtures of the Git tests: a program that sees no configuration of this machine."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from libs.codegen.models import RenderedFile
from libs.git.commits import Author, Changes
from libs.git.program import Git
from libs.git.pushing import MARK, Push
from libs.git.remote import read_remote

MakePush = Callable[..., Push]


@pytest.fixture
def program(tmp_path: Path) -> Git:
    """Git for a person without settings."""
    home = tmp_path / "home"
    home.mkdir()
    return Git(environment={"PATH": os.environ["PATH"], "HOME": str(home), "GIT_CONFIG_NOSYSTEM": "1"})


@pytest.fixture
def to_push() -> MakePush:
    """Makes a push of some files, given as text by path."""

    def make(remote: Path | str, files: dict[str, str], branch: str = "platform", **options: object) -> Push:
        def message(changes: Changes) -> str:
            return f"Version\n\n{len(changes.added)} added\n\n{MARK}: {'0' * 64}\n"

        return Push(
            remote=read_remote(str(remote), allow_local=True),
            branch=branch,
            files=[RenderedFile(path=path, content=text.encode()) for path, text in files.items()],
            message=message,
            author=Author("Platform", "platform@example.org"),
            **options,  # type: ignore[arg-type]
        )

    return make

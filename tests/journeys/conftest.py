"""The command with the real checks, and with recorded ones where a journey is about something else."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from libs.core.settings import Settings
from tests.conftest import unavailable
from tests.journeys.command import Background, CommandLine
from tests.support import tfcheck


@pytest.fixture(scope="session")
def runtime_python() -> Path:
    """The interpreter in which generated code runs."""
    python = Settings().runtime_python
    if not python.is_file():
        unavailable(f"the runtime environment is not installed: {python}")
    return python


@pytest.fixture(scope="session")
def terraform(shared_file: Callable[[str], Path]) -> dict[str, str]:
    """Settings with which the product validates against the offline provider."""
    if shutil.which("terraform") is None:
        unavailable("terraform is not installed")
    tool = shared_file("tools/tfcheck")
    build = tfcheck.built(tool)
    shown = [str(path) for path in tfcheck.shown(tool, build)]
    return {"terraform_mirror": str(tfcheck.mirror(build)), "terraform_shown": json.dumps(shown)}


@pytest.fixture
def quick(tmp_path: Path) -> CommandLine:
    """The command with recorded checks over a home of this test."""
    return CommandLine(tmp_path / "home", checks="twin", sandbox="recorded", poll_seconds="0.05")


@pytest.fixture
def background() -> Iterator[Callable[[Background], Background]]:
    """Registers commands that are ended with the test."""
    running: list[Background] = []

    def register(command: Background) -> Background:
        running.append(command)
        return command

    yield register
    for command in running:
        command.ensure_ended()

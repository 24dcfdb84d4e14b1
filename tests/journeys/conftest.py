"""The command with the real checks, and with recorded ones where a journey is about something else."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from libs.core.settings import Settings
from tests.conftest import unavailable
from tests.support import tfcheck
from tests.support.command import CommandLine


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

"""What a command loads, and what is listed without loading anything."""

import subprocess
import sys

import pytest
from typer.testing import CliRunner

from libs.cli.main import app
from libs.cli.on_demand import COMMANDS

RUNNER = CliRunner()
LOADED = "import sys; import {module}; print(*sorted(name for name in sys.modules if name in {watched!r}))"


def loaded_by(module: str, *watched: str) -> str:
    code = LOADED.format(module=module, watched=watched)
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.strip()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_listed_command_is_there(name: str) -> None:
    shown = RUNNER.invoke(app, [name, "--help"])

    assert shown.exit_code == 0, shown.output
    assert name in shown.output


def test_the_list_shows_every_command_with_its_whole_line() -> None:
    lines = RUNNER.invoke(app, ["--help"], terminal_width=80).output.splitlines()

    for name, command in COMMANDS.items():
        assert f"  {name:<9}{command.summary}" in lines


def test_the_list_needs_no_service() -> None:
    assert loaded_by("libs.cli.main", "libs.bootstrap", "sqlalchemy") == ""


def test_services_are_built_without_what_only_runs_need() -> None:
    assert (
        loaded_by("libs.bootstrap", "langgraph", "langchain_core", "libs.intake.extraction", "ortools") == ""
    )

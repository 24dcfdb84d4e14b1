"""Programs that are handed over as they are have the form that their repository's own linter asks for."""

import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT

TEMPLATES = ROOT / "libs" / "codegen" / "templates"
MODULES = "terraform/aws/modules"


@pytest.mark.parametrize(
    ("place", "width"), [("ml_repo", 100), ("rag_repo", 120), (MODULES, 100), (MODULES, 120)]
)
@pytest.mark.parametrize("command", [("format", "--check", "--diff"), ("check", "--select=E501,F")])
def test_of_every_folder_whose_programs_need_no_answers(
    place: str, width: int, command: tuple[str, ...]
) -> None:
    programs: list[Path] = sorted((TEMPLATES / place).rglob("*.py"))
    assert programs
    done = subprocess.run(
        [
            str(ROOT / ".venv" / "bin" / "ruff"),
            *command,
            *("--isolated", "--no-cache", "--target-version=py311", f"--line-length={width}"),
            *map(str, programs),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout

"""Programs that are handed over as they are have the form that their repository's own linter asks for."""

import subprocess
from pathlib import Path

import pytest

from libs.codegen.renderer import render
from tests.conftest import ROOT
from tests.templates.test_matrix import EACH_ONCE, PLANS

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
    options = ("--isolated", "--no-cache", "--target-version=py311", f"--line-length={width}")
    assert _linted(*command, *options, *map(str, programs)) == ""


@pytest.mark.parametrize("package", ["abc", "a" * 31])
def test_of_plans_that_hold_every_option(package: str, tmp_path: Path) -> None:
    """Programs that are written from answers; each text is looked at once, in a folder with its own settings.

    The shortest and the longest name of a package: both decide where imports break.
    """
    seen: set[bytes] = set()
    for name in EACH_ONCE:
        kind, choice = PLANS[name]
        for file in render(kind.blueprint(choice).model_copy(update={"package": package})):
            if file.path == "pyproject.toml" or (file.path.endswith(".py") and file.content not in seen):
                seen.add(file.content)
                target = tmp_path / name / file.path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(file.content)
    assert len(seen) > 100
    assert _linted("check", "--no-cache", str(tmp_path)) == ""
    assert _linted("format", "--check", "--diff", "--no-cache", str(tmp_path)) == ""


def _linted(*arguments: str) -> str:
    """What ruff complains about; empty when nothing."""
    program = str(ROOT / ".venv" / "bin" / "ruff")
    done = subprocess.run([program, *arguments], capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr

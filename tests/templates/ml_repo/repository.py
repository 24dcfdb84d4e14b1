"""Renders generated repositories and runs their pipeline as a user would."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from libs.codegen.models import Blueprint, ColumnAnswer
from libs.codegen.renderer import render
from tests.support.blueprints import churn_blueprint, fraud_blueprint

ROOT = Path(__file__).resolve().parents[3]
RUNTIME = ROOT / ".runtime" / "bin" / "python"
RUFF = ROOT / ".venv" / "bin" / "ruff"


def price_blueprint() -> Blueprint:
    """A regression with every kind of column, missing cells and many categories."""
    columns = (
        ColumnAnswer(name="house_id", kind="id", role="id", description="Key"),
        ColumnAnswer(name="area_m2", kind="number", minimum=10, maximum=900, description="Area"),
        ColumnAnswer(name="rooms", kind="integer", minimum=1, maximum=12, nullable=True, description="Rooms"),
        ColumnAnswer(
            name="district",
            kind="category",
            categories=("None", *(f"d{number:02d}" for number in range(24))),
            nullable=True,
            description="District; the word None is one of them",
        ),
        ColumnAnswer(name="garden", kind="boolean", nullable=True, description="Has a garden"),
        ColumnAnswer(name="listed_on", kind="datetime", nullable=True, description="When it was listed"),
        ColumnAnswer(
            name="price", kind="number", role="target", minimum=20000, maximum=2000000, description="USD"
        ),
    )
    return churn_blueprint(
        project="house-prices",
        package="house_prices",
        title="House prices",
        task="regression",
        ml_task="regression",
        metric="rmse",
        target="price",
        columns=columns,
    )


def grade_blueprint() -> Blueprint:
    """A classification with three classes and labels as text."""
    columns = (
        ColumnAnswer(name="weight", kind="number", minimum=0, maximum=50, description="Grams"),
        ColumnAnswer(name="colour", kind="category", categories=("red", "green"), description="Colour"),
        ColumnAnswer(
            name="grade",
            kind="category",
            role="target",
            categories=("poor", "good", "best"),
            description="Quality",
        ),
    )
    return fraud_blueprint(
        project="fruit-grades", package="fruit_grades", title="Fruit grades", target="grade", columns=columns
    )


BLUEPRINTS: dict[str, Callable[[], Blueprint]] = {
    "online": fraud_blueprint,
    "batch": churn_blueprint,
    "regression": price_blueprint,
    "three classes": grade_blueprint,
}


def write(blueprint: Blueprint, folder: Path) -> Path:
    """Renders the whole repository into the folder."""
    for file in render(blueprint):
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
    return folder


def require_runtime() -> None:
    """Skips where the runtime environment was not installed; under CI that is a failure."""
    if not RUNTIME.exists():
        if os.environ.get("CI") == "true":
            pytest.fail("the runtime environment is missing: make install")
        pytest.skip("the runtime environment is missing: make install")


def environment(folder: Path) -> dict[str, str]:
    """What a stage gets: nothing inherited but the path."""
    return {
        "PATH": os.defpath,
        "HOME": str(folder.parent),
        "PYTHONPATH": str(folder / "src"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def run(folder: Path, *arguments: str, timeout: float = 120) -> subprocess.CompletedProcess[str]:
    """`python -m PACKAGE …` in the rendered repository."""
    require_runtime()
    package = next((folder / "src").iterdir()).name
    return subprocess.run(
        [str(RUNTIME), "-m", package, *arguments],
        cwd=folder,
        env=environment(folder),
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


def copy_work(source: Path, target: Path) -> Path:
    """A work folder to continue from, so that a test does not change that of another."""
    shutil.copytree(source, target)
    return target


def run_in(folder: Path, module: str, *arguments: str) -> None:
    """A module of the environment of generated code, on one thread: two processors are soon crowded."""
    run_program(folder, "-m", module, *arguments)


def run_program(folder: Path, *arguments: str) -> None:
    """As `run_in`, with whatever words Python takes."""
    done = subprocess.run(
        [str(RUNTIME), *arguments],
        cwd=folder,
        env={**environment(folder), "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]

"""Checkov finds nothing in any plan that is not suppressed with a reason."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT, unavailable
from tests.templates.terraform.more_plans import ALL_PLANS
from tests.templates.terraform.plans import ENABLED, PLANS, write_infrastructure


def scanned(folder: Path) -> dict[str, Any]:
    """Checkov's report on a folder."""
    program = shutil.which("checkov", path=f"{ROOT / '.tools' / 'bin'}{os.pathsep}{os.environ['PATH']}")
    if program is None:
        unavailable("checkov is not installed: make install")
    done = subprocess.run(
        [
            program,
            "--skip-download",
            "-d",
            ".",
            "--framework",
            "terraform",
            "-o",
            "json",
            "--compact",
            "--quiet",
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def failures(report: dict[str, Any]) -> list[str]:
    """Failed checks as lines to read."""
    return [
        f"{found['check_id']} {found['resource']} {found['file_path']}"
        for found in report["results"]["failed_checks"]
    ]


@pytest.mark.long
def test_nothing_fails_in_prod(tmp_path: Path) -> None:
    """The main job has checkov look at a whole repository in every run."""
    folder = write_infrastructure(PLANS["online_ecs"](), tmp_path, ENABLED)
    for environment in ("dev", "staging"):
        shutil.rmtree(folder / "envs" / environment)
    report = scanned(folder)
    assert failures(report) == []
    assert report["summary"]["parsing_errors"] == 0
    assert report["summary"]["passed"] > 200


@pytest.mark.long
@pytest.mark.parametrize("name", sorted(ALL_PLANS))
def test_nothing_fails_in_any_plan(name: str, tmp_path: Path) -> None:
    report = scanned(write_infrastructure(ALL_PLANS[name](), tmp_path, ENABLED))
    assert failures(report) == []
    assert report["summary"]["parsing_errors"] == 0
    assert report["summary"]["passed"] > 500

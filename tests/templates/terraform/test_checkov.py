"""Checkov finds nothing in any plan that is not suppressed with a reason."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT, unavailable
from tests.support.blueprints import fraud_blueprint
from tests.templates.terraform.more_plans import ALL_PLANS
from tests.templates.terraform.plans import ENABLED, PLANS, write_infrastructure


def scanned(folder: Path) -> dict[str, Any]:
    """What `make policies` says of a repository, by its `infra/`."""
    program = shutil.which("checkov", path=f"{ROOT / '.tools' / 'bin'}{os.pathsep}{os.environ['PATH']}")
    if program is None:
        unavailable("checkov is not installed: make install")
    done = subprocess.run(
        [program, "--config-file", "infra/.checkov.yaml", "--output", "json"],
        cwd=folder.parent,
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


PLANTED = """
resource "aws_iam_access_key" "planted" {
  user = "planted"
}

resource "aws_lb" "planted" {
  name = "planted"
}

resource "aws_nat_gateway" "planted" {
  subnet_id = "subnet-0123456789abcdef0"
}

resource "aws_vpc_security_group_egress_rule" "planted" {
  security_group_id = "sg-0123456789abcdef0"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "-1"
}
"""


def test_what_a_policy_of_the_design_forbids_is_found(tmp_path: Path) -> None:
    folder = write_infrastructure(fraud_blueprint(), tmp_path)
    for other in ("bootstrap", "envs", "modules"):
        shutil.rmtree(folder / other)
    (folder / "modules" / "planted").mkdir(parents=True)
    (folder / "modules" / "planted" / "main.tf").write_text(PLANTED)
    found = {line.split()[0]: line for line in failures(scanned(folder)) if line.startswith("DESIGN_")}
    policies = [yaml.safe_load(path.read_text()) for path in (folder / "policies").glob("*.yaml")]
    assert set(found) == {policy["metadata"]["id"] for policy in policies}
    assert len(found) == 4
    assert all("planted" in line for line in found.values())


def test_the_repository_installs_the_checkov_that_the_platform_runs() -> None:
    locked = re.search(r"^checkov==\S+", (ROOT / "infra" / "requirements" / "tools.lock").read_text(), re.M)
    assert locked is not None
    for tree in ("ml_repo", "rag_repo"):
        makefile = ROOT / "libs" / "codegen" / "templates" / tree / "Makefile.jinja"
        assert f" {locked[0]}\n" in makefile.read_text()


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

"""The main job on the command line with every real check: from the brief to a repository that stands on its own."""

import hashlib
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from libs.codegen.models import ENVIRONMENTS
from tests.support import tfcheck
from tests.support.command import CommandLine, Ended
from tests.support.product import FRAUD

pytestmark = pytest.mark.shared

RESULT_KEYS = {
    "status",
    "run_id",
    "decision_set_id",
    "gate",
    "plan",
    "cost",
    "payload_sha256",
    "zip",
    "checks",
    "problem",
}
DESIGN = ("design", FRAUD, "--answers", "defaults", "--approve", "--as-of", "2026-11-21", "--json")
OPTIONAL = {"actionlint", "tflint", "trivy"}
"""Run where their programs are found, which is not promised."""
CHECKS = OPTIONAL | {
    "checkov", "hadolint", "hcl", "jsonschema", "licence", "links", "mypy", "no_network", "policy", "pytest", "ruff",
    "sbom", "secrets", "terraform_fmt", "terraform_test", "terraform_validate", "yamllint",
}  # fmt: skip


class Made(NamedTuple):
    """A finished design on disk."""

    ended: Ended
    folder: Path
    command: CommandLine

    @property
    def result(self) -> dict[str, Any]:
        return self.ended.result

    def report(self, name: str) -> Any:
        return json.loads((self.folder / "reports" / name).read_text())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, terraform: dict[str, str], runtime_python: Path) -> Made:
    folder = tmp_path_factory.mktemp("main-job")
    command = CommandLine(folder / "home", **terraform)
    return Made(command(*DESIGN, "--out", folder / "repository"), folder / "repository", command)


def copied(made: Made, to: Path) -> Path:
    """A copy to work in, so that the original stays what the product wrote."""
    return Path(shutil.copytree(made.folder, to / "repository"))


class TestTheResult:
    def test_exit_code_is_0_and_the_last_line_is_the_promised_object(self, made: Made) -> None:
        assert made.ended.code == 0, made.ended.err + made.ended.out
        assert made.result.keys() == RESULT_KEYS
        assert made.result["status"] == "done"
        assert made.result["gate"] is None
        assert made.result["problem"] is None
        assert made.result["cost"] == made.result["plan"]["cost"]

    def test_every_check_ran_and_none_is_red(self, made: Made) -> None:
        found = {check["check"]: check for check in made.result["checks"]}
        assert found.keys() == CHECKS
        assert {found[name]["status"] for name in CHECKS - OPTIONAL} <= {"pass", "warn"}, found
        assert {check["payload_sha256"] for check in made.report("checks.json")["checks"]} == {
            made.result["payload_sha256"]
        }

    def test_no_component_misses_the_latency(self, made: Made) -> None:
        latency = made.result["plan"]["latency"]
        assert made.result["plan"]["requirements"]["latency_ms_p95"] == 100
        assert "serve" in {hop["slot"] for hop in latency["hops"]}
        assert sum(hop["p95_ms"] for hop in latency["hops"]) <= 100
        assert latency["conservative_p95_ms"] <= 100

    def test_no_component_misses_the_card_standard(self, made: Made) -> None:
        policies = made.report("policy.json")["policies"]
        assert "PCI-DSS" in made.result["plan"]["requirements"]["compliance"]
        card_rules = [policy for policy in policies if policy["pack"] == "pci_dss"]
        assert card_rules
        outcomes = [policy["outcome"] for policy in card_rules]
        assert outcomes.count("pass") > len(outcomes) / 3
        assert "fail" not in outcomes
        assert "fail" not in {policy["outcome"] for policy in policies}

    def test_the_service_holds_the_load(self, made: Made) -> None:
        assert made.result["plan"]["requirements"]["throughput_rps"] == 10_000


class TestTheRepository:
    @pytest.mark.long
    def test_its_own_tests_pass(self, made: Made, tmp_path: Path, runtime_python: Path) -> None:
        done = subprocess.run(
            ["make", "test", f"PYTHON={runtime_python}"],
            cwd=copied(made, tmp_path),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
        assert " passed" in done.stdout

    @pytest.mark.parametrize("environment", ENVIRONMENTS)
    def test_every_environment_plans_without_a_finding(
        self, made: Made, environment: str, tmp_path: Path, shared_file: Callable[[str], Path]
    ) -> None:
        tool = shared_file("tools/tfcheck")
        root = copied(made, tmp_path) / "infra"
        command = [sys.executable, str(tool / "tfcheck"), "--plan", "--json", "--build"]
        command += [str(tfcheck.built(tool)), "--root", str(root), str(root / "envs" / environment)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        result = json.loads(done.stdout)
        assert result["valid"]
        assert result["diagnostics"] == []

    def test_the_manifest_names_every_file_with_its_hash(self, made: Made) -> None:
        done = subprocess.run(
            ["sha256sum", "--strict", "-c", "reports/MANIFEST.sha256"],
            cwd=made.folder,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        named = {line.split("  ", 1)[1] for line in (made.folder / "reports/MANIFEST.sha256").open()}
        there = {p.relative_to(made.folder).as_posix() for p in made.folder.rglob("*") if p.is_file()}
        assert {name.strip() for name in named} == {p for p in there if not p.startswith("reports/")}

    def test_the_zip_equals_the_folder(self, made: Made) -> None:
        with zipfile.ZipFile(made.result["zip"]) as archive:
            packed = {name: archive.read(name) for name in archive.namelist()}
        there = {
            p.relative_to(made.folder).as_posix(): p.read_bytes()
            for p in made.folder.rglob("*")
            if p.is_file()
        }
        assert packed == there

    def test_check_proves_it_again_from_the_folder_alone(self, made: Made, tmp_path: Path) -> None:
        ended = made.command("check", copied(made, tmp_path), "--json")
        assert ended.code == 0, ended.out + ended.err
        assert ended.result["payload_sha256"] == made.result["payload_sha256"]
        assert {check["check"] for check in ended.result["checks"]} == CHECKS


class TestAgain:
    def test_the_same_answers_give_the_same_bytes(self, made: Made, tmp_path: Path) -> None:
        """Elsewhere and later, with recorded checks: those are no part of the payload."""
        other = CommandLine(tmp_path / "home", checks="twin", sandbox="recorded")
        ended = other(*DESIGN, "--out", tmp_path / "again")
        assert ended.code == 0, ended.err
        assert ended.result["run_id"] != made.result["run_id"]
        assert ended.result["payload_sha256"] == made.result["payload_sha256"]
        assert digests(tmp_path / "again") == digests(made.folder)


def digests(folder: Path) -> dict[str, str]:
    """By path, the hash of every file of the payload."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.relative_to(folder).parts[0] != "reports"
    }

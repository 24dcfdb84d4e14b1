"""The tests that a generated repository brings pass where nothing can be reached or written, and with every adapter."""

import subprocess
import sys
from pathlib import Path

import pytest

from libs.sandbox.port import Command, Limits, Mount
from tests.support.blueprints_rag import KINDS, batch_blueprint, support_blueprint
from tests.support.sandbox import isolating_sandbox
from tests.templates.ml_repo.repository import ROOT, RUNTIME, environment, require_runtime, run, write


@pytest.mark.long
class TestOwnTests:
    async def test_pass_in_the_sandbox(self, tmp_path: Path) -> None:
        """No socket, a read-only repository, HOME=/tmp."""
        require_runtime()
        repository = write(support_blueprint(), tmp_path / "repository")
        sandbox = await isolating_sandbox()
        runtime = ROOT / ".runtime"
        outcome = await sandbox.run(
            Command(
                argv=(str(RUNTIME), "-m", "pytest", "-p", "no:cacheprovider", "tests"),
                cwd="/repository",
                env={"PYTHONDONTWRITEBYTECODE": "1"},
                mounts=(
                    Mount(source=repository, target="/repository"),
                    Mount(source=runtime, target=str(runtime)),
                ),
                limits=Limits(wall_s=300, cpu_s=300),
            )
        )
        assert outcome.exit_code == 0, (outcome.stdout + outcome.stderr).decode()[-4000:]

    @pytest.mark.parametrize("kind", [*sorted(set(KINDS) - {"hosted"}), "batch"])
    def test_pass_for_every_kind(self, kind: str, tmp_path: Path) -> None:
        require_runtime()
        blueprint = batch_blueprint() if kind == "batch" else support_blueprint(kind)
        folder = write(blueprint, tmp_path / "repository")
        done = subprocess.run(
            ["make", "test", f"PYTHON={RUNTIME}"],
            cwd=folder,
            env={**environment(folder), "PATH": "/usr/bin:/bin"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]

    @pytest.mark.parametrize("kind", sorted(KINDS))
    def test_types_hold(self, kind: str, tmp_path: Path) -> None:
        folder = write(support_blueprint(kind), tmp_path / "repository")
        done = subprocess.run(
            [sys.executable, "-m", "mypy", "--python-executable", str(RUNTIME)],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout


@pytest.mark.long
class TestEveryCorpus:
    @pytest.mark.parametrize("domain", ["hr", "legal", "medical", "product", "support"])
    def test_passes_the_gate_that_is_recorded(self, domain: str, tmp_path: Path) -> None:
        folder = write(support_blueprint(corpus=domain), tmp_path / "repository")
        work = tmp_path / "work"
        done = run(folder, "all", "--data", "data/documents", "--work", str(work))
        assert done.returncode == 0, done.stderr
        assert run(folder, "drill", "--model", str(work / "register" / "model")).returncode == 0

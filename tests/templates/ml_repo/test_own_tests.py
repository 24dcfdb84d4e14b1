"""The tests that a generated repository brings pass where nothing can be reached or written."""

import subprocess
from pathlib import Path

import pytest

from libs.sandbox.port import Command, Limits, Mount
from tests.support.sandbox import isolating_sandbox
from tests.templates.ml_repo.repository import (
    BLUEPRINTS,
    ROOT,
    RUNTIME,
    environment,
    require_runtime,
    write,
)


class TestOwnTests:
    @pytest.mark.long
    async def test_pass_in_the_sandbox(self, repository: Path) -> None:
        """No socket, a read-only repository, HOME=/tmp."""
        require_runtime()
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

    @pytest.mark.long
    @pytest.mark.parametrize("name", sorted(set(BLUEPRINTS) - {"online"}))
    def test_pass_for_every_kind(self, name: str, tmp_path: Path) -> None:
        require_runtime()
        folder = write(BLUEPRINTS[name](), tmp_path / "repository")
        done = subprocess.run(
            ["make", "test", f"PYTHON={RUNTIME}"],
            cwd=folder,
            env={**environment(folder), "PATH": "/usr/bin:/bin"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]

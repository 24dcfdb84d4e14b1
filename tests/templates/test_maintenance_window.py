"""The deployment script holds to the maintenance window: run as it is, at any hour, up to the first real command."""

import subprocess
from pathlib import Path

import pytest

from tests.support.constrained import Change, tree

_AT = "#!/bin/sh\ncase $2 in +%u) echo {day} ;; *) echo {now} ;; esac\n"


@pytest.fixture
def script(tmp_path: Path) -> Path:
    files = tree(
        Change.of("batch", {"ci_provider": "circleci", "maintenance_window": "Fri 22:00 to 02:00 UTC"})
    )
    path = tmp_path / "deploy.sh"
    path.write_text(files["ci/deploy.sh"].split("bash ci/images.sh", 1)[0] + "echo deploying\n")
    return path


@pytest.mark.parametrize(
    ("day", "now", "allowed"),
    [
        (5, "2159", False),
        (5, "2200", True),
        (5, "2359", True),
        (6, "0000", True),
        (6, "0159", True),
        (6, "0200", False),
        (6, "2300", False),
        (5, "0100", False),
        (1, "0008", False),
    ],
)
def test_prod_is_deployed_only_inside_it(script: Path, day: int, now: str, allowed: bool) -> None:
    done = _run(script, "prod", day, now)
    assert (done.returncode == 0) == allowed
    assert ("deploying" in done.stdout) == allowed
    if not allowed:
        assert "Outside the maintenance window, Friday 22:00 to 02:00 UTC." in done.stderr


def test_staging_and_an_emergency_are_deployed_at_any_hour(script: Path) -> None:
    assert _run(script, "staging", 1, "1200").returncode == 0
    assert _run(script, "prod", 1, "1200", OUTSIDE_WINDOW="yes").returncode == 0


def _run(script: Path, target: str, day: int, now: str, **variables: str) -> subprocess.CompletedProcess[str]:
    clock = script.parent / "date"
    clock.write_text(_AT.format(day=day, now=now))
    clock.chmod(0o755)
    return subprocess.run(
        ["bash", str(script), target],
        env={"PATH": f"{script.parent}:/usr/bin:/bin", **variables},
        capture_output=True,
        text=True,
        check=False,
    )

"""Real servers beside a generated repository, and the programs that talk to them with its packages."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from libs.codegen import manifest, parts, renderer
from libs.codegen.models import Blueprint
from tests.support.blueprints import fraud_blueprint
from tests.templates.ml_repo.repository import RUNTIME, environment, require_runtime

DRIVERS = Path(__file__).parent / "drivers"


def write_code(bp: Blueprint, folder: Path) -> Path:
    """Renders the Python side only, for which an option needs no part of the infrastructure."""
    templates, needs = renderer.shipped_templates(), parts.needs_of(fraud_blueprint())
    for source in templates.sources:
        if source.tree == "ml_repo" and manifest.bound_to_plan(bp, source.path):
            for file in renderer._render_source(templates, source, bp, needs):
                path = folder / file.path
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(file.content)
    return folder


def require_packages(*names: str) -> None:
    """Skips where the runtime environment was made from an older lock; under CI that is a failure."""
    require_runtime()
    code = f"import {', '.join(names)}"
    done = subprocess.run([str(RUNTIME), "-c", code], capture_output=True, check=False)
    if done.returncode:
        missing = f"the runtime environment lacks one of {', '.join(names)}: make install"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)


def drive(folder: Path, driver: str, *arguments: str, drivers: Path = DRIVERS, **variables: str) -> None:
    """Runs a program of `drivers/` in the repository; what it asserts must hold."""
    known = environment(folder)
    done = subprocess.run(
        [str(RUNTIME), str(drivers / f"{driver}.py"), *arguments],
        cwd=folder,
        env={**known, "AWS_REGION": "us-east-1", **variables},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]


@contextmanager
def valkey_server(folder: Path, password: str) -> Iterator[int]:
    """A server on a free port; skips, and says so, where neither Valkey nor Redis is installed."""
    # Debian's redis-tools has the server without starting one: what checks dumps is the server by another name.
    program = next(
        filter(None, map(shutil.which, ("valkey-server", "redis-server", "redis-check-rdb"))), None
    )
    if program is None:
        pytest.skip("neither valkey-server nor redis-server nor redis-tools is installed")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--requirepass", password]
    with subprocess.Popen(
        ["redis-server", *options], executable=program, cwd=folder, stdout=subprocess.DEVNULL
    ) as server:
        try:
            _wait(port)
            yield port
        finally:
            server.terminate()


def _wait(port: int) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError("the server did not start")

"""Servers that a load test starts and stops: the service itself, and a stub that does nothing."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx

from ..running.errors import UsageError
from ..running.repository import PACKAGE

_START_SECONDS = 60.0


@contextlib.contextmanager
def started_service(model: Path) -> Iterator[str]:
    """Serves the model on a free port of this machine; gives the address.

    Raises:
        UsageError: it did not become ready.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", f"{PACKAGE.name}.serve", "--model", str(model), "--port", str(port)],
        # As in docker/serve.Dockerfile.
        env={**os.environ, "PYTHONPATH": str(PACKAGE.parent), "OMP_NUM_THREADS": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(f"http://127.0.0.1:{port}/readyz", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)


@contextlib.contextmanager
def started_stub() -> Iterator[str]:
    """A server that answers at once: whatever is slow then is the generator."""
    process = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("stub.py"))],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        yield f"http://127.0.0.1:{int(process.stdout.readline())}"
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait(url: str, process: subprocess.Popen[Any]) -> None:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            if httpx.get(url, timeout=2).status_code == 200:
                return
        except httpx.HTTPError:
            time.sleep(0.2)
    raise UsageError("the service did not become ready")

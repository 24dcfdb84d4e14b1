"""What the load goes to: a service that is running, one started for the test, or a stub."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx

from ..data.contract import DataContract
from ..data.tables import read_raw
from ..running.errors import UsageError
from ..running.repository import PACKAGE, SCHEMA_FILE
from .client import Client
from .generator import Step, constant_rate

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


def bodies(data: Path) -> list[bytes]:
    """A request for each row of the table."""
    contract = DataContract.load(SCHEMA_FILE)
    frame, _ = read_raw(data, [column.name for column in contract.columns])
    names = [column.name for column in contract.features if column.name in frame]
    rows = frame[names].astype(object).replace("", None).to_dict("records")
    return [json.dumps({"rows": [row]}).encode() for row in rows]


def step_at(url: str, requests: list[bytes], rate: float, seconds: float) -> Step:
    """One step against the address, in an event loop of its own."""

    async def step() -> Step:
        client = Client(url)

        async def send(number: int) -> bool:
            return await client.status(requests[number % len(requests)]) == 200

        try:
            return await constant_rate(send, rate, seconds)
        finally:
            client.close()

    return asyncio.run(step())


def _wait(url: str, process: subprocess.Popen[Any]) -> None:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            if httpx.get(url, timeout=2).status_code == 200:
                return
        except httpx.HTTPError:
            time.sleep(0.2)
    raise UsageError("the service did not become ready")

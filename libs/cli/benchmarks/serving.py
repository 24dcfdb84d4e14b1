"""A real `serve` in a process of its own on a free loopback port."""

import asyncio
import os
import signal
import socket
import sys
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from libs.cli.benchmarks.models import MeasurementFailed

START_SECONDS = 120.0
STOP_SECONDS = 40.0
LOOK_EVERY_SECONDS = 0.02
SAID_CHARACTERS = 2000


@dataclass(frozen=True)
class Server:
    """A server that answers."""

    url: str
    pid: int
    start_seconds: float
    """From the start of the process to the first good answer of /healthz, with the schema made."""


@asynccontextmanager
async def serving(home: Path, settings: Mapping[str, str] | None = None) -> AsyncIterator[Server]:
    """The product with its defaults over a new home; stopped by its process id at the end.

    Args:
        home: its folder, which does not exist yet.
        settings: what is not left at its default, by the name of the setting.

    Raises:
        MeasurementFailed: it does not come up in time.
    """
    await asyncio.to_thread(home.mkdir, parents=True)
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    environment = {k: v for k, v in os.environ.items() if not k.startswith("AGENTIC_MLOPS_")}
    began = time.perf_counter()
    for name, value in (settings or {}).items():
        environment[f"AGENTIC_MLOPS_{name.upper()}"] = value
    with (home / "serve.log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "libs.cli.main", "serve", "--port", str(port)),
            env={**environment, "AGENTIC_MLOPS_HOME": str(home)},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
    try:
        await _until_it_answers(process, url, home / "serve.log")
        yield Server(url=url, pid=process.pid, start_seconds=time.perf_counter() - began)
    finally:
        await _stop(process)


async def _until_it_answers(process: asyncio.subprocess.Process, url: str, log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    async with httpx.AsyncClient(trust_env=False) as client:
        while process.returncode is None and time.monotonic() < until:
            try:
                if (await client.get(f"{url}/healthz")).status_code == httpx.codes.OK:
                    return
            except httpx.TransportError:
                await asyncio.sleep(LOOK_EVERY_SECONDS)
    said = (await asyncio.to_thread(log.read_text, errors="replace"))[-SAID_CHARACTERS:]
    raise MeasurementFailed(f"The server did not come up:\n{said}")


async def _stop(process: asyncio.subprocess.Process) -> None:
    if process.returncode is not None:
        return
    process.send_signal(signal.SIGTERM)
    try:
        async with asyncio.timeout(STOP_SECONDS):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port

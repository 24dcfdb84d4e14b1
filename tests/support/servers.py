"""Waiting for a server on this machine, whichever way it was started."""

import socket
import time
from collections.abc import Callable

import httpx

START_SECONDS = 120.0


def free_port() -> int:
    """A port that nothing listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_it_answers(base: str, ended: Callable[[], bool], seconds: float = START_SECONDS) -> None:
    """Returns when the server answers; fails when its process has ended, or after a long time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        assert not ended(), f"the server at {base} ended before it answered"
        try:
            httpx.get(f"{base}/healthz", timeout=5)
        except httpx.TransportError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"the server at {base} did not answer within {seconds} s")

"""The disk is full: the caller is told, what was accepted is kept, and work goes on once there is space again.

The disk is a small one in memory, mounted in a namespace of the server's own; a file of ballast fills it and is removed
at a signal.
"""

import asyncio
import os
import shlex
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.conftest import unavailable
from tests.support.command import PROGRAM, CommandLine
from tests.support.product import CHURN, FRAUD
from tests.support.servers import free_port, wait_until_it_answers
from tests.support.visitors import FINAL, Visitor, posted

DISK_MEGABYTES = 24
NAMESPACE = ["unshare", "--user", "--map-root-user", "--mount", "--"]
SCRIPT = """
mount -t tmpfs -o size={size}m none {disk} || exit 99
trap 'dd if=/dev/zero of={disk}/ballast bs=4096 2>/dev/null; : > {marks}/full' USR1
trap 'rm -f {disk}/ballast; : > {marks}/free' USR2
trap 'kill -TERM $server' TERM
{program} serve --port {port} &
server=$!
while kill -0 $server 2>/dev/null; do wait $server; done
"""


class SmallDisk:
    """A server whose home is on a disk that can be filled and freed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        disk, marks = folder / "disk", folder / "marks"
        for made in (disk, marks):
            made.mkdir()
        self._port = free_port()
        self.base = f"http://127.0.0.1:{self._port}"
        command = CommandLine(disk / "home", checks="twin", sandbox="recorded", poll_seconds="0.05")
        given = {"disk": disk, "marks": marks, "program": PROGRAM}
        quoted = {name: shlex.quote(str(path)) for name, path in given.items()}
        script = SCRIPT.format(size=DISK_MEGABYTES, port=self._port, **quoted)
        with (folder / "log").open("wb") as log:
            self._process = subprocess.Popen(
                [*NAMESPACE, "sh", "-c", script], env=command.environment(), stdout=log, stderr=log
            )
        wait_until_it_answers(self.base, lambda: self._process.poll() is not None)

    def fill(self) -> None:
        self._tell(signal.SIGUSR1, "full")

    def free(self) -> None:
        self._tell(signal.SIGUSR2, "free")

    def _tell(self, number: signal.Signals, mark: str) -> None:
        (self._folder / "marks" / mark).unlink(missing_ok=True)
        os.kill(self._process.pid, number)
        deadline = time.monotonic() + 60
        while not (self._folder / "marks" / mark).exists():
            assert time.monotonic() < deadline, (self._folder / "log").read_text()[-2000:]
            time.sleep(0.02)

    def close(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(60)
        except subprocess.TimeoutExpired:
            self._process.kill()
            raise


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[SmallDisk]:
    probe = subprocess.run(
        [*NAMESPACE, "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True, check=False
    )
    if probe.returncode:
        unavailable(f"no disk of one's own can be mounted here: {probe.stderr.decode().strip()}")
    disk = SmallDisk(tmp_path)
    yield disk
    disk.close()


class TestFullDisk:
    async def test_it_is_said_and_nothing_accepted_is_lost(self, small_disk: SmallDisk) -> None:
        async with httpx.AsyncClient(base_url=small_disk.base, timeout=60) as client:
            kept = Visitor(client, await posted(client, FRAUD))
            await kept.until("gate-waiting")
            await asyncio.to_thread(small_disk.fill)

            refused = await self._refused(client)
            assert refused.headers["content-type"] == "application/problem+json"
            assert int(refused.headers["retry-after"]) > 0
            problem = refused.json()
            assert problem["code"] in {"db.full", "db.unavailable"}
            assert "Nothing of this request was stored" in problem["advice"]
            assert (await kept.get(""))["gate"] is not None
            assert len(await kept.stored()) == len(kept.seen)

            await asyncio.to_thread(small_disk.free)
            await kept.decide("approve")
            assert (await kept.approve_to_the_end())["data"]["status"] == "done"
            assert kept.seen == await kept.stored()
            fresh = Visitor(client, await posted(client, CHURN))
            await fresh.until("gate-waiting", FINAL)

    async def _refused(self, client: httpx.AsyncClient) -> httpx.Response:
        """Asks until space that the database had set aside is used up as well."""
        for _ in range(40):
            answer = await client.post("/api/chat/async", json={"message": f"{CHURN} " * 200})
            if answer.status_code != 202:
                assert answer.status_code == 503, answer.text
                return answer
        raise AssertionError("a full disk took everything")

"""Real worker and server processes for tests: started, killed, suspended and stopped by process id."""

import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any, Literal

from libs.core.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60.0


class WorkerProcess:
    """One forked worker or server."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.status: int | None = None
        self.ended = threading.Event()

    def send(self, signal_number: int) -> None:
        if self.status is None:
            os.kill(self.pid, signal_number)

    def suspend(self) -> None:
        """Stops every thread of the process and returns when they have stopped; SIGCONT wakes it."""
        self.send(signal.SIGSTOP)
        until = time.monotonic() + 10
        while any(_state(task) != "T" for task in Path(f"/proc/{self.pid}/task").iterdir()):
            assert time.monotonic() < until, f"process {self.pid} does not stop"
            time.sleep(0.001)

    def kill(self) -> None:
        self.send(signal.SIGKILL)

    def wait(self, seconds: float) -> int:
        """The exit status; negative for a signal."""
        assert self.ended.wait(seconds), f"process {self.pid} is still running after {seconds} s"
        assert self.status is not None
        return self.status


class Forge:
    """Forks workers and servers from one parent that has imported the product."""

    def __init__(self) -> None:
        environment = {k: v for k, v in os.environ.items() if not k.startswith("AGENTIC_MLOPS_")}
        self._parent = subprocess.Popen(
            [sys.executable, "-m", "tests.support.forge"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._started: queue.Queue[dict[str, Any]] = queue.Queue()
        self._workers: dict[int, WorkerProcess] = {}
        self._early: dict[int, int] = {}
        self._lock = threading.Lock()
        threading.Thread(target=self._listen, daemon=True).start()
        assert self._started.get(timeout=START_SECONDS) == {"ready": True}

    def start(self, settings: Settings, door: Literal["worker", "api"] = "worker") -> WorkerProcess:
        """A worker, or a server of the API without one, over these settings."""
        order = {"door": door, "settings": settings.model_dump(mode="json", exclude_none=True)}
        assert self._parent.stdin is not None
        self._parent.stdin.write((json.dumps(order) + "\n").encode())
        self._parent.stdin.flush()
        worker = WorkerProcess(self._started.get(timeout=START_SECONDS)["pid"])
        with self._lock:
            self._workers[worker.pid] = worker
            if worker.pid in self._early:
                worker.status = self._early.pop(worker.pid)
                worker.ended.set()
        return worker

    def close(self) -> None:
        """Kills what still runs and ends the parent."""
        for worker in list(self._workers.values()):
            if worker.status is None:
                worker.send(signal.SIGCONT)
                worker.kill()
        deadline = time.monotonic() + 5
        while time.monotonic() < deadline and any(w.status is None for w in self._workers.values()):
            time.sleep(0.02)
        assert self._parent.stdin is not None
        self._parent.stdin.close()
        self._parent.wait(10)

    def _listen(self) -> None:
        assert self._parent.stdout is not None
        for line in self._parent.stdout:
            told = json.loads(line)
            if "status" not in told:
                self._started.put(told)
                continue
            with self._lock:
                worker = self._workers.get(told["pid"])
                if worker is None:
                    self._early[told["pid"]] = told["status"]
                    continue
                worker.status = told["status"]
                worker.ended.set()


def _state(task: Path) -> str:
    return (task / "stat").read_text().rpartition(")")[2].split()[0]

"""Watches what a process and all its descendants use together, because process limits bind each one alone."""

import asyncio
import os
from collections.abc import Callable
from pathlib import Path

_FIRST_INTERVAL_S = 0.005
_INTERVAL_S = 0.05
_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
_TICKS_PER_S = os.sysconf("SC_CLK_TCK")


def supported() -> bool:
    """Whether this kernel lists the children of a process."""
    return Path(f"/proc/self/task/{os.getpid()}/children").exists()


class TreeWatch:
    """Samples the tree below one process; orphans stay in it, below the init process of their namespace."""

    def __init__(self, pid: int, *, memory_bytes: int, on_exceeded: Callable[[], None]) -> None:
        """
        Args:
            pid: the top of the tree.
            memory_bytes: bound for the memory of all together.
            on_exceeded: called once when it is passed.
        """
        self._pid = pid
        self._memory_bytes = memory_bytes
        self._on_exceeded = on_exceeded
        self.cpu_seconds = 0.0
        """CPU time of the whole tree at the last sample; what was used after it is missing."""

    async def run(self) -> None:
        """Looks until the tree is gone or the bound was passed."""
        interval = _FIRST_INTERVAL_S
        while tree := descendants(self._pid):
            self.cpu_seconds = max(self.cpu_seconds, sum(map(_cpu_seconds, tree)))
            if (
                sum(map(_resident, tree)) > self._memory_bytes
                and sum(map(_proportional, tree)) > self._memory_bytes
            ):
                self._on_exceeded()
                return
            await asyncio.sleep(interval)
            interval = min(1.5 * interval, _INTERVAL_S)


def descendants(pid: int) -> list[int]:
    """The process and everything below it."""
    found: list[int] = []
    todo = [pid]
    while todo:
        parent = todo.pop()
        try:
            tasks = list(Path(f"/proc/{parent}/task").iterdir())
        except OSError:
            continue
        found.append(parent)
        for task in tasks:
            todo += [int(child) for child in _read(f"{task}/children").split()]
    return found


def stopped(pid: int) -> bool:
    """Whether the process does nothing any more: stopped, dead or gone."""
    fields = _read(f"/proc/{pid}/stat").rpartition(")")[2].split()
    return not fields or fields[0] in "TtZX"


def _cpu_seconds(pid: int) -> float:
    """User and system time of the process and of those children that it has waited for."""
    fields = _read(f"/proc/{pid}/stat").rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / _TICKS_PER_S


def _resident(pid: int) -> int:
    fields = _read(f"/proc/{pid}/statm").split()
    return int(fields[1]) * _PAGE_BYTES if fields else 0


def _proportional(pid: int) -> int:
    """Shared pages counted once over all who share them; the resident size where the kernel does not tell."""
    for line in _read(f"/proc/{pid}/smaps_rollup").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return _resident(pid)


def _read(path: str) -> str:
    """The file, or nothing when its process has just gone."""
    try:
        return Path(path).read_text(errors="replace")
    except OSError:
        return ""

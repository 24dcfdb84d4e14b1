"""The machine on which figures arise, and how it is kept the same for all of them."""

import os
import platform
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

CORES = 2
"""The targets are meant for this many."""


@contextmanager
def on_few_cores(count: int = CORES) -> Iterator[None]:
    """Keeps this process, and all that it starts meanwhile, on so many cores where the system can do that."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(before)[:count])
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def description() -> dict[str, Any]:
    """Cores in use and present, processor, memory, versions and the load at this moment."""
    return {
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "cores_present": os.cpu_count(),
        "processor": _field(Path("/proc/cpuinfo"), "model name") or platform.processor(),
        "memory": _field(Path("/proc/meminfo"), "MemTotal"),
        "system": platform.platform(),
        "python": sys.version.split()[0],
        "writes_bytecode": not sys.dont_write_bytecode,
        "load": load(),
    }


def load() -> list[float]:
    """Load averages of the last 1, 5 and 15 minutes: above the number of cores, figures are too high."""
    return [round(value, 2) for value in os.getloadavg()]


def _field(file: Path, name: str) -> str:
    if not file.is_file():
        return ""
    found = (
        line.partition(":")[2].strip() for line in file.read_text().splitlines() if line.startswith(name)
    )
    return next(found, "")

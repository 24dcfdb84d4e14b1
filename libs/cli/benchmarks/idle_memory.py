"""How much memory an idle server holds, and how long it takes to start."""

import asyncio
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from libs.cli.benchmarks import samples
from libs.cli.benchmarks.models import Conditions, MeasurementFailed, Result, measured, skipped
from libs.cli.benchmarks.serving import serving

TARGET_MB = 400.0
SETTLE_SECONDS = 3.0
PROC = Path("/proc")
IMPORTS = "import libs.cli.main, api.main, libs.migrations.migrate"
"""What `serve` imports before it does anything."""


async def measure(conditions: Conditions) -> Sequence[Result]:
    """Resident memory of `serve` and whatever it has started, a moment after its first answer."""
    if not (PROC / "self" / "status").is_file():
        return [skipped("idle_memory", "MB", "this system has no /proc")]
    resident: list[float] = []
    peaks: list[float] = []
    starts: list[float] = []
    for number in range(conditions.runs):
        async with serving(conditions.folder / f"idle-{number}") as server:
            await asyncio.sleep(SETTLE_SECONDS)
            processes = family(server.pid)
            resident.append(sum(megabytes(pid, "VmRSS") for pid in processes))
            peaks.append(sum(megabytes(pid, "VmHWM") for pid in processes))
            starts.append(server.start_seconds)
    return [
        measured(
            "idle_memory",
            "MB",
            samples.median(resident),
            runs=len(resident),
            at_most=TARGET_MB,
            breakdown={"peak_mb": samples.spread(peaks), "processes": len(processes)},
        ),
        measured(
            "start_up",
            "s",
            samples.median(starts),
            runs=len(starts),
            breakdown={
                "seconds": samples.spread(starts),
                "imports": round(await _seconds_of(IMPORTS), samples.DIGITS),
                "interpreter": round(await _seconds_of(""), samples.DIGITS),
            },
        ),
    ]


async def _seconds_of(program: str) -> float:
    """How long an interpreter of its own takes for these lines."""
    began = time.perf_counter()
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", program)
    if await process.wait():
        raise MeasurementFailed(f"An interpreter did not get through: {program}")
    return time.perf_counter() - began


def family(pid: int) -> list[int]:
    """The process and all that descend from it."""
    found = [pid]
    for children in (PROC / str(pid) / "task").glob("*/children"):
        for child in children.read_text().split():
            found += family(int(child))
    return found


def megabytes(pid: int, field: str) -> float:
    """A memory figure of /proc/PID/status; 0 for a process that has ended."""
    status = PROC / str(pid) / "status"
    if not status.is_file():
        return 0.0
    for line in status.read_text().splitlines():
        if line.startswith(f"{field}:"):
            return int(line.split()[1]) / 1000
    return 0.0

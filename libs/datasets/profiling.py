"""Examines an uploaded file inside the sandbox, because a file from outside may attack whatever parses it."""

import asyncio
import json
import tempfile
from pathlib import Path
from typing import Any

from libs.datasets.errors import DatasetRefused, ProfilingFailed
from libs.sandbox.harvest import HarvestLimits, harvest
from libs.sandbox.port import Command, Limits, Mount, Outcome, Sandbox, SandboxUnavailable
from libs.sandbox.program_mounts import NotAPython, mounts_for_python

_PROGRAM = Path(__file__).parent / "profiler"
_LIMITS = Limits(wall_s=300, cpu_s=600, memory_mb=4096, processes=64, file_mb=2500)
_RESULT_BYTES = 128_000_000
_AT_ONCE = 2
SEED = 7
"""Of the rows that are drawn as a sample; the same file gives the same rows."""


class SandboxProfiler:
    """Runs the profiler without network, with limits, on the environment of generated code."""

    def __init__(self, sandbox: Sandbox, python: Path) -> None:
        """
        Args:
            sandbox: where it runs.
            python: interpreter of the environment of generated code.
        """
        self._sandbox = sandbox
        self._python = python
        self._slots = asyncio.Semaphore(_AT_ONCE)

    async def run(self, file: Path, request: dict[str, Any]) -> dict[str, Any]:
        """The answer to one request about the file.

        Raises:
            DatasetRefused: the file is no usable table.
            ProfilingFailed: a limit was reached, or the file broke the program that reads it.
            SandboxUnavailable: nothing can be run on this machine.
        """
        async with self._slots:
            folder = await asyncio.to_thread(tempfile.TemporaryDirectory, prefix="profile-")
            try:
                work = Path(folder.name)
                outcome = await self._sandbox.run(self._command(file, work, request))
                return await asyncio.to_thread(_answer, outcome, work)
            finally:
                await asyncio.to_thread(folder.cleanup)

    def _command(self, file: Path, work: Path, request: dict[str, Any]) -> Command:
        try:
            mounts = mounts_for_python(self._python)
        except NotAPython as error:
            raise SandboxUnavailable(
                "Files cannot be examined: the environment of generated code is not built.",
                advice="Run `make install`, or set AGENTIC_MLOPS_RUNTIME_PYTHON.",
            ) from error
        inside = {"file": "/work/upload", "work": "/work/out", "seed": SEED, **request}
        return Command(
            argv=(str(self._python), "-m", "profiler"),
            cwd="/work",
            env={"PYTHONPATH": "/work/program", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0"},
            mounts=(
                *mounts,
                Mount(source=_PROGRAM, target="/work/program/profiler"),
                Mount(source=file, target="/work/upload"),
                Mount(source=work, target="/work/out", writable=True),
            ),
            limits=_LIMITS,
            stdin=json.dumps(inside).encode(),
        )


def _answer(outcome: Outcome, work: Path) -> dict[str, Any]:
    if outcome.stopped_by is not None:
        raise ProfilingFailed(
            f"Examining the file was stopped after {outcome.seconds:.0f} s, because it passed the "
            f"{outcome.stopped_by} limit.",
            advice="Nothing was kept. Send fewer rows or columns, or the same table as Parquet.",
            limit=outcome.stopped_by,
        )
    # The neutral table lies beside the result and is not taken over.
    (work / "table.arrow").unlink(missing_ok=True)
    found = harvest(
        work, HarvestLimits(files=1, file_bytes=_RESULT_BYTES, total_bytes=_RESULT_BYTES, depth=1)
    )
    if outcome.exit_code != 0 or "result.json" not in found.files:
        said = outcome.stderr.decode(errors="replace").strip().splitlines()[-1:]
        raise ProfilingFailed(
            f"The program that examines files ended with code {outcome.exit_code}"
            f"{f': {said[0][:200]}' if said else ''}.",
            advice="Nothing was kept. Save the table again, for example as CSV, and send it anew.",
        )
    answer: dict[str, Any] = json.loads(found.files["result.json"])
    if answer.get("status") == "refused":
        raise DatasetRefused.of(
            str(answer.get("code")),
            str(answer.get("message")),
            str(answer.get("advice")),
            answer.get("facts") or {},
        )
    return answer

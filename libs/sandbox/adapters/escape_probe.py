"""Starts the break-out payload inside and judges from outside whether the machine isolates."""

import asyncio
import json
import os
import socket
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import get_args

from libs.sandbox.port import Command, Limits, Outcome, Probe, Profile
from libs.sandbox.program_mounts import NotAPython, mounts_for_python

_LIMITS = Limits(wall_s=30.0, cpu_s=20, memory_mb=1024, processes=24, file_mb=16)
_PAYLOAD = Path(__file__).with_name("escape_payload.py")
_ATTEMPTS = {
    "network", "host files", "host processes", "system folders", "environment", "privileges", "process limit",
    "scratch",
}  # fmt: skip


async def look(run: Callable[[Command], Awaitable[Outcome]], python: Path) -> Probe:
    """Runs the payload in both profiles beside a real listener and a real secret of the host."""
    try:
        mounts = mounts_for_python(python)
    except NotAPython as error:
        return Probe(isolated=False, detail=error.message)
    with tempfile.NamedTemporaryFile(prefix="host-secret-") as planted, socket.socket() as listener:
        planted.write(b"of the host")
        planted.flush()
        os.fchmod(planted.fileno(), 0o644)
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = str(listener.getsockname()[1])
        commands = [
            Command(
                argv=(str(python), "-I", "-", profile, port, planted.name, str(_LIMITS.processes)),
                profile=profile,
                mounts=mounts,
                limits=_LIMITS,
                stdin=_PAYLOAD.read_bytes(),
            )
            for profile in get_args(Profile)
        ]
        outcomes = await asyncio.gather(*map(run, commands))
    problems = [
        problem
        for command, outcome in zip(commands, outcomes, strict=True)
        for problem in _problems(command, outcome)
    ]
    if problems:
        return Probe(isolated=False, detail="; ".join(problems))
    return Probe(
        isolated=True, detail="Every attempt of the payload to break out was stopped in both profiles."
    )


def _problems(command: Command, outcome: Outcome) -> list[str]:
    profile = command.profile
    if outcome.exit_code != 0:
        said = outcome.stderr.decode(errors="replace").strip().splitlines()[-1:] or ["no message"]
        return [f"the payload could not run in the {profile} profile (exit {outcome.exit_code}): {said[0]}"]
    try:
        attempts = json.loads(outcome.stdout)
    except ValueError:
        return [f"the payload gave no report in the {profile} profile"]
    expected = _ATTEMPTS | ({"sockets"} if profile == "compute" else set())
    if not isinstance(attempts, dict) or set(attempts) != expected:
        return [f"the payload gave no full report in the {profile} profile"]
    return [f"{profile}: {name}: {result}" for name, result in attempts.items() if result != "blocked"]

"""Runs commands in Linux namespaces through bubblewrap, with limits, a seccomp filter and a memory watcher.

Bubblewrap is process 1 inside and its environment can be read there, so it is started with PATH alone. The
kernel does not bind uid 0 to a process limit: when root, the program becomes a user of its own inside;
otherwise a user namespace is used. Options travel in an unnamed file, so that no environment value shows in a
process list.
"""

import asyncio
import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from libs.sandbox.adapters import arguments, escape_probe, ownership, seccomp, tree_watch
from libs.sandbox.adapters.child import Child, Ended, memory_file
from libs.sandbox.port import Command, Outcome, Probe, SandboxUnavailable

_INSTALL = "Install it (Debian: apt-get install bubblewrap util-linux libseccomp2) and start again."
_MIB = 1024 * 1024
_PROGRAMS = ("setpriv", "prlimit")
_SAID_CHARACTERS = 300
_STATUS_BYTES = 4096
_SYSTEM_PATH = "/usr/bin:/bin:/usr/local/bin"


class BubblewrapSandbox:
    """The local sandbox; fails closed when its start-up probe does."""

    name = "bubblewrap"

    def __init__(self, *, bwrap: str = "bwrap", python: Path | None = None) -> None:
        """
        Args:
            bwrap: the bubblewrap executable, a name or a path.
            python: interpreter with which the probe runs its payload; this process's own when left out.
        """
        self._bwrap = bwrap
        self._python = python or Path(sys.executable)
        self._probe: Probe | None = None
        self._probing = asyncio.Lock()

    async def probe(self) -> Probe:
        """Runs the break-out payload once in each profile and remembers what came of it."""
        async with self._probing:
            if self._probe is None:
                self._probe = await self._look()
            return self._probe

    async def run(self, command: Command) -> Outcome:
        probe = await self.probe()
        if not probe.isolated:
            raise SandboxUnavailable(
                f"Generated code is not run, because this machine cannot isolate it: {probe.detail}",
                advice="Mend what is named and start again; `doctor` shows the state.",
            )
        return await self._run(command)

    async def _look(self) -> Probe:
        missing = self._missing()
        if missing:
            return Probe(isolated=False, detail=missing)
        try:
            return await escape_probe.look(self._run, self._python)
        except SandboxUnavailable as error:
            return Probe(isolated=False, detail=f"{error.message} {error.advice}".strip())

    def _missing(self) -> str:
        if sys.platform != "linux":
            return "Namespaces need Linux; run the product in a Linux container or virtual machine."
        if self._executable() is None:
            return f"bubblewrap ({self._bwrap}) is not installed. {_INSTALL}"
        for program in _PROGRAMS:
            if shutil.which(program, path=_SYSTEM_PATH) is None:
                return f"{program} is not installed. {_INSTALL}"
        if not tree_watch.supported():
            return "The kernel does not list the children of a process, so memory cannot be limited."
        return ""

    def _executable(self) -> str | None:
        return shutil.which(self._bwrap, path=_SYSTEM_PATH if "/" not in self._bwrap else None)

    async def _run(self, command: Command) -> Outcome:
        executable = self._executable()
        if executable is None:
            raise SandboxUnavailable(f"bubblewrap ({self._bwrap}) is not installed.", advice=_INSTALL)
        try:
            return await self._isolate(executable, command)
        except OSError as error:
            raise SandboxUnavailable(
                f"The sandbox cannot be set up: {error}.", advice="`doctor` shows what is missing."
            ) from error

    async def _isolate(self, executable: str, command: Command) -> Outcome:
        who = arguments.identity()
        writable = [mount.source for mount in command.mounts if mount.writable] if who.drop else []
        async with ownership.lent(writable, who.uid, who.gid):
            with ExitStack() as files:
                status = files.enter_context(_pipe())
                child = self._start(executable, command, who, status.writing)
                outcome = await _supervise(child, command)
                # An exit code that bubblewrap reports as its own failure must not pass for the program's.
                if outcome.stopped_by is None and b'"exit-code"' not in status.said():
                    said = outcome.stderr.decode(errors="replace").strip()[-_SAID_CHARACTERS:]
                    raise SandboxUnavailable(
                        f"The program was not started: {said or 'bubblewrap was killed'}"
                    )
                return outcome

    def _start(self, executable: str, command: Command, who: arguments.Identity, status: int) -> Child:
        with ExitStack() as files:
            opened = {
                path: files.enter_context(_readable(data)) for path, data in arguments.passwd(who).items()
            }
            rules = files.enter_context(_readable(seccomp.program(command.profile)))
            options = arguments.bubblewrap_options(command, who, opened)
            sealed = files.enter_context(_readable(b"\0".join(map(os.fsencode, options)) + b"\0"))
            argv = [
                executable,
                "--args",
                str(sealed),
                "--seccomp",
                str(rules),
                "--json-status-fd",
                str(status),
            ]
            return Child(
                [*argv, "--", *arguments.program(command, who)],
                stdin=command.stdin,
                pass_fds=(sealed, rules, status, *opened.values()),
                keep_bytes=command.limits.output_bytes,
            )


@dataclass(frozen=True)
class _Pipe:
    reading: int
    writing: int

    def said(self) -> bytes:
        """What was written so far."""
        try:
            return os.read(self.reading, _STATUS_BYTES)
        except BlockingIOError:
            return b""


@contextmanager
def _pipe() -> Iterator[_Pipe]:
    reading, writing = os.pipe()
    os.set_blocking(reading, False)
    try:
        yield _Pipe(reading, writing)
    finally:
        os.close(reading)
        os.close(writing)


@contextmanager
def _readable(data: bytes) -> Iterator[int]:
    descriptor = memory_file(data)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


async def _supervise(child: Child, command: Command) -> Outcome:
    """Waits for the end, or brings it about when a limit is passed or the caller is cancelled."""
    stopped_by: Literal["wall", "memory"] | None = None

    def too_much_memory() -> None:
        nonlocal stopped_by
        stopped_by = "memory"
        child.kill()

    started = time.monotonic()
    ending = asyncio.create_task(child.wait())
    watch = tree_watch.TreeWatch(
        child.pid, memory_bytes=command.limits.memory_mb * _MIB, on_exceeded=too_much_memory
    )
    watching = asyncio.create_task(watch.run())
    try:
        done, _ = await asyncio.wait({ending}, timeout=command.limits.wall_s)
        if not done:
            stopped_by = stopped_by or "wall"
    finally:
        child.kill()
        watching.cancel()
        ended: Ended = await asyncio.shield(ending)
    code = ended.returncode if ended.returncode >= 0 else 128 - ended.returncode
    return Outcome(
        exit_code=code,
        stdout=ended.stdout,
        stderr=ended.stderr,
        stopped_by=stopped_by,
        seconds=time.monotonic() - started,
        cpu_seconds=watch.cpu_seconds,
    )

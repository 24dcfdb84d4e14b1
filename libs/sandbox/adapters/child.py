"""One child process: started with sealed input, its last output kept, its end awaited."""

import asyncio
import os
import signal
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from libs.sandbox.adapters import tree_watch

_READ_BYTES = 1 << 16
_STOPPING_S = 0.5
_LOOK_S = 0.0005


@dataclass(frozen=True)
class Ended:
    """How a child ended."""

    returncode: int
    """Exit code, or minus the signal."""
    stdout: bytes
    stderr: bytes


class Child:
    """A running child; `wait` may be called once."""

    def __init__(
        self, argv: Sequence[str], *, stdin: bytes, pass_fds: Sequence[int], keep_bytes: int
    ) -> None:
        """
        Args:
            argv: program and arguments; its environment is PATH alone.
            stdin: all of its input.
            pass_fds: descriptors that it inherits beside the standard ones.
            keep_bytes: how much of the end of stdout and of stderr is kept.
        """
        source = memory_file(stdin)
        try:
            self._process = subprocess.Popen(
                argv,
                stdin=source,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env={"PATH": "/usr/bin:/bin"},
                cwd="/",
                pass_fds=pass_fds,
                start_new_session=True,
            )
        finally:
            os.close(source)
        self.pid = self._process.pid
        self._keep_bytes = keep_bytes

    def kill(self) -> None:
        """Kills the child and everything below it.

        A child that is still setting up its namespaces has not yet bound the lives of those below to its own; so it
        is stopped first, that it can start nothing more, and killed last.
        """
        if self._process.returncode is not None:
            return
        os.kill(self.pid, signal.SIGSTOP)
        deadline = time.monotonic() + _STOPPING_S
        while not tree_watch.stopped(self.pid) and time.monotonic() < deadline:
            time.sleep(_LOOK_S)
        for pid in reversed(tree_watch.descendants(self.pid)):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    async def wait(self) -> Ended:
        """Reads both outputs to their end and reaps the child."""
        stdout, stderr, returncode = await asyncio.gather(
            self._tail(self._process.stdout), self._tail(self._process.stderr), self._reap()
        )
        return Ended(returncode=returncode, stdout=stdout, stderr=stderr)

    async def _tail(self, pipe: object) -> bytes:
        reader = asyncio.StreamReader()
        transport, _ = await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(reader), pipe
        )
        kept = bytearray()
        try:
            while piece := await reader.read(_READ_BYTES):
                kept += piece
                if len(kept) > 2 * self._keep_bytes + _READ_BYTES:
                    del kept[: -self._keep_bytes]
        finally:
            transport.close()
        return bytes(kept[-self._keep_bytes :]) if self._keep_bytes else b""

    async def _reap(self) -> int:
        loop = asyncio.get_running_loop()
        ended = asyncio.Event()
        descriptor = os.pidfd_open(self.pid)
        try:
            loop.add_reader(descriptor, ended.set)
            try:
                await ended.wait()
            finally:
                loop.remove_reader(descriptor)
        finally:
            os.close(descriptor)
        return self._process.wait()


def memory_file(data: bytes) -> int:
    """A descriptor from which the bytes can be read; the caller closes it."""
    descriptor = os.memfd_create("input", os.MFD_CLOEXEC)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(descriptor, view) :]
        os.lseek(descriptor, 0, os.SEEK_SET)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor

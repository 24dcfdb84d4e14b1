"""Runs the Git program: without a prompt, within a time, with bounded output, in an environment that is written out.

Why the program and not a library: credential helpers, the SSH agent, proxies and the lines of hosting services are
Git's own, and pure-Python implementations support a part of them; the line merge in pure Python (merge3) has a licence
that would bind this product, and who merges into a working tree has Git.

Two environments. *Sealed* sees no configuration of anybody: for what happens in our own temporary folders. *Own* is
the configuration of whoever runs the command: for their working tree and for the remote, whose credentials come from
Git's own helpers, the SSH agent or these variables and from nowhere else. Variables by which an outer Git process
points at its repository, and those that write traces (they would hold credentials), are left out of both.
"""

import contextlib
import os
import re
import signal
import subprocess
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Literal, NamedTuple

from libs.git.errors import GitFailed, GitMissing, GitTooSlow

Configuration = Literal["sealed", "own"]

_OLDEST = (2, 31)
_INSTALL = "Nothing was changed. Install Git 2.31 or newer, or name it in AGENTIC_MLOPS_GIT_BIN."
_MOST_OUT, _MOST_ERR = 32_000_000, 64_000
_PASSED = re.compile(
    r"PATH|HOME|USER|LOGNAME|TMPDIR|XDG_(CONFIG_HOME|RUNTIME_DIR)|DBUS_SESSION_BUS_ADDRESS|(WAYLAND_)?DISPLAY"
    r"|SSH_(AUTH_SOCK|AGENT_PID|ASKPASS|ASKPASS_REQUIRE)|KRB5CCNAME|SSL_CERT_(FILE|DIR)"
    r"|GIT_(ASKPASS|SSH|SSH_COMMAND|SSH_VARIANT|SSL_CAINFO|SSL_CAPATH)"
    r"|GIT_CONFIG_(GLOBAL|SYSTEM|NOSYSTEM|KEY_\d+|VALUE_\d+)"
    r"|(HTTPS|HTTP|ALL|NO)_PROXY|(https|http|all|no)_proxy"
)


class Finished(NamedTuple):
    """What a call left behind."""

    code: int
    out: bytes
    err: str
    """The first 64 KB, as text."""


class Git:
    """The Git program of this machine."""

    def __init__(self, program: str = "git", environment: Mapping[str, str] | None = None) -> None:
        """
        Args:
            program: name or path.
            environment: of the process that calls; this one's when left out.
        """
        self._program = program
        self._environment = dict(os.environ if environment is None else environment)

    def run(
        self,
        *arguments: str,
        cwd: Path,
        configuration: Configuration = "sealed",
        stdin: bytes | bytearray = b"",
        settings: Mapping[str, str] | None = None,
        variables: Mapping[str, str] | None = None,
        timeout_s: float = 30.0,
    ) -> Finished:
        """Runs Git to its end; a failing Git is a result.

        Args:
            arguments: what stands behind `git`.
            cwd: where it runs.
            configuration: whose configuration it sees.
            stdin: what it reads.
            settings: Git settings for this call; they travel in the environment, so that no list of processes
                shows them.
            variables: further environment variables.
            timeout_s: it and everything it started is killed then.

        Raises:
            GitMissing: there is no such program.
            GitTooSlow: it did not end in time.
            GitFailed: it printed more than is read.
        """
        environment = {**self._base(configuration), **(variables or {})}
        _add_settings(environment, settings or {})
        try:
            process = subprocess.Popen(
                [self._program, *arguments],
                cwd=cwd,
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                # No terminal to ask at, and one group to stop.
                start_new_session=True,
            )
        except (FileNotFoundError, PermissionError) as error:
            raise GitMissing(advice=_INSTALL) from error
        return _finished(process, stdin, timeout_s, arguments[0])

    def checked(
        self, *arguments: str, cwd: Path, stdin: bytes | bytearray = b"", timeout_s: float = 30.0
    ) -> bytes:
        """The output of a sealed call that has to succeed; raises as `run` and `output_of` do."""
        return output_of(self.run(*arguments, cwd=cwd, stdin=stdin, timeout_s=timeout_s), arguments[0])

    def require(self, cwd: Path) -> None:
        """Checks the version: settings that travel in the environment came with Git 2.31.

        Raises:
            GitMissing: there is none, or an older one.
        """
        said = self.checked("version", cwd=cwd).decode(errors="replace")
        number = re.search(r"(\d+)\.(\d+)", said)
        if number is None or (int(number[1]), int(number[2])) < _OLDEST:
            raise GitMissing(f"This needs Git 2.31 or newer; here is: {said.strip()[:80]}.", advice=_INSTALL)

    def _base(self, configuration: Configuration) -> dict[str, str]:
        given = self._environment
        fixed = {"LC_ALL": "C.UTF-8", "GIT_TERMINAL_PROMPT": "0", "GIT_PAGER": "cat", "GIT_EDITOR": "false"}
        if configuration == "sealed":
            kept = {name: value for name, value in given.items() if name in {"PATH", "TMPDIR"}}
            return {**kept, **fixed, "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull}
        kept = {k: v for k, v in given.items() if _PASSED.fullmatch(k)}
        return {**kept, **fixed, "GIT_CONFIG_COUNT": given.get("GIT_CONFIG_COUNT", "0")}


def output_of(done: Finished, what: str) -> bytes:
    """The output of a call that has to succeed.

    Raises:
        GitFailed: it did not.
    """
    if done.code != 0:
        raise GitFailed(f"git {what} failed: {done.err.strip()[:500]}", exit_code=done.code)
    return done.out


def _add_settings(environment: dict[str, str], settings: Mapping[str, str]) -> None:
    count = environment.get("GIT_CONFIG_COUNT", "0")
    first = int(count) if count.isdecimal() else 0
    for number, (key, value) in enumerate(settings.items(), first):
        environment[f"GIT_CONFIG_KEY_{number}"] = key
        environment[f"GIT_CONFIG_VALUE_{number}"] = value
    environment["GIT_CONFIG_COUNT"] = str(first + len(settings))


def _finished(
    process: "subprocess.Popen[bytes]", stdin: bytes | bytearray, timeout_s: float, what: str
) -> Finished:
    if process.stdin is None or process.stdout is None or process.stderr is None:
        raise GitFailed("Git was started without its pipes.")
    out, err = _Reader(process.stdout, _MOST_OUT), _Reader(process.stderr, _MOST_ERR)
    writer = threading.Thread(target=_write, args=(process.stdin, stdin), daemon=True)
    writer.start()
    try:
        process.wait(timeout_s)
    except subprocess.TimeoutExpired as error:
        raise GitTooSlow(
            f"git {what} did not end within {timeout_s:g} seconds and was stopped.",
            advice="What was there before is unchanged; try again, or allow more time.",
            seconds=timeout_s,
        ) from error
    finally:
        # Only what did not end is stopped: a cache of credentials that Git left running is the caller's own.
        if process.poll() is None:
            _end_group(process)
        for thread in (out, err, writer):
            thread.join(5)
    if out.cut:
        raise GitFailed(f"git {what} printed more than {_MOST_OUT} bytes.")
    return Finished(process.returncode, bytes(out.kept), err.kept.decode(errors="replace"))


class _Reader(threading.Thread):
    """Reads a pipe to its end and keeps the beginning."""

    def __init__(self, pipe: IO[bytes], most: int) -> None:
        super().__init__(daemon=True)
        self.kept = bytearray()
        self.cut = False
        self._pipe = pipe
        self._most = most
        self.start()

    def run(self) -> None:
        while chunk := self._pipe.read(65_536):
            room = self._most - len(self.kept)
            self.kept += chunk[:room]
            self.cut = self.cut or len(chunk) > room
        self._pipe.close()


def _write(pipe: IO[bytes], data: bytes | bytearray) -> None:
    # Git may end without reading everything; its exit code tells why.
    with contextlib.suppress(BrokenPipeError):
        pipe.write(data)
        pipe.close()


def _end_group(process: "subprocess.Popen[bytes]") -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()

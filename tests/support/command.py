"""The installed command, run as a person or a script runs it: a process, its output and its exit code."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROGRAM = Path(sys.executable).parent / "agentic-mlops"
SECONDS = 600.0
"""Longest a command may take before the test gives up; nothing is measured with it."""


@dataclass(frozen=True)
class Ended:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def result(self) -> dict[str, Any]:
        """The last line of stdout, which `--json` promises to be one JSON object."""
        lines = self.out.splitlines()
        assert lines, self.err
        found = json.loads(lines[-1])
        assert isinstance(found, dict)
        return found


class CommandLine:
    """The command over one home folder, with settings that come from nowhere but here."""

    def __init__(self, home: Path, **settings: str) -> None:
        """
        Args:
            home: AGENTIC_MLOPS_HOME.
            settings: further settings, named without their prefix.
        """
        self.home = home
        self._settings = {"home": str(home), **settings}

    def environment(self, **settings: str) -> dict[str, str]:
        """The environment of the command: this one without any setting of the product, and the given ones."""
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("AGENTIC_MLOPS_")}
        given = {f"AGENTIC_MLOPS_{k.upper()}": v for k, v in {**self._settings, **settings}.items()}
        return {**inherited, **given}

    def __call__(self, *arguments: str | Path, stdin: str = "", **settings: str) -> Ended:
        """Runs the command to its end."""
        done = subprocess.run(
            [str(PROGRAM), *map(str, arguments)],
            input=stdin,
            env=self.environment(**settings),
            capture_output=True,
            text=True,
            check=False,
            timeout=SECONDS,
        )
        return Ended(done.returncode, done.stdout, done.stderr)

    def started(self, *arguments: str | Path, log: Path, **settings: str) -> "Background":
        """Starts the command and leaves it running; what it says goes to a file."""
        with log.open("ab") as file:
            process = subprocess.Popen(
                [str(PROGRAM), *map(str, arguments)],
                env=self.environment(**settings),
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=file,
            )
        return Background(process, log)


class Background:
    """A command that runs until it is told to stop."""

    def __init__(self, process: "subprocess.Popen[bytes]", log: Path) -> None:
        self._process = process
        self._log = log

    @property
    def said(self) -> str:
        return self._log.read_text(errors="replace")

    def has_ended(self) -> bool:
        return self._process.poll() is not None

    def kill(self) -> None:
        """Ends it as a power cut would."""
        self._process.kill()
        assert self._process.wait(60) == -signal.SIGKILL, self.said

    def stop(self) -> int:
        """Asks it to end; returns its exit code."""
        self._process.terminate()
        return self._process.wait(60)

    def ensure_ended(self) -> None:
        """Ends it in any case, for the end of a test."""
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait(60)

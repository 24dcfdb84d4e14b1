"""A sandbox that runs nothing: it answers each command from a table of recorded outcomes."""

import json
from collections.abc import Mapping
from pathlib import Path

from pydantic import TypeAdapter

from libs.core.values import Value
from libs.sandbox.port import Command, Outcome, Probe, SandboxUnavailable


class Recording(Value):
    """One line of the table."""

    argv: tuple[str, ...]
    exit_code: int = 0
    stdout: str = ""
    stderr: str = ""


class RecordedSandbox:
    """The shipped twin; a command that was not recorded is refused, never invented."""

    name = "recorded"

    def __init__(self, outcomes: Mapping[tuple[str, ...], Outcome], *, isolated: bool = True) -> None:
        """
        Args:
            outcomes: how each argv ended.
            isolated: what the probe answers; with False every run is refused.
        """
        self._outcomes = dict(outcomes)
        self._isolated = isolated

    @classmethod
    def from_file(cls, path: Path) -> "RecordedSandbox":
        """Reads a JSON list of recordings."""
        table = TypeAdapter(list[Recording]).validate_python(json.loads(path.read_text()))
        return cls({line.argv: _outcome(line) for line in table})

    async def probe(self) -> Probe:
        detail = (
            "Answers from recordings; nothing is run." if self._isolated else "Recorded as not isolating."
        )
        return Probe(isolated=self._isolated, detail=detail)

    async def run(self, command: Command) -> Outcome:
        if not self._isolated:
            raise SandboxUnavailable("Generated code is not run: recorded as not isolating.")
        try:
            return self._outcomes[command.argv]
        except KeyError as error:
            raise SandboxUnavailable(
                f"No outcome is recorded for {' '.join(command.argv)!r}.",
                advice="Record it, or choose the bubblewrap sandbox.",
            ) from error


def _outcome(line: Recording) -> Outcome:
    return Outcome(
        exit_code=line.exit_code,
        stdout=line.stdout.encode(),
        stderr=line.stderr.encode(),
        stopped_by=None,
        seconds=0.0,
        cpu_seconds=0.0,
    )

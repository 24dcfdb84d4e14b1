"""Where generated and model-written code runs: isolated, limited, and never skipped."""

from pathlib import Path
from typing import Literal, Protocol

from pydantic import Field

from libs.core.errors import Unavailable
from libs.core.values import Value

Profile = Literal["compute", "tools"]
"""`compute`: user and model code, `socket()` refused by seccomp. `tools`: terraform and checkers, which need
sockets inside; the private network namespace holds them."""


class SandboxUnavailable(Unavailable):
    """This machine cannot isolate generated code, so it is not run."""

    code = "sandbox.unavailable"


class Mount(Value):
    """A host path made visible inside."""

    source: Path
    target: str
    """Absolute path inside the sandbox."""
    writable: bool = False
    link: bool = False
    """The source is a symbolic link and is recreated as that link; otherwise links are followed."""


class Limits(Value):
    """What one command may use."""

    wall_s: float = 120.0
    cpu_s: int = 300
    memory_mb: int = 4096
    """Sum of resident memory over all processes; each process also has twice this address space."""
    processes: int = 128
    file_mb: int = 512
    """Largest single file, and the size of each private folder."""
    output_bytes: int = 1_000_000
    """Bytes kept of stdout and of stderr, the last ones; the rest is dropped."""


class Command(Value):
    """One program to run inside."""

    argv: tuple[str, ...]
    cwd: str = "/work"
    env: dict[str, str] = Field(default_factory=dict)
    """The whole environment inside, beside PATH, HOME=/tmp and LANG; nothing is inherited."""
    profile: Profile = "compute"
    mounts: tuple[Mount, ...] = ()
    limits: Limits = Limits()
    stdin: bytes = b""


class Outcome(Value):
    """How the program ended; a program that fails is a result, not an error."""

    exit_code: int
    """The program's own code, or 128 + signal."""
    stdout: bytes
    stderr: bytes
    stopped_by: Literal["wall", "memory", "cancel"] | None
    """The limit that ended it, if one did."""
    seconds: float
    cpu_seconds: float


class Probe(Value):
    """What the start-up probe found, with a real payload."""

    isolated: bool
    detail: str
    """One line: what works, or what is missing and how to mend it."""


class Sandbox(Protocol):
    """Runs commands in isolation: no network, read-only system, private /tmp, no inherited environment."""

    name: str

    async def probe(self) -> Probe:
        """Runs a real payload that tries to break out; never raises for a machine that cannot isolate."""
        ...

    async def run(self, command: Command) -> Outcome:
        """Runs the command to its end or to its limits; cancelling the task kills everything it started.

        Raises:
            SandboxUnavailable: isolation is not possible here (fail closed).
        """
        ...

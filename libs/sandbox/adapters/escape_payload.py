"""Runs inside the sandbox and tries to get out; prints as JSON "blocked" or what it reached.

It is sent to the interpreter as text, so it uses the standard library alone.
"""

import contextlib
import json
import os
import signal
import socket
import sys
from pathlib import Path

_SYSTEM = ("/usr/escape", "/etc/escape", "/escape", "/dev/escape", "/proc/sys/kernel/hostname")
_SECRETS = ("/etc/shadow", "/root", "/home", "/var/lib", "/proc/kcore")
_OWN_NAMES = {"PATH", "HOME", "LANG", "PWD", "LC_CTYPE"}


def network(port: int) -> str:
    """Reaches the listener of the host."""
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as connection:
            connection.settimeout(2)
            connection.connect(("127.0.0.1", port))
    except OSError:
        return "blocked"
    return f"connected to 127.0.0.1:{port}"


def sockets() -> str:
    """Makes a socket at all."""
    try:
        socket.socket(socket.AF_UNIX, socket.SOCK_STREAM).close()
    except OSError:
        return "blocked"
    return "socket() succeeded"


def secrets(planted: str) -> str:
    """Reads files of the host."""
    for name in (planted, *_SECRETS):
        place = Path(name)
        with contextlib.suppress(OSError):
            if place.is_dir() and any(place.iterdir()):
                return f"listed {name}"
            if place.is_file() and place.read_bytes()[:64]:
                return f"read {name}"
    return "blocked"


def processes() -> str:
    """Sees processes of the host."""
    # Inside there are bubblewrap as process 1 and this one; a helper of either may come and go.
    seen = sorted(int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit())
    return (
        "blocked" if len(seen) <= 4 and seen[0] == 1 and os.getppid() <= 1 + len(seen) else f"saw {seen[:9]}"
    )


def system() -> str:
    """Writes to the system."""
    for name in _SYSTEM:
        with contextlib.suppress(OSError):
            Path(name).write_text("escaped")
            Path(name).unlink(missing_ok=True)
            return f"wrote {name}"
    return "blocked"


def environment() -> str:
    """Finds variables of the host, in its own environment or in that of process 1."""
    names = set(os.environ)
    with contextlib.suppress(OSError):
        names |= {
            os.fsdecode(line.partition(b"=")[0]) for line in Path("/proc/1/environ").read_bytes().split(b"\0")
        }
    leaked = sorted(names - _OWN_NAMES - {""})
    return f"found {', '.join(leaked)}" if leaked else "blocked"


def privileges() -> str:
    """Keeps capabilities, or may gain some, or is not filtered."""
    status = dict(
        line.split(":\t", 1) for line in Path("/proc/self/status").read_text().splitlines() if ":\t" in line
    )
    if int(status["CapEff"], 16) or int(status["CapPrm"], 16):
        return f"holds capabilities {status['CapEff']}"
    if status["NoNewPrivs"] != "1":
        return "may gain privileges"
    return "blocked" if status["Seccomp"] == "2" else "system calls are not filtered"


def processes_limit(expected: int) -> str:
    """Forks beyond the limit."""
    children: list[int] = []
    refused = False
    for _ in range(expected + 4):
        try:
            child = os.fork()
        except OSError:
            refused = True
            break
        if child == 0:
            signal.pause()
            os._exit(0)
        children.append(child)
    for child in children:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    return "blocked" if refused else f"made {len(children)} processes"


def scratch() -> str:
    """The one thing that must work: writing to the private folders."""
    for folder in ("/tmp", "/work"):  # noqa: S108
        place = Path(folder) / f"probe-{os.getpid()}"
        try:
            place.write_text("ok")
            place.unlink()
        except OSError as error:
            return f"not writable: {error}"
    return "blocked"


def main() -> None:
    """Reads what to try from the arguments: profile, port, planted file, process limit."""
    profile, port, planted, limit = sys.argv[1], int(sys.argv[2]), sys.argv[3], int(sys.argv[4])
    attempts = {
        "network": network(port),
        "host files": secrets(planted),
        "host processes": processes(),
        "system folders": system(),
        "environment": environment(),
        "privileges": privileges(),
        "process limit": processes_limit(limit),
        "scratch": scratch(),
    }
    if profile == "compute":
        attempts["sockets"] = sockets()
    print(json.dumps(attempts))


main()

"""Runs inside the sandbox: tries to leave it and prints what became of each attempt.

It is sent to the interpreter as text. The addresses belong to documentation (RFC 5737, RFC 3849): nobody is asked.
"""

import json
import platform
import socket
from collections.abc import Callable
from pathlib import Path

_SECONDS = 3
_PORT = 443


def attempt(what: str, act: Callable[[], object]) -> dict[str, str]:
    """What the system said; an empty error means that it was allowed."""
    try:
        act()
    except OSError as error:
        return {"what": what, "error": error.strerror or type(error).__name__}
    return {"what": what, "error": ""}


def connect(family: int, address: str) -> None:
    """Opens a connection."""
    with socket.socket(family, socket.SOCK_STREAM) as stream:
        stream.settimeout(_SECONDS)
        stream.connect((address, _PORT))


def datagram() -> None:
    """Sends one packet, which needs a route and nobody who answers."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as packets:
        packets.connect(("203.0.113.1", 53))
        packets.send(b"probe")


def main() -> None:
    """Every way out that programs use."""
    attempts = [
        attempt("TCP over IPv4", lambda: connect(socket.AF_INET, "203.0.113.1")),
        attempt("TCP over IPv6", lambda: connect(socket.AF_INET6, "2001:db8::1")),
        attempt("UDP", datagram),
    ]
    # The kernel's own list; a process that may not see it has none to use either.
    table = Path("/proc/net/dev")
    lines = table.read_text().splitlines()[2:] if table.is_file() else []
    interfaces = [line.partition(":")[0].strip() for line in lines]
    print(json.dumps({"python": platform.python_version(), "attempts": attempts, "interfaces": interfaces}))


main()

"""Named points at which a crash test may kill the process; without the setting they cost one comparison."""

import os
import signal

_armed: tuple[str, int] | None = None
_passed = 0


def arm(setting: str) -> None:
    """Arms one point: `name` or `name:n` for the n-th passage; an empty string disarms."""
    global _armed, _passed
    name, _, count = setting.partition(":")
    _armed = (name, int(count or 1)) if name else None
    _passed = 0


def point(name: str) -> None:
    """Kills this process with SIGKILL when the point is armed and its count is reached."""
    global _passed
    if _armed is None or _armed[0] != name:
        return
    _passed += 1
    if _passed == _armed[1]:
        os.kill(os.getpid(), signal.SIGKILL)

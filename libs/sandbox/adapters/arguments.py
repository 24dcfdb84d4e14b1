"""Builds the bubblewrap call for one command: what is visible inside, who runs there, under which limits."""

import os
import random
from dataclasses import dataclass
from pathlib import Path

from libs.core.errors import Invalid
from libs.sandbox.port import Command, Limits, Mount
from libs.sandbox.program_mounts import SYSTEM_FOLDERS

_MIB = 1024 * 1024
_SHOWN_FILES = ("/etc/ld.so.cache", "/etc/alternatives", "/etc/localtime", "/etc/mime.types")
_ENVIRONMENT = {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": "/tmp", "LANG": "C.UTF-8"}  # noqa: S108
_SCRATCH = ("/tmp", "/work")  # noqa: S108
_SHARED_MEMORY_MB = 64
_OPEN_FILES = 4096
_CPU_GRACE_S = 2
_NOBODY = 65534
_FIRST_FREE_UID = 0x70000000
"""Above every range that systemd gives to users, containers and services."""
_FREE_UIDS = 0x0FFFFFF0


class BadMount(Invalid):
    """A mount names a place that cannot be shown inside."""

    code = "sandbox.bad_mount"


@dataclass(frozen=True)
class Identity:
    """Who the program is."""

    uid: int
    gid: int
    drop: bool
    """Bubblewrap runs as real root and the identity is taken inside; else it is ours, in a user namespace."""


def identity() -> Identity:
    """A user that nothing else runs as, when root: the kernel counts processes per user and spares root."""
    if os.geteuid() != 0:
        return Identity(uid=os.getuid(), gid=os.getgid(), drop=False)
    uid = _FIRST_FREE_UID + random.randrange(_FREE_UIDS)  # noqa: S311 - it need not be secret, only unused
    return Identity(uid=uid, gid=uid, drop=True) if _mapped(uid) else Identity(_NOBODY, _NOBODY, drop=True)


def bubblewrap_options(command: Command, who: Identity, files: dict[str, int]) -> list[str]:
    """Options for `bwrap --args`.

    Args:
        command: what will run.
        who: its identity.
        files: small files to show inside: path to an open descriptor with the content.
    """
    options = ["--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try"]
    options += ["--die-with-parent", "--new-session", "--hostname", "sandbox", "--clearenv"]
    if who.drop:
        options += ["--cap-drop", "ALL"]
        for capability in ("CAP_SETUID", "CAP_SETGID", "CAP_SETPCAP"):
            options += ["--cap-add", capability]
    else:
        options += ["--unshare-user", "--uid", str(who.uid), "--gid", str(who.gid)]
    for name, value in (_ENVIRONMENT | command.env).items():
        options += ["--setenv", name, value]
    options += _system()
    for path, descriptor in files.items():
        options += ["--perms", "0444", "--ro-bind-data", str(descriptor), path]
    options += ["--proc", "/proc", "--dev", "/dev"]
    sizes = dict.fromkeys(_SCRATCH, command.limits.file_mb) | {"/dev/shm": _SHARED_MEMORY_MB}  # noqa: S108
    for folder, size_mb in sizes.items():
        options += ["--perms", "1777", "--size", str(size_mb * _MIB), "--tmpfs", folder]
    for mount in sorted(command.mounts, key=lambda mount: Path(mount.target).parts):
        options += _mount(mount)
    return [*options, "--remount-ro", "/dev", "--remount-ro", "/", "--chdir", command.cwd]


def program(command: Command, who: Identity) -> list[str]:
    """The program with what must happen right before it: taking the identity, then its limits."""
    drop = ["setpriv", f"--reuid={who.uid}", f"--regid={who.gid}", "--clear-groups", "--no-new-privs"]
    drop += ["--inh-caps=-all", "--bounding-set=-all", "--"]
    return [*(drop if who.drop else ()), *_limits(command.limits), *command.argv]


def passwd(who: Identity) -> dict[str, bytes]:
    """The account files inside."""
    return {
        "/etc/passwd": f"sandbox:x:{who.uid}:{who.gid}:sandbox:/tmp:/bin/sh\n".encode(),
        "/etc/group": f"sandbox:x:{who.gid}:\n".encode(),
        "/etc/hosts": b"127.0.0.1 localhost\n::1 localhost\n",
    }


def _limits(limits: Limits) -> list[str]:
    return [
        "prlimit",
        f"--as={2 * limits.memory_mb * _MIB}",
        f"--nproc={limits.processes}",
        f"--fsize={limits.file_mb * _MIB}",
        f"--cpu={limits.cpu_s}:{limits.cpu_s + _CPU_GRACE_S}",
        f"--nofile={_OPEN_FILES}",
        "--core=0",
        "--",
    ]


def _system() -> list[str]:
    options: list[str] = []
    for folder in map(Path, SYSTEM_FOLDERS):
        if folder.is_symlink():
            options += ["--symlink", str(folder.readlink()), str(folder)]
        elif folder.is_dir():
            options += ["--ro-bind", str(folder), str(folder)]
    for path in _SHOWN_FILES:
        options += ["--ro-bind-try", path, path]
    return options


def _mount(mount: Mount) -> list[str]:
    target = Path(mount.target)
    if not target.is_absolute() or ".." in target.parts or target == Path("/"):
        raise BadMount(f"{mount.target!r} is no absolute path below the root.")
    options: list[str] = []
    for parent in list(reversed(target.parents))[1:]:
        # Left to itself bubblewrap makes parents that only root may enter.
        options += ["--perms", "0755", "--dir", str(parent)]
    if mount.link:
        return [*options, "--symlink", str(mount.source.readlink()), mount.target]
    if not mount.source.exists():
        raise BadMount(f"{mount.source} does not exist.")
    return [*options, "--bind" if mount.writable else "--ro-bind", str(mount.source.resolve()), mount.target]


def _mapped(uid: int) -> bool:
    """Whether this (possibly itself contained) root may become the user."""
    for line in Path("/proc/self/uid_map").read_text().splitlines():
        first, _, count = map(int, line.split())
        if first <= uid < first + count:
            return True
    return False

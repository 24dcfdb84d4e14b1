"""The system calls that programs inside may not make, compiled to BPF for `bwrap --seccomp`."""

import errno
import functools
import tempfile
from typing import Any

from libs.sandbox.port import Profile, SandboxUnavailable

_REFUSED = (
    "acct", "add_key", "bpf", "clock_adjtime", "clock_settime", "delete_module", "fanotify_init",
    "finit_module", "fsconfig", "fsmount", "fsopen", "fspick", "init_module", "io_uring_enter",
    "io_uring_register", "io_uring_setup", "ioperm", "iopl", "kcmp", "kexec_file_load", "kexec_load",
    "keyctl", "lookup_dcookie", "mount", "mount_setattr", "move_mount", "name_to_handle_at",
    "open_by_handle_at", "open_tree", "perf_event_open", "pidfd_getfd", "pivot_root",
    "process_vm_readv", "process_vm_writev", "ptrace", "quotactl", "reboot", "request_key",
    "setdomainname", "sethostname", "setns", "settimeofday", "swapoff", "swapon", "syslog", "umount2",
    "unshare", "userfaultfd", "vhangup",
)  # fmt: skip
_INDISPENSABLE = frozenset({"bpf", "keyctl", "mount", "process_vm_readv", "ptrace", "setns", "unshare"})
_NEW_NAMESPACES = (0x02000000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000, 0x00020000)
"""CLONE_NEWCGROUP, -UTS, -IPC, -USER, -PID, -NET, -NS."""
_TIOCSTI = 0x5412
_FAMILIES_INSIDE = frozenset({1, 2, 10, 16})
"""AF_UNIX, AF_INET, AF_INET6, AF_NETLINK: the private network namespace holds them; AF_VSOCK it does not."""


@functools.cache
def program(profile: Profile) -> bytes:
    """The filter of a profile as BPF.

    Raises:
        SandboxUnavailable: libseccomp is missing.
    """
    try:
        import pyseccomp
    except (ImportError, OSError, RuntimeError) as error:
        raise SandboxUnavailable(
            "The seccomp library is missing, so system calls cannot be filtered.",
            advice="Install it (Debian: apt-get install libseccomp2) and start again.",
        ) from error

    denied = pyseccomp.ERRNO(errno.EPERM)
    rules = pyseccomp.SyscallFilter(defaction=pyseccomp.ALLOW)
    for name in _REFUSED:
        _refuse(rules, denied, name)
    for flag in _NEW_NAMESPACES:
        rules.add_rule(denied, "clone", pyseccomp.Arg(0, pyseccomp.MASKED_EQ, flag, flag))
    # clone3 keeps its flags in memory, where a filter cannot look; ENOSYS makes libc fall back to clone.
    rules.add_rule(pyseccomp.ERRNO(errno.ENOSYS), "clone3")
    rules.add_rule(denied, "ioctl", pyseccomp.Arg(1, pyseccomp.MASKED_EQ, 0xFFFFFFFF, _TIOCSTI))
    if profile == "compute":
        rules.add_rule(denied, "socket")
    else:
        for family in range(max(_FAMILIES_INSIDE)):
            if family not in _FAMILIES_INSIDE:
                rules.add_rule(denied, "socket", pyseccomp.Arg(0, pyseccomp.EQ, family))
        rules.add_rule(denied, "socket", pyseccomp.Arg(0, pyseccomp.GT, max(_FAMILIES_INSIDE)))
    with tempfile.TemporaryFile() as file:
        rules.export_bpf(file)
        file.seek(0)
        return file.read()


def _refuse(rules: Any, denied: int, name: str) -> None:
    try:
        rules.add_rule(denied, name)
    except OSError:
        # What this libseccomp or processor does not know by name cannot be filtered by name.
        if name in _INDISPENSABLE:
            raise

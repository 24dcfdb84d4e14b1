"""Where one pushes to: an address that can be nothing but a repository, and is shown without its secret."""

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from libs.git.errors import UnsafeName, UnsafeRemote

_LONGEST = 1_000
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\]")
_USER = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._~-]*")
_SHORT_SSH = re.compile(r"(?:(?P<user>[^@:/]+)@)?(?P<host>[^@:/]+):(?P<path>[^:].*)")
_BRANCH = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._/+#-]*")
_FOLDER = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*")
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_ADVICE = (
    "Nothing was pushed. Use https://host/path, ssh://user@host/path or user@host:path; for a repository on this "
    "machine add --allow-local."
)


@dataclass(frozen=True)
class Remote:
    """An address that may be pushed to."""

    url: str
    protocol: str
    """The only one that Git may speak for it, redirects and rewritten addresses included."""
    shown: str
    """The address as people, logs and errors see it."""
    secrets: tuple[str, ...] = ()

    def masked(self, text: str) -> str:
        """The text without the secret of this address, in whatever form Git repeats it."""
        for secret in self.secrets:
            text = text.replace(secret, "***")
        return text

    def __repr__(self) -> str:
        return f"Remote({self.shown})"


def read_remote(text: str, *, allow_local: bool = False) -> Remote:
    """The address, if it is one that is pushed to.

    Args:
        text: https, ssh, `user@host:path`; http for this machine alone.
        allow_local: whether a folder of this machine may be named; pushing to one runs its hooks.

    Raises:
        UnsafeRemote: another transport, an option in disguise, a control character, or a host that is none.
    """
    if not text or len(text) > _LONGEST or text.startswith("-") or not text.isprintable() or " " in text:
        raise UnsafeRemote("The address of the remote is empty, too long, or no address.", advice=_ADVICE)
    if "::" in text.partition("/")[0].partition("[")[0]:
        raise UnsafeRemote("Addresses that name a program to run are not pushed to.", advice=_ADVICE)
    if "://" in text:
        return _from_url(text, allow_local)
    short = _SHORT_SSH.fullmatch(text)
    if short and not text.startswith(("/", ".")):
        _check_host(short["host"], short["user"])
        return Remote(text, "ssh", text)
    return _local(Path(text), allow_local)


def check_branch(name: str) -> str:
    """The name of a branch, if it is a plain one.

    Raises:
        UnsafeName: it could be read as an option, another kind of name, or no name of a branch.
    """
    parts = name.split("/")
    if (
        not _BRANCH.fullmatch(name)
        or len(name) > 200
        or name in {"HEAD", "FETCH_HEAD"}
        or parts[0] == "refs"
        or ".." in name
        or any(not part or part.startswith(".") or part.endswith((".lock", ".")) for part in parts)
    ):
        raise UnsafeName(
            f"{name[:80]!r} is no name for a branch.",
            advice="Nothing was pushed. Use letters, digits and . _ - + # / as in `platform/fraud-api`.",
        )
    return name


def check_folder(path: str) -> str:
    """A folder of the repository without slashes at its ends; empty means its root.

    Raises:
        UnsafeName: it is absolute, leaves the repository, or is a folder of Git itself.
    """
    parts = path.rstrip("/").split("/") if path else []
    if len(path) > 200 or any(not _FOLDER.fullmatch(part) for part in parts):
        raise UnsafeName(
            f"{path[:80]!r} is no folder of a repository.",
            advice="Nothing was pushed. Name a folder below the root such as `services/fraud`.",
        )
    return "/".join(parts)


def _from_url(text: str, allow_local: bool) -> Remote:
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise UnsafeRemote("The address of the remote cannot be read.", advice=_ADVICE) from error
    scheme = text.partition("://")[0]
    if scheme == "file":
        if parts.netloc:
            raise UnsafeRemote("A file address names no host.", advice=_ADVICE)
        return _local(Path(unquote(parts.path)), allow_local)
    if scheme not in {"https", "ssh", "http"}:
        raise UnsafeRemote("That is no transport that is pushed through.", advice=_ADVICE)
    if parts.query or parts.fragment or not parts.path.strip("/"):
        raise UnsafeRemote("The address names no repository, or more than one.", advice=_ADVICE)
    bare = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname or ""
    _check_host(bare, parts.username if scheme == "ssh" else None)
    if scheme == "http" and parts.hostname not in _LOOPBACK:
        raise UnsafeRemote("Over plain http anybody on the way reads credentials and code.", advice=_ADVICE)
    place = f"{bare}{f':{port}' if port else ''}{parts.path}"
    user_part = parts.netloc.rpartition("@")[0]
    if not user_part:
        return Remote(text, scheme, f"{scheme}://{place}")
    if scheme == "ssh" and parts.password is None:
        return Remote(text, scheme, f"ssh://{parts.username}@{place}")
    # A token often stands where the user's name does; hence the whole part is a secret.
    known = [user_part, parts.password or "", "" if parts.password else parts.username or ""]
    secrets = {
        form for each in known for form in (each, unquote(each), quote(unquote(each), safe="")) if form
    }
    return Remote(text, scheme, f"{scheme}://***@{place}", tuple(sorted(secrets, key=len, reverse=True)))


def _local(path: Path, allow_local: bool) -> Remote:
    if not allow_local:
        raise UnsafeRemote("The address is a folder of this machine, or none at all.", advice=_ADVICE)
    absolute = str(path.absolute())
    return Remote(absolute, "file", absolute)


def _check_host(host: str, user: str | None) -> None:
    if not _HOST.fullmatch(host) or (user is not None and not _USER.fullmatch(user)):
        raise UnsafeRemote("The address names no host, or no user.", advice=_ADVICE)

"""What a remote says when it does not do as asked, as errors that name what happened, what was kept and what to do."""

import re

from libs.core.errors import ProductError
from libs.git.errors import (
    BranchMoved,
    GitFailed,
    PushForbidden,
    RemoteNotFound,
    RemoteUnauthenticated,
    RemoteUnavailable,
)
from libs.git.program import Finished
from libs.git.remote import Remote

_KEPT = "Nothing on the remote was changed."
_CREDENTIALS = re.compile(r"(\w://)[^/\s]*@")
"""Of whatever address: Git's own configuration rewrites addresses (`url.<base>.insteadOf`), with tokens as well."""
_CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|[^\S\n]*\r|[\x00-\x09\x0b-\x1f\x7f-\x9f]")

_READINGS: tuple[tuple[re.Pattern[str], type[ProductError], str, str], ...] = (
    (
        re.compile(
            r"could not read (Username|Password)|Authentication failed|Permission denied \(|HTTP 401|error: 401"
            r"|Host key verification failed|invalid credentials",
            re.IGNORECASE,
        ),
        RemoteUnauthenticated,
        "{remote} does not accept these credentials.",
        "Give Git a credential helper or the SSH agent a key that may push there.",
    ),
    (
        re.compile(r"HTTP 403|error: 403|access denied|not allowed to push|Write access to repository not"),
        PushForbidden,
        "{remote} does not allow these credentials to push to {branch}.",
        "Push to another branch with --branch, or ask whoever owns the repository.",
    ),
    (
        re.compile(
            r"repository .*not found|does not appear to be a git repository|does not exist|HTTP 404|error: 404"
            r"|not a git repository",
            re.IGNORECASE,
        ),
        RemoteNotFound,
        "There is no repository at {remote}, or these credentials may not see it.",
        "Look at the address; make the repository there first.",
    ),
    (
        re.compile(r"certificate", re.IGNORECASE),
        RemoteUnavailable,
        "The certificate of {remote} is not trusted here.",
        "Give Git the certificate of whoever issued it, as http.sslCAInfo or GIT_SSL_CAINFO.",
    ),
    (
        re.compile(
            r"Could not resolve|Couldn't connect|Failed to connect|Connection (refused|timed out|reset|closed)"
            r"|Operation timed out|unable to access|early EOF|hung up unexpectedly|HTTP 5\d\d|error: 5\d\d",
            re.IGNORECASE,
        ),
        RemoteUnavailable,
        "{remote} does not answer.",
        "Look at the address and the network, then try again.",
    ),
)


def refused(done: Finished, remote: Remote, branch: str) -> ProductError:
    """The error that a failed fetch or listing stands for."""
    said = told(done.err, remote)
    for pattern, kind, message, advice in _READINGS:
        if pattern.search(done.err):
            return kind(
                message.format(remote=remote.shown, branch=branch), advice=f"{_KEPT} {advice}", said=said
            )
    last = next((line for line in reversed(said.splitlines()) if line.strip()), f"exit code {done.code}")
    return GitFailed(
        f"Git failed with {remote.shown}: {last[:300]}", advice=_KEPT, said=said, exit_code=done.code
    )


def push_refused(done: Finished, remote: Remote, branch: str) -> ProductError:
    """The error that a failed push stands for; reads the line that `--porcelain` prints for the branch."""
    line = next((each for each in done.out.decode(errors="replace").splitlines() if each.startswith("!")), "")
    said = told(f"{done.err}\n{line}", remote)
    if "[remote rejected]" in line:
        return PushForbidden(
            f"{remote.shown} refused the commit on {branch}: {told(line.rpartition('(')[2].rstrip(')'), remote)}.",
            advice=f"{_KEPT} A protected branch takes no direct pushes: name another with --branch and open a request "
            "to merge it.",
            said=said,
        )
    if "[rejected]" in line:
        return BranchMoved(
            f"Somebody pushed to {branch} on {remote.shown} meanwhile.",
            advice=f"{_KEPT} Run the command again; it then builds on what is there.",
            said=said,
        )
    return refused(done, remote, branch)


def told(text: str, remote: Remote) -> str:
    """What the remote or Git said, without secrets and control characters, cut to a length for reading."""
    return _CONTROL.sub("", remote.masked(_CREDENTIALS.sub(r"\1***@", text))).strip()[:1_500]

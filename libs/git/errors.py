"""What can go wrong with Git and with the place one pushes to."""

from libs.core.errors import (
    Conflict,
    Forbidden,
    Invalid,
    LimitReached,
    NotFound,
    ProductError,
    Unauthenticated,
    Unavailable,
)


class GitMissing(Unavailable):
    """The program `git` is not on this machine, or too old."""

    code = "git.missing"


class GitFailed(ProductError):
    """Git ended with an error."""

    code = "git.failed"


class GitTooSlow(LimitReached):
    """Git did not end in time and was stopped."""

    code = "git.too_slow"


class UnsafeRemote(Invalid):
    """The address is none that is pushed to."""

    code = "git.unsafe_remote"


class UnsafeName(Invalid):
    """The name of a branch or folder is not one that is safe to hand on."""

    code = "git.unsafe_name"


class RemoteNotFound(NotFound):
    """There is no repository at that address, or none that these credentials may see."""

    code = "git.remote_not_found"


class RemoteUnavailable(Unavailable):
    """The remote does not answer."""

    code = "git.remote_unavailable"


class RemoteUnauthenticated(Unauthenticated):
    """The remote does not know who is pushing."""

    code = "git.remote_unauthenticated"


class PushForbidden(Forbidden):
    """The remote does not take commits on this branch from these credentials."""

    code = "git.push_forbidden"


class BranchMoved(Conflict):
    """Somebody pushed to the branch meanwhile."""

    code = "git.branch_moved"


class ForeignCommits(Conflict):
    """The branch holds commits that a push from here would undo."""

    code = "git.foreign_commits"

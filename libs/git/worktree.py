"""Whether a folder is in a Git working tree, and whether what lies there is committed."""

import re
from pathlib import Path

from libs.git.errors import GitFailed
from libs.git.program import Git

_NO_REPOSITORY = re.compile("not a git repository", re.IGNORECASE)
_SETTINGS = {"core.fsmonitor": "false", "core.hooksPath": "/dev/null", "status.showUntrackedFiles": "no"}
"""A repository's own configuration may name programs to run; those that `git status` would run are not."""


def uncommitted(git: Git, folder: Path) -> tuple[str, ...]:
    """Tracked files of a folder with edits that are not committed; none where there is no Git repository.

    Files that Git does not track do not count, as for `git merge`.

    Raises:
        GitFailed: Git cannot say, for example because somebody else owns the repository.
        GitMissing, GitTooSlow: as calls of Git do.
    """
    if not any((parent / ".git").exists() for parent in (folder, *folder.parents)):
        return ()
    done = git.run(
        "--no-optional-locks",
        "status",
        "--porcelain",
        "-z",
        "--no-renames",
        "--",
        ".",
        cwd=folder,
        configuration="own",
        settings=_SETTINGS,
    )
    if done.code == 0:
        entries = done.out.decode(errors="replace").split("\0")
        return tuple(entry[3:] for entry in entries if entry)
    if _NO_REPOSITORY.search(done.err):
        return ()
    raise GitFailed(
        f"Git cannot tell whether {folder} has uncommitted edits: {done.err.strip()[:300]}",
        advice="Nothing was written. Mend that, or add --force to merge without knowing.",
    )

"""Whether a folder is in a Git working tree, and whether what lies there is committed."""

import re
from pathlib import Path

from libs.git.errors import GitFailed
from libs.git.program import Finished, Git

_NO_REPOSITORY = re.compile("not a git repository", re.IGNORECASE)
_SETTINGS = {"core.fsmonitor": "false", "core.hooksPath": "/dev/null", "status.showUntrackedFiles": "no"}
_OFFLINE = {"GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": ""}
_FILTERS = r"^filter\..*\.(clean|process)$"
_OF_THE_REPOSITORY = frozenset({"local", "worktree"})


def uncommitted(git: Git, folder: Path) -> tuple[str, ...]:
    """Tracked files of a folder with edits that are not committed; none where there is no Git repository.

    Files that Git does not track do not count, as for `git merge`, nor do edits inside of submodules.

    The folder may be anybody's, and a repository's own configuration names programs: a monitor of files, hooks,
    filters of contents, transports that fetch what a partial clone left out. None of them is run, here or in
    submodules, which Git would look into by their own configuration. Filters of whoever runs the command are theirs
    and do run, else every file that one of them stores otherwise (Git LFS) would count as edited.

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
        "--ignore-submodules=dirty",
        "--",
        ".",
        cwd=folder,
        configuration="own",
        settings={**_SETTINGS, **_without_filters(git, folder)},
        variables=_OFFLINE,
    )
    if done.code == 0:
        entries = done.out.decode(errors="replace").split("\0")
        return tuple(entry[3:] for entry in entries if entry)
    if _NO_REPOSITORY.search(done.err):
        return ()
    raise _cannot_tell(folder, done)


def _without_filters(git: Git, folder: Path) -> dict[str, str]:
    """Settings that empty the filters which the repository's own configuration names, whatever it includes."""
    done = git.run(
        "config",
        "--null",
        "--show-scope",
        "--name-only",
        "--get-regexp",
        _FILTERS,
        cwd=folder,
        configuration="own",
        variables=_OFFLINE,
    )
    # It ends with 1 where there is no such setting.
    if done.code not in (0, 1):
        raise _cannot_tell(folder, done)
    words = done.out.decode(errors="surrogateescape").split("\0")
    named = {
        name.rpartition(".")[0]
        for scope, name in zip(words[0::2], words[1::2], strict=False)
        if scope in _OF_THE_REPOSITORY
    }
    off = {"clean": "", "process": "", "required": "false"}
    return {f"{each}.{setting}": value for each in named for setting, value in off.items()}


def _cannot_tell(folder: Path, done: Finished) -> GitFailed:
    return GitFailed(
        f"Git cannot tell whether {folder} has uncommitted edits: {done.err.strip()[:300]}",
        advice="Nothing was written. Mend that, or add --force to merge without knowing.",
    )

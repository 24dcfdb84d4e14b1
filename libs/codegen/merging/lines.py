"""Merges three texts line by line, with the markers that every editor knows where both sides changed the same lines."""

import tempfile
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from libs.git.errors import GitFailed
from libs.git.program import Git

OURS, THEIRS = "yours", "new design"
LARGEST_TEXT = 5_000_000
"""Bytes above which a file is not merged by lines."""
_MARKER = f"<<<<<<< {OURS}".encode()
_LOOKED_AT = 8_000
_MOST_CONFLICTS = 127


class MergedText(NamedTuple):
    """The result, and the lines on which its conflicts begin."""

    content: bytes
    conflicts: tuple[int, ...]


class LineMerge:
    """Merges with `git merge-file`, whose reading of common lines is the one people know from `git merge`."""

    def __init__(self, git: Git) -> None:
        self._git = git

    def __call__(self, base: bytes, ours: bytes, theirs: bytes) -> MergedText:
        """The text with both changes.

        Where ours ends its lines with CR LF throughout and the base does not, as a checkout on Windows leaves it, that
        is no change of every line; the result ends its lines as ours does.

        Raises:
            GitMissing, GitFailed: it could not be run.
        """
        returns = _ends_with_crlf(ours) and not _ends_with_crlf(base) and b"\r" not in theirs
        merged = self._run(_lf(ours) if returns else ours, base, theirs)
        if returns:
            merged = ending_as(merged, ours)
        return MergedText(merged, marked_lines(merged))

    def _run(self, ours: bytes, base: bytes, theirs: bytes) -> bytes:
        with tempfile.TemporaryDirectory(prefix="agentic-mlops-merge-") as name:
            folder = Path(name)
            for part, content in (("ours", ours), ("base", base), ("theirs", theirs)):
                (folder / part).write_bytes(content)
            labels = ("-L", OURS, "-L", "last design", "-L", THEIRS)
            done = self._git.run("merge-file", "-p", "--quiet", *labels, "ours", "base", "theirs", cwd=folder)
        if not 0 <= done.code <= _MOST_CONFLICTS:
            raise GitFailed(f"git merge-file failed: {done.err.strip()[:500]}", exit_code=done.code)
        return done.out


def marked_lines(content: bytes) -> tuple[int, ...]:
    """Numbers of the lines on which a conflict of a merge begins."""
    lines = content.splitlines()
    return tuple(number for number, line in enumerate(lines, 1) if line.rstrip(b"\r") == _MARKER)


def is_text(*contents: bytes) -> bool:
    """Whether all of them can be merged by lines."""
    return all(len(each) <= LARGEST_TEXT and b"\0" not in each[:_LOOKED_AT] for each in contents)


def is_same(one: bytes, other: bytes) -> bool:
    """Whether they differ at most in that one of them ends its lines with CR LF throughout."""
    return one == other or (_ends_with_crlf(one) and _lf(one) == other)


def ending_as(content: bytes, model: bytes) -> bytes:
    """The text with the line ends of another."""
    plain = b"\r\n" not in content
    return content.replace(b"\n", b"\r\n") if plain and _ends_with_crlf(model) else content


def is_lock(path: str) -> bool:
    """Whether a tool writes the file whole, so that lines from two versions make a third that nobody resolved."""
    return PurePosixPath(path).name.endswith((".lock", ".lock.hcl", "-lock.json", "-lock.yaml"))


def _ends_with_crlf(content: bytes) -> bool:
    return b"\r\n" in content and content.count(b"\n") == content.count(b"\r\n")


def _lf(content: bytes) -> bytes:
    return content.replace(b"\r\n", b"\n")

"""Builds a commit in a bare repository from files in memory, on top of one whose file contents were never fetched."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from libs.git.program import Git, output_of

_PROGRAM, _FILE = b"100755", b"100644"
_DRAFT = "refs/heads/draft"


class TreeFile(Protocol):
    """A file of a repository, as the renderer makes them."""

    @property
    def path(self) -> str: ...
    @property
    def content(self) -> bytes: ...
    @property
    def executable(self) -> bool: ...


class Author(NamedTuple):
    """Who a commit is by."""

    name: str
    email: str


class Changes(NamedTuple):
    """Paths in which a tree differs from its parent, sorted."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]


def build_tree(
    git: Git,
    repository: Path,
    files: Iterable[TreeFile],
    *,
    parent: str | None,
    folder: str = "",
    removed: Iterable[str] = (),
) -> str:
    """The id of the tree that has these files in a folder and everything else as in the parent.

    Args:
        git: the program.
        repository: a bare one of our own.
        files: they replace what is there.
        parent: a commit, of which the trees are there; its contents need not be.
        folder: where the files go; empty means the root.
        removed: paths in the folder that are taken away first.
    """
    prefix = f"{folder}/" if folder else ""
    stream = bytearray(f"commit {_DRAFT}\ncommitter draft <draft> 0 +0000\ndata 0\n".encode())
    if parent:
        stream += f"from {parent}\n".encode()
    for path in removed:
        stream += f"D {prefix}{path}\n".encode()
    for file in files:
        mode = _PROGRAM if file.executable else _FILE
        stream += b"M %s inline %s\n" % (mode, f"{prefix}{file.path}".encode())
        stream += b"data %d\n" % len(file.content) + file.content + b"\n"
    stream += b"done\n"
    git.checked(
        "fast-import",
        "--quiet",
        "--force",
        "--done",
        cwd=repository,
        stdin=stream,
        timeout_s=120,
    )
    return tree_of(git, repository, _DRAFT)


def tree_of(git: Git, repository: Path, commit: str) -> str:
    """The id of a commit's tree."""
    return git.checked("rev-parse", "--verify", f"{commit}^{{tree}}", cwd=repository).decode().strip()


def changes_between(git: Git, repository: Path, before: str | None, after: str) -> Changes:
    """In which paths a tree differs from another; contents are compared by their ids alone."""
    if before is None:
        return Changes(paths_of(git, repository, after), (), ())
    listed = git.checked(
        "diff-tree", "-r", "-z", "--no-renames", "--name-status", before, after, cwd=repository
    )
    words = listed.decode(errors="replace").split("\0")
    found = sorted(zip(words[1::2], words[0::2], strict=False))
    return Changes(
        tuple(path for path, kind in found if kind == "A"),
        tuple(path for path, kind in found if kind in {"M", "T"}),
        tuple(path for path, kind in found if kind == "D"),
    )


def paths_of(git: Git, repository: Path, tree: str, *folders: str) -> tuple[str, ...]:
    """The paths of a tree or commit, or those of some of its folders and files."""
    listed = git.checked(
        "ls-tree", "-r", "-z", "--name-only", "--full-tree", tree, "--", *folders, cwd=repository
    )
    return tuple(path for path in listed.decode(errors="replace").split("\0") if path)


def commit_tree(
    git: Git, repository: Path, tree: str, message: str, author: Author, *, parents: Sequence[str]
) -> str:
    """The id of a new commit; it is by the author, now."""
    name, email = _plain(author.name), _plain(author.email)
    identity = {
        f"GIT_{role}_{key}": value
        for role in ("AUTHOR", "COMMITTER")
        for key, value in (("NAME", name), ("EMAIL", email))
    }
    on = [word for parent in parents for word in ("-p", parent)]
    done = git.run(
        "commit-tree", tree, *on, "-F", "-", cwd=repository, stdin=message.encode(), variables=identity
    )
    return output_of(done, "commit-tree").decode().strip()


def _plain(text: str) -> str:
    return "".join(c for c in text if c.isprintable() and c not in "<>").strip()

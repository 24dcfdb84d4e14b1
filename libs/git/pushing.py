"""Puts files as one commit on a branch of a remote, on top of what was pushed there before.

The branch belongs to the platform: its commits hold what was generated and nothing else, so that each is the common
ancestor from which Git itself merges the next one with the edits that people make on branches of their own. Hence a
push stops where the branch, or the one it would start from, holds edits of generated files: a commit on top would undo
them, and a merge of it would undo them elsewhere without a word. `take_over` asks for that all the same.

There is no forced push: what is pushed has the remote's tip as its parent, or starts a branch that is not there.

This is for the command line and has no route of the API: the address is whatever the caller writes, and a server
that opened it would lend every user its place in the network, its credentials and its SSH keys.
"""

import re
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from libs.git import commits
from libs.git.commits import Author, Changes, TreeFile
from libs.git.errors import ForeignCommits, GitTooSlow
from libs.git.program import Finished, Git
from libs.git.refusals import push_refused, refused
from libs.git.remote import Remote, check_branch, check_folder

MARK = "Payload-SHA256"
"""Trailer that names the payload of a commit."""
TREE = "Pushed-Tree"
"""Trailer that names the tree of a commit: the one that has it is from here. A message alone does not tell that, since
hosting services and people quote it when they squash commits, with edits in them."""
ANSWERS, MANIFEST = ".answers.yml", "reports/MANIFEST.sha256"
_MARKED = re.compile(rf"^{MARK}: [0-9a-f]{{64}}$", re.MULTILINE)
_PUSHED = re.compile(rf"^{TREE}: ([0-9a-f]{{40,64}})$", re.MULTILINE)
_LISTED = re.compile(r"[0-9a-f]{64}  ([^\0\n]+)")
_TIP = "refs/remotes/origin/tip"
_UNKNOWN = "Whether the commit arrived is not known. Run the command again: nothing is pushed twice."


@dataclass(frozen=True)
class Push:
    """What goes where."""

    remote: Remote
    branch: str
    files: Sequence[TreeFile]
    message: Callable[[Changes], str]
    """Of the commit, given in which paths it differs from its parent; has to end with the trailer `MARK`, behind which
    `TREE` is put."""
    author: Author
    folder: str = ""
    """Where in the repository the files go; empty means its root."""
    orphan: bool = False
    """Whether a new branch starts without the history of the remote's default branch."""
    take_over: bool = False
    timeout_s: float = 120.0


@dataclass(frozen=True)
class Pushed:
    """What stands on the remote now."""

    commit: str
    parent: str | None
    created: bool
    """Whether the branch was made."""
    is_new: bool
    """False: the branch had exactly these files already, and nothing was pushed."""
    changes: Changes


def push(git: Git, request: Push) -> Pushed:
    """Pushes.

    Raises:
        UnsafeName: the name of the branch or of the folder.
        ForeignCommits: a commit would undo edits of generated files, and `take_over` was not asked for.
        BranchMoved: somebody was faster.
        RemoteNotFound, RemoteUnavailable, RemoteUnauthenticated, PushForbidden, GitFailed: as the remote says.
        GitTooSlow: the time is over.
        GitMissing: there is no Git here.
    """
    check_branch(request.branch)
    check_folder(request.folder)
    with tempfile.TemporaryDirectory(prefix="agentic-mlops-push-") as folder:
        return _Pushing(git, request, Path(folder)).push()


class _Pushing:
    """One push, in a bare repository of its own."""

    def __init__(self, git: Git, request: Push, repository: Path) -> None:
        self._git = git
        self._request = request
        self._repository = repository
        self._until = time.monotonic() + request.timeout_s
        self._prefix = f"{request.folder}/" if request.folder else ""

    def push(self) -> Pushed:
        self._git.require(self._repository)
        self._git.checked("init", "--quiet", "--bare", "--template=", ".", cwd=self._repository)
        default, existing = self._look()
        created = existing is None
        parent = self._fetched(f"refs/heads/{self._request.branch}") if existing else None
        if parent is None and default and not self._request.orphan:
            parent = self._fetched(default)
        before = commits.tree_of(self._git, self._repository, parent) if parent else None
        removed = self._replaced(parent, before, created) if parent and before else ()
        tree = commits.build_tree(
            self._git,
            self._repository,
            self._request.files,
            parent=parent,
            folder=self._request.folder,
            removed=removed,
        )
        changes = commits.changes_between(self._git, self._repository, before, tree)
        if parent and not created and tree == before:
            return Pushed(parent, parent, created=False, is_new=False, changes=changes)
        commit = commits.commit_tree(
            self._git,
            self._repository,
            tree,
            f"{self._request.message(changes).rstrip()}\n{TREE}: {tree}\n",
            self._request.author,
            parents=(parent,) if parent else (),
        )
        self._send(commit)
        return Pushed(commit, parent, created=created, is_new=True, changes=changes)

    def _look(self) -> tuple[str | None, str | None]:
        """The default branch of the remote, if it has one with commits, and the tip of ours, if it is there."""
        wanted = f"refs/heads/{self._request.branch}"
        done = self._remotely("ls-remote", "--symref", "origin", "HEAD", wanted)
        if done.code != 0:
            raise refused(done, self._request.remote, self._request.branch)
        lines = [line.partition("\t") for line in done.out.decode(errors="replace").splitlines()]
        found = {name: value for value, _, name in lines if not value.startswith("ref: ")}
        points_to = {
            name: value.removeprefix("ref: ") for value, _, name in lines if value.startswith("ref: ")
        }
        return points_to.get("HEAD") if "HEAD" in found else None, found.get(wanted)

    def _fetched(self, ref: str) -> str:
        """The tip of a branch, without its history and, where the remote allows it, without the contents of files."""
        done = self._remotely(
            "fetch", "--quiet", "--depth=1", "--no-tags", "--filter=blob:none", "origin", f"+{ref}:{_TIP}"
        )
        if done.code != 0:
            raise refused(done, self._request.remote, self._request.branch)
        return self._git.checked("rev-parse", "--verify", _TIP, cwd=self._repository).decode().strip()

    def _replaced(self, parent: str, tree: str, created: bool) -> tuple[str, ...]:
        """Generated files of the commit before, which this one replaces or drops.

        Raises:
            ForeignCommits: it is not from here and holds what a commit on top would undo.
        """
        said = self._git.checked("log", "-1", "--format=%B", parent, cwd=self._repository)
        message = said.decode(errors="replace")
        is_ours = tree in _PUSHED.findall(message)
        generated = self._has(parent, ANSWERS)
        if not is_ours and not self._request.take_over and (not created or generated):
            raise _foreign(self._request, created, is_marked=_MARKED.search(message) is not None)
        if not generated or not self._has(parent, MANIFEST):
            return ()
        shown = self._remotely("cat-file", "blob", f"{parent}:{self._prefix}{MANIFEST}")
        if shown.code != 0:
            raise refused(shown, self._request.remote, self._request.branch)
        listed = _LISTED.findall(shown.out.decode(errors="replace"))
        there = set(commits.paths_of(self._git, self._repository, parent))
        return tuple(path for path in listed if f"{self._prefix}{path}" in there and '"' not in path)

    def _has(self, commit: str, path: str) -> bool:
        return bool(commits.paths_of(self._git, self._repository, commit, f"{self._prefix}{path}"))

    def _send(self, commit: str) -> None:
        target = f"{commit}:refs/heads/{self._request.branch}"
        try:
            done = self._remotely(
                "push", "--porcelain", "--no-verify", "--recurse-submodules=no", "origin", target
            )
        except GitTooSlow as error:
            raise GitTooSlow(error.message, advice=_UNKNOWN, **error.facts) from error
        if done.code != 0:
            raise push_refused(done, self._request.remote, self._request.branch)

    def _remotely(self, *arguments: str) -> Finished:
        """A call that may speak to the remote, with the caller's own credentials and within what is left of the time.

        The address travels as a setting: neither a list of processes nor a file shows a password in it.
        """
        left = self._until - time.monotonic()
        if left <= 0:
            raise GitTooSlow(
                f"The push did not end within {self._request.timeout_s:g} seconds.",
                advice="Nothing on the remote was changed; try again, or allow more time with --timeout.",
            )
        return self._git.run(
            *arguments,
            cwd=self._repository,
            configuration="own",
            settings={
                "remote.origin.url": self._request.remote.url,
                "core.hooksPath": "/dev/null",
                "push.followTags": "false",
                "push.gpgSign": "false",
                "gc.auto": "0",
                "maintenance.auto": "false",
            },
            variables={"GIT_ALLOW_PROTOCOL": self._request.remote.protocol},
            timeout_s=left,
        )


def _foreign(request: Push, created: bool, *, is_marked: bool) -> ForeignCommits:
    if created:
        return ForeignCommits(
            f"The default branch of {request.remote.shown} holds a generated repository already.",
            advice="Nothing was pushed: a commit on top of it would undo edits of generated files. Merge in a "
            "clone with `agentic-mlops runs merge RUN DIR`, name the branch of earlier versions, or add "
            "--take-over.",
        )
    if is_marked:
        return ForeignCommits(
            f"The last commit of {request.branch} on {request.remote.shown} names a version, but not its own files.",
            advice="Nothing was pushed: it may hold edits, as squashed commits do, and one on top would undo them. "
            "Push to a branch of its own and merge that into yours. Where it was pushed from here before commits named "
            f"their files ({TREE}), look whether it holds edits, then add --take-over once.",
        )
    return ForeignCommits(
        f"The last commit of {request.branch} on {request.remote.shown} is not from here.",
        advice="Nothing was pushed: a commit on top of it would undo edits of generated files. Push to a branch of its "
        "own and merge that into yours, or add --take-over.",
    )

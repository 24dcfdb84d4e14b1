"""Plans how a new version of a generated repository goes into the tree that a person has edited.

Three trees: the version theirs came from (base), theirs as it is (ours), and the new version (theirs). What only one
side changed is taken; what both changed is merged by lines; where both changed the same lines, both stand between
markers. Nothing a person wrote is dropped: what cannot be merged, and what stands in the way, stays, with the new
version beside it.

Copier was considered: it renders the template of the recorded commit again to get the base, asks Git for a patch of
the person's edits and applies it to the new rendering. That needs templates in a Git repository of their own, a tree
that is the root of one, and rejects or rewinds file by file where a patch does not apply. Here every version that was
handed over is stored to the byte, so the base is exact whatever the templates became, and a merge of three known trees
needs no patch. What is taken from it: files that a person deleted stay deleted, the answers are never merged, and an
unclean working tree is refused.
"""

from collections.abc import Callable, Iterable
from pathlib import PurePosixPath

from libs.codegen.answers import ANSWERS_PATH
from libs.codegen.merging.errors import UnresolvedConflicts
from libs.codegen.merging.lines import MergedText, ending_as, is_lock, is_text, marked_lines
from libs.codegen.merging.models import (
    BESIDE,
    ConflictFound,
    ConflictKind,
    MergePlan,
    MergeReport,
    OwnFile,
    OwnTree,
)
from libs.codegen.merging.threads import Packages, Thread, Tree, is_edited, threads
from libs.codegen.models import RenderedFile
from libs.core.values import sha256_hex

MergeLines = Callable[[bytes, bytes, bytes], MergedText]


def plan_merge(
    base: Tree,
    ours: OwnTree,
    theirs: Tree,
    merge_lines: MergeLines,
    *,
    packages: Packages,
    reports: Tree | None = None,
) -> MergePlan:
    """What to write into a person's tree, and the report about it; nothing is written.

    Args:
        base: the payload that the tree came from.
        ours: the tree.
        theirs: the new payload.
        merge_lines: merges three texts.
        packages: what the generated package is called in both payloads.
        reports: the new version's reports; they replace those in the tree, and are left out where it has none.

    Raises:
        UnresolvedConflicts: an edited file still holds the markers of an earlier merge.
        UnsafeTree: as the tree raises it.
    """
    planning = _Planning(ours, merge_lines)
    merging = [thread for thread in threads(base, ours, theirs, packages) if not _is_answers(thread)]
    for thread in merging:
        planning.take(thread)
    for file in (theirs[ANSWERS_PATH], *(reports or {}).values()) if ANSWERS_PATH in theirs else ():
        planning.replace(file)
    return planning.plan(base, theirs)


class _Planning:
    """Collects what becomes of each file."""

    def __init__(self, ours: OwnTree, merge_lines: MergeLines) -> None:
        self._ours = ours
        self._merge_lines = merge_lines
        self._writes: dict[str, tuple[RenderedFile, str]] = {}
        """With the list of the report in which each stands."""
        self._removals: dict[str, str] = {}
        """With where its content went, or an empty string."""
        self._lists: dict[str, set[str]] = {}
        self._conflicts: list[ConflictFound] = []

    def take(self, thread: Thread) -> None:
        """Decides about one file."""
        base, own, new = thread
        if own is not None and (base is None or is_edited(own, base)):
            _check_resolved(own)
        if base is None:
            self._take_new(own, new)
        elif own is None:
            self._keep_deleted(base, new)
        elif new is None:
            self._take_removed(base, own)
        else:
            self._take_changed(base, own, new)

    def replace(self, file: RenderedFile) -> None:
        """Takes a file that is always the platform's."""
        own = self._ours.find(file.path)
        if own is None or own.sha256 != sha256_hex(file.content):
            self._write(file, "replaced")

    def plan(self, base: Tree, theirs: Tree) -> MergePlan:
        """Everything that was decided."""
        self._clear_ways()
        moved = tuple(sorted((old, target) for old, target in self._removals.items() if target))
        lists = {name: tuple(sorted(paths)) for name, paths in self._lists.items()}
        written = {
            name: tuple(sorted(path for path, (_, each) in self._writes.items() if each == name))
            for name in ("added", "updated", "merged", "replaced")
        }
        report = MergeReport(
            **{**lists, **written},
            removed=tuple(sorted(path for path, target in self._removals.items() if not target)),
            moved=moved,
            left_behind=_left_behind(base, self._ours, theirs),
            conflicts=tuple(sorted(self._conflicts, key=lambda each: (each.path, each.line or 0))),
        )
        writes = tuple(self._writes[path][0] for path in sorted(self._writes))
        return MergePlan(writes, tuple(sorted(self._removals)), report)

    def _take_new(self, own: OwnFile | None, new: RenderedFile | None) -> None:
        if new is None:
            return
        if own is None:
            self._write(new, "added")
        elif own.sha256 != sha256_hex(new.content):
            self._merge(b"", own, new, new.path, executable=own.executable or new.executable)

    def _keep_deleted(self, base: RenderedFile, new: RenderedFile | None) -> None:
        if new is not None:
            self._list("kept_deleted", new.path)
            if new.content != base.content:
                self._list("kept_deleted_changed", new.path)

    def _take_removed(self, base: RenderedFile, own: OwnFile) -> None:
        if not is_edited(own, base):
            self._removals[own.path] = ""
        else:
            message = (
                "The new design has this file no more; you had edited it, so it stays. Remove it, or keep it."
            )
            self._conflict(own.path, "edited-and-removed", message)

    def _take_changed(self, base: RenderedFile, own: OwnFile, new: RenderedFile) -> None:
        # A path that the person chose stands above one that the design chose.
        path = new.path if own.path == base.path else own.path
        executable = new.executable if own.executable == base.executable else own.executable
        if not is_edited(own, new) or new.content == base.content:
            self._keep(base, own, path, executable)
        elif not is_edited(own, base):
            self._write(_file(path, ending_as(new.content, own.content or b""), executable), "updated")
        else:
            self._merge(base.content, own, new, path, executable=executable)
        if path != own.path and path in self._writes:
            self._removals[own.path] = path

    def _keep(self, base: RenderedFile, own: OwnFile, path: str, executable: bool) -> None:
        if is_edited(own, base):
            self._list("kept", path)
        if (path != own.path or executable != own.executable) and own.content is not None:
            self._write(_file(path, own.content, executable), "updated")

    def _merge(self, base: bytes, own: OwnFile, new: RenderedFile, path: str, *, executable: bool) -> None:
        if is_lock(path) or own.content is None or not is_text(base, own.content, new.content):
            self._put_beside(own, new, path)
            return
        merged = self._merge_lines(base, own.content, new.content)
        if merged.content != own.content or path != own.path or executable != own.executable:
            self._write(_file(path, merged.content, executable), "merged")
        for line in merged.conflicts:
            self._conflict(path, "content", "You and the new design changed the same lines.", line)

    def _put_beside(self, own: OwnFile, new: RenderedFile, path: str) -> None:
        kind: ConflictKind = "lock" if is_lock(path) else "binary"
        beside = self._lay_beside(own.path, new)
        ways = "make the lock anew from its input" if kind == "lock" else "choose one"
        self._conflict(
            own.path,
            kind,
            f"Both changed it, and it is not merged by lines: the new one is {beside}; {ways}.",
        )

    def _lay_beside(self, taken: str, new: RenderedFile, below: str = "") -> str:
        """Writes a new version beside a path of the person's, unless it lies there already.

        Args:
            taken: what stands there.
            new: the new version.
            below: the rest of its path where a folder is needed and a file stands.

        Returns:
            Where it lies: where nothing else does.
        """
        number, path = 1, f"{taken}{BESIDE}{below}"
        while (there := self._ours.find(path)) is not None or self._ours.obstacles(path):
            if there is not None and there.sha256 == sha256_hex(new.content):
                return path
            number += 1
            path = f"{taken}{BESIDE}-{number}{below}"
        self._write(_file(path, new.content, new.executable), "added")
        return path

    def _clear_ways(self) -> None:
        """Lays beside it what would have to be written where something of the person's stands, and says so."""
        before = {target: old for old, target in self._removals.items() if target}
        for path in sorted(self._writes):
            standing = self._standing(path, is_moved=path in before)
            if standing:
                file, _ = self._writes.pop(path)
                taken = standing if path.startswith(f"{standing}/") else path
                beside = self._lay_beside(taken, file, path.removeprefix(taken))
                self._conflicts = [
                    each.model_copy(update={"path": beside}) if each.path == path else each
                    for each in self._conflicts
                ]
                old = before.get(path)
                if old is not None:
                    del self._removals[old]
                    self._lists.get("kept", set()).discard(path)
                self._conflict(
                    path,
                    "in-the-way",
                    f"{standing} stands where the new design has this file: the new one is {beside}; make way and move "
                    f"it there{f', yours stays {old}' if old else ''}.",
                )

    def _standing(self, path: str, *, is_moved: bool) -> str | None:
        """What stands where a file is to be written.

        A file that goes is in nobody's way, unless its content moves: it goes last, so that it is never nowhere.
        """
        there = self._ours.find(path) if is_moved else None
        if there is not None and there.sha256 != sha256_hex(self._writes[path][0].content):
            return path
        return next((each for each in self._ours.obstacles(path) if self._removals.get(each) != ""), None)

    def _write(self, file: RenderedFile, name: str) -> None:
        self._writes[file.path] = (file, name)

    def _list(self, name: str, path: str) -> None:
        self._lists.setdefault(name, set()).add(path)

    def _conflict(self, path: str, kind: ConflictKind, message: str, line: int | None = None) -> None:
        self._conflicts.append(ConflictFound(path=path, kind=kind, line=line, message=message))


def _check_resolved(own: OwnFile) -> None:
    marked = marked_lines(own.content or b"")
    if marked:
        raise UnresolvedConflicts(
            f"{own.path}:{marked[0]} still holds a conflict of an earlier merge.",
            advice="Nothing was written. Resolve it, then merge again.",
            path=own.path,
            lines=list(marked),
        )


def _left_behind(base: Tree, ours: OwnTree, theirs: Tree) -> tuple[str, ...]:
    """Files of a person's own in folders that only the old version had."""
    gone = _folders(base) - _folders(theirs)
    if not gone:
        return ()
    others = ours.others(frozenset(base) | frozenset(theirs))
    return tuple(path for path in others if not gone.isdisjoint(_parents(path)))


def _folders(paths: Iterable[str]) -> set[str]:
    return {parent for path in paths for parent in _parents(path)}


def _parents(path: str) -> set[str]:
    return {parent.as_posix() for parent in PurePosixPath(path).parents} - {"."}


def _file(path: str, content: bytes, executable: bool) -> RenderedFile:
    return RenderedFile(path=path, content=content, executable=executable)


def _is_answers(thread: Thread) -> bool:
    return any(file is not None and file.path == ANSWERS_PATH for file in thread)

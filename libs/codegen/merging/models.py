"""What a merge is made of: files of a person's tree, what happens to them, and the report."""

from dataclasses import dataclass
from typing import Literal, Protocol

from libs.codegen.models import RenderedFile
from libs.core.values import Value

ConflictKind = Literal["content", "binary", "lock", "edited-and-removed", "in-the-way"]
"""content: both changed the same lines, marked in the file. binary, lock: both changed a file that is not merged by
lines; yours stays and the new one lies beside it. edited-and-removed: the design dropped a file that you edited.
in-the-way: something of yours stands where the design has a file; the file lies beside it."""

BESIDE = ".new-design"
"""Ends the name of a new version that lies beside yours."""


class OwnFile(Value):
    """A file as it is in a person's tree."""

    path: str
    sha256: str
    content: bytes | None
    """None for a file too large to be read whole."""
    executable: bool


class OwnTree(Protocol):
    """A person's working tree; paths are those of the repository."""

    def find(self, path: str) -> OwnFile | None:
        """The file at a path; None when there is none."""
        ...

    def obstacles(self, path: str) -> tuple[str, ...]:
        """Files that a file at this path cannot stand beside: its parents, or what lies in a folder of its name."""
        ...

    def others(self, known: frozenset[str]) -> tuple[str, ...]:
        """Paths of files that are not among the known ones, without what tools leave behind."""
        ...

    def peek(self, path: str, most: int) -> bytes:
        """The content of a file that is no larger than `most` bytes; else nothing."""
        ...


class ConflictFound(Value):
    """One place where a person has to decide."""

    path: str
    kind: ConflictKind
    line: int | None = None
    """Of the marker `<<<<<<< yours`."""
    message: str


class MergeReport(Value):
    """What a merge does, by path; every list is sorted."""

    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    """The design changed them and you had not."""
    merged: tuple[str, ...] = ()
    """Both had changed them; both changes are in."""
    removed: tuple[str, ...] = ()
    """The design has them no more and you had not edited them."""
    moved: tuple[tuple[str, str], ...] = ()
    """Files that went, with your edits, where the design moved them: from, to."""
    kept: tuple[str, ...] = ()
    """Generated files with edits of yours that stay as they are."""
    kept_deleted: tuple[str, ...] = ()
    """Generated files that you had deleted, and that stay so."""
    kept_deleted_changed: tuple[str, ...] = ()
    """Those of them that the new design changed."""
    left_behind: tuple[str, ...] = ()
    """Files of your own in folders that the design has no more."""
    replaced: tuple[str, ...] = ()
    """Files that are always the platform's: the answers and the reports."""
    conflicts: tuple[ConflictFound, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written."""
        return not (
            self.added
            or self.updated
            or self.merged
            or self.removed
            or self.moved
            or self.replaced
            or self.conflicts
        )


@dataclass(frozen=True)
class MergePlan:
    """What is to be written and removed, and the report about it."""

    writes: tuple[RenderedFile, ...]
    removals: tuple[str, ...]
    report: MergeReport

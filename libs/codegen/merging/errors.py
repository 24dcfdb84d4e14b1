"""Why a new version is not merged into somebody's working tree; in each case nothing was written."""

from libs.core.errors import Conflict, Invalid, NotFound


class NoTree(Invalid):
    """That is no folder with a generated repository."""

    code = "merging.no_tree"


class UnsafeTree(Invalid):
    """Something in the folder is neither a file nor a folder where the repository has a file."""

    code = "merging.unsafe_tree"


class UncommittedEdits(Conflict):
    """The folder has edits that Git has not recorded."""

    code = "merging.uncommitted_edits"


class UnresolvedConflicts(Conflict):
    """Conflicts of an earlier merge are still marked in the files."""

    code = "merging.unresolved_conflicts"


class TreeChanged(Conflict):
    """A file was changed while the merge was prepared."""

    code = "merging.tree_changed"


class TreeUnwritable(Invalid):
    """The folder cannot be written."""

    code = "merging.tree_unwritable"


class OriginUnknown(NotFound):
    """Which version the folder came from cannot be told."""

    code = "merging.origin_unknown"

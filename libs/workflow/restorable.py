"""An earlier version that was looked at, and where it goes among the versions of its line."""

from collections.abc import Sequence

from libs.core.values import Json, Value
from libs.projects.models import Ancestry, Artifact, DecisionSet, Ref


class Restorable(Value):
    """An earlier version, looked at and compared; what it takes to make it the newest one."""

    source: DecisionSet
    parent: Ancestry
    artifacts: tuple[Artifact, ...]
    """The newest of each name, without the comparison with its own parent."""
    difference: tuple[tuple[str, Ref, str], ...]
    """Name, object and content type of the comparison with its new parent."""
    change: Json
    """The same in figures, as `diff-update` tells it."""
    monthly_usd: float
    as_of: str
    """Date of the prices in its plan."""
    seconds: float
    """How long looking and comparing took."""


def parent_of(source_id: str, versions: Sequence[Ancestry]) -> Ancestry | None:
    """What the version follows once it is restored; None when it is the newest finished one.

    Args:
        source_id: of the version.
        versions: all of its line.
    """
    finished = [version for version in versions if version.status == "done"]
    newest = max(finished, key=lambda version: version.version, default=None)
    return newest if newest is not None and newest.id != source_id else None

"""Entity tags: the version of a decision set, and the condition that it is still that one."""

from libs.core.errors import Conflict
from libs.projects.models import DecisionSet


class PreconditionFailed(Conflict):
    """The decision set changed since it was read."""

    code = "api.precondition_failed"


def etag_of(decision_set: DecisionSet) -> str:
    """The entity tag of a decision set."""
    return f'"{decision_set.lock_version}"'


def require_match(decision_set: DecisionSet, if_match: str | None) -> int | None:
    """The version that the client insists on; None where any will do: If-Match is missing, or `*`.

    Raises:
        PreconditionFailed: If-Match does not name the present version.
    """
    if if_match is None or if_match.strip() == "*":
        return None
    if etag_of(decision_set) not in {tag.strip() for tag in if_match.split(",")}:
        raise PreconditionFailed(
            f"The decision set is at version {decision_set.lock_version} of its lock, not at {if_match[:80]}.",
            advice="Nothing was changed; read the decision set again and send the request with its new ETag.",
            etag=etag_of(decision_set),
        )
    return decision_set.lock_version

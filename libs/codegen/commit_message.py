"""The message of a commit that holds a version: what it is, what changed, and trailers by which it is found again."""

from collections.abc import Sequence

from libs.core.values import Value
from libs.git.commits import Changes
from libs.git.pushing import MARK
from libs.planning.wording import quantity

_LONGEST_SUBJECT = 72
_MOST_PATHS = 30


class Version(Value):
    """The version that is pushed, as its commit names it."""

    decision_set_id: str
    version: int
    title: str
    payload_sha256: str
    monthly_usd: float | None = None


def commit_message(version: Version, changes: Changes, subject: str = "") -> str:
    """The message.

    Args:
        version: what is pushed.
        changes: in which paths it differs from the commit before.
        subject: its first line; made from the version when left out.
    """
    first = _plain(subject) or f"Design version {version.version}: {_plain(version.title)}"
    body = [_cut(first, _LONGEST_SUBJECT if not subject else 200), ""]
    added = quantity(len(changes.added), "file")
    body.append(f"{added} added, {len(changes.changed)} changed, {len(changes.removed)} removed.")
    if version.monthly_usd is not None:
        body.append(f"Expected cost: ${version.monthly_usd:,.0f} a month.")
    for name, paths in (("Added", changes.added), ("Changed", changes.changed), ("Removed", changes.removed)):
        body += _listed(name, [path for path in paths if "reports/" not in path])
    body += ["", f"Decision-Set: {version.decision_set_id}", f"{MARK}: {version.payload_sha256}", ""]
    return "\n".join(body)


def _listed(name: str, paths: Sequence[str]) -> list[str]:
    if not paths:
        return []
    more = [f"  and {len(paths) - _MOST_PATHS} more"] if len(paths) > _MOST_PATHS else []
    return ["", f"{name}:", *(f"  {_plain(path)}" for path in paths[:_MOST_PATHS]), *more]


def _plain(text: str) -> str:
    """One line without control characters, so that no title can add a trailer."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"

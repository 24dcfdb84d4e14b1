"""Shares: links under which anybody who has one may look at one decision set, and at nothing else."""

from datetime import datetime
from typing import Literal, NamedTuple

from libs.core.principal import Principal
from libs.core.values import Value

TOKEN_PREFIX = "share_"  # noqa: S105
"""What every token of a link begins with, so that it is never taken for another kind of token."""
DEFAULT_DAYS = 30
LONGEST_DAYS = 365
NOTE_CHARACTERS = 200

ShareStatus = Literal["active", "expired", "revoked"]


class Share(Value):
    """A link to one decision set. Its token is known to those who were given it; only the digest is stored."""

    id: str
    organisation_id: str
    decision_set_id: str
    note: str
    """What the link is for, in the words of who made it; its readers see it, too."""
    created_by: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None

    def status(self, now: datetime) -> ShareStatus:
        """Whether the link still opens anything."""
        if self.revoked_at is not None:
            return "revoked"
        return "expired" if now >= self.expires_at else "active"

    @property
    def principal(self) -> Principal:
        """Who asks when the link is presented: somebody who may look, and whose name is not known."""
        return Principal(
            actor=f"share:{self.id}", organisation_id=self.organisation_id, roles=frozenset({"viewer"})
        )


class IssuedShare(NamedTuple):
    """A new share with its token, which cannot be had again."""

    share: Share
    token: str

    @property
    def path(self) -> str:
        """Where the page opens it; what stands behind `#` stays in the browser and reaches no server or log."""
        return f"/shared/#{self.token}"

"""Lines of the audit log and how they are chained."""

from datetime import datetime
from typing import Any

from libs.core.values import Value, digest

GENESIS = "0" * 64
"""What the first line of a chain names as its predecessor."""


class AuditEntry(Value):
    """Who did what to what, and when."""

    organisation_id: str
    seq: int
    """From 1, without gaps, per organisation."""
    at: datetime
    actor: str
    action: str
    """`thing.verb`."""
    subject: str
    """The id of the thing."""
    data: dict[str, Any]
    previous_hash: str

    def hash(self) -> str:
        """SHA-256 of the line, its place in the chain and the hash of its predecessor."""
        return digest(self)

"""The audit log: append-only, one hash chain per organisation, so that changes afterwards show."""

from libs.accounts.models import GENESIS, AuditEntry
from libs.accounts.repository import AuditRepository
from libs.core.clock import Clock
from libs.core.principal import Principal
from libs.core.values import Json
from libs.db.engine import Database
from libs.db.session import AnySession, WriteSession


class AuditLog:
    """Who did what, recorded in the transaction in which it was done."""

    def __init__(self, db: Database, clock: Clock) -> None:
        """
        Args:
            db: the database whose dialect decides the form of the statements.
            clock: dates the lines.
        """
        self._clock = clock
        self._audit = AuditRepository(db.dialect)

    async def record(
        self, session: WriteSession, principal: Principal, action: str, subject: str, data: Json
    ) -> None:
        """Appends one line; lines of one organisation wait for each other until their transactions end.

        Args:
            session: the caller's transaction.
            principal: who acted, and in which organisation.
            action: `thing.verb`.
            subject: the id of the thing.
            data: plain JSON values; no secrets.
        """
        seq, head = await self._audit.lock_head(session, principal.organisation_id)
        entry = AuditEntry(
            organisation_id=principal.organisation_id,
            seq=seq + 1,
            at=self._clock.now(),
            actor=principal.actor,
            action=action,
            subject=subject,
            data=data,
            previous_hash=head,
        )
        await self._audit.add(session, entry)

    async def verify(self, session: AnySession, organisation_id: str) -> tuple[bool, str]:
        """Recomputes the chain of an organisation.

        Returns:
            Whether it is unbroken, and in words the first line that does not fit, or the length.
        """
        head_seq, head_hash = await self._audit.head(session, organisation_id)
        seq, previous = 0, GENESIS
        async for entry, stored_hash in self._audit.entries(session, organisation_id):
            if entry.seq != seq + 1:
                return False, f"Line {seq + 1} is missing."
            if entry.previous_hash != previous or entry.hash() != stored_hash:
                return False, f"Line {entry.seq} was changed."
            seq, previous = entry.seq, stored_hash
        if (seq, previous) != (head_seq, head_hash):
            return False, f"The log ends at line {seq}, but its head says {head_seq}."
        return True, f"{seq} lines, unbroken."

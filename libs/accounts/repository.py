"""Every query on the audit log."""

from collections.abc import AsyncIterator

from sqlalchemy import insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from libs.accounts.models import GENESIS, AuditEntry
from libs.accounts.tables import AuditHeadRow, AuditRow
from libs.db.session import AnySession, WriteSession

PAGE = 500


class AuditRepository:
    """Rows of one store in, values out."""

    def __init__(self, dialect: str) -> None:
        self._insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
        self._row_locks = dialect == "postgresql"

    async def lock_head(self, session: WriteSession, organisation_id: str) -> tuple[int, str]:
        """The end of the chain, begun when there is none and locked until the transaction ends."""
        begin = self._insert(AuditHeadRow).values(organisation_id=organisation_id, seq=0, hash=GENESIS)
        await session.execute(begin.on_conflict_do_nothing())
        statement = select(AuditHeadRow.seq, AuditHeadRow.hash).where(
            AuditHeadRow.organisation_id == organisation_id
        )
        if self._row_locks:
            statement = statement.with_for_update()
        seq, head = (await session.execute(statement)).one()
        return seq, head

    async def add(self, session: WriteSession, entry: AuditEntry) -> None:
        """Appends the line and moves the end of the chain to it."""
        entry_hash = entry.hash()
        await session.execute(insert(AuditRow).values(**entry.model_dump(), hash=entry_hash))
        await session.execute(
            update(AuditHeadRow)
            .where(AuditHeadRow.organisation_id == entry.organisation_id)
            .values(seq=entry.seq, hash=entry_hash)
        )

    async def head(self, session: AnySession, organisation_id: str) -> tuple[int, str]:
        """The end of the chain; that of an empty one when nothing was recorded yet."""
        statement = select(AuditHeadRow.seq, AuditHeadRow.hash).where(
            AuditHeadRow.organisation_id == organisation_id
        )
        row = (await session.execute(statement)).one_or_none()
        return (row.seq, row.hash) if row else (0, GENESIS)

    async def entries(
        self, session: AnySession, organisation_id: str
    ) -> AsyncIterator[tuple[AuditEntry, str]]:
        """All lines of the organisation in order, each with the hash that was stored with it."""
        seq = 0
        while True:
            statement = (
                select(AuditRow)
                .where(AuditRow.organisation_id == organisation_id, AuditRow.seq > seq)
                .order_by(AuditRow.seq)
                .limit(PAGE)
                .execution_options(populate_existing=True)
            )
            rows = (await session.scalars(statement)).all()
            for row in rows:
                yield _entry(row), row.hash
            if len(rows) < PAGE:
                return
            seq = rows[-1].seq


def _entry(row: AuditRow) -> AuditEntry:
    return AuditEntry.model_validate({name: getattr(row, name) for name in AuditEntry.model_fields})

"""Every query on events and their streams."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from libs.core.values import Value
from libs.db.session import AnySession, WriteSession
from libs.events.models import Event
from libs.events.tables import EventRow, EventStreamRow


class Stream(Value):
    """The head of one run's story."""

    run_id: str
    organisation_id: str
    project_id: str
    decision_set_id: str
    last_seq: int
    closed: bool


class EventRepository:
    """Rows of one store in, values out."""

    def __init__(self, dialect: str) -> None:
        self._insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
        self._row_locks = dialect == "postgresql"

    async def open(self, session: WriteSession, stream: Stream) -> None:
        """Starts a story; one that is there already stays as it is."""
        statement = self._insert(EventStreamRow).values(**stream.to_json()).on_conflict_do_nothing()
        await session.execute(statement)

    async def find_stream(self, session: AnySession, run_id: str, *, lock: bool = False) -> Stream | None:
        """The head of the run's story; locked until the transaction ends when asked."""
        statement = select(EventStreamRow).where(EventStreamRow.run_id == run_id)
        if lock and self._row_locks:
            statement = statement.with_for_update()
        row = await session.scalar(statement.execution_options(populate_existing=True))
        if row is None:
            return None
        return Stream.model_validate({name: getattr(row, name) for name in Stream.model_fields})

    async def taken_keys(self, session: AnySession, run_id: str, keys: Sequence[str]) -> set[str]:
        """Those of the keys that the run has already."""
        statement = select(EventRow.key).where(EventRow.run_id == run_id, EventRow.key.in_(keys))
        return set(await session.scalars(statement))

    async def advance(self, session: WriteSession, run_id: str, count: int, *, close: bool) -> int:
        """Reserves so many numbers and returns the last one."""
        statement = (
            update(EventStreamRow)
            .where(EventStreamRow.run_id == run_id, EventStreamRow.closed.is_(False))
            .values(last_seq=EventStreamRow.last_seq + count, closed=close)
            .returning(EventStreamRow.last_seq)
            .execution_options(synchronize_session=False)
        )
        return int((await session.execute(statement)).scalar_one())

    async def add(self, session: WriteSession, rows: Sequence[dict[str, Any]]) -> None:
        """Inserts events under numbers that were reserved before."""
        await session.execute(insert(EventRow), rows)

    async def after(self, session: AnySession, run_id: str, seq: int, limit: int) -> list[Event]:
        """Events with a higher number, in order."""
        statement = (
            select(EventRow)
            .where(EventRow.run_id == run_id, EventRow.seq > seq)
            .order_by(EventRow.seq)
            .limit(limit)
        )
        return [_event(row) for row in await session.scalars(statement)]

    async def last(self, session: AnySession, run_id: str) -> Event | None:
        """The newest event of the run."""
        statement = select(EventRow).where(EventRow.run_id == run_id).order_by(EventRow.seq.desc()).limit(1)
        row = await session.scalar(statement)
        return _event(row) if row else None


def _event(row: EventRow) -> Event:
    return Event.model_validate({name: getattr(row, name) for name in Event.model_fields})

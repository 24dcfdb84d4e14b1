"""Every query on events and their streams."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.dialects import postgresql, sqlite

from libs.core.values import Value
from libs.db.session import AnySession, WriteSession
from libs.events import statements
from libs.events.models import Event, NewEvent
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

    async def find_stream(self, session: AnySession, run_id: str) -> Stream | None:
        """The head of the run's story."""
        row = (await session.execute(statements.find_stream(False), {"b_run": run_id})).one_or_none()
        return _stream(row) if row else None

    async def lock_stream(
        self, session: WriteSession, run_id: str, keys: Sequence[str]
    ) -> tuple[Stream, set[str]] | None:
        """The head of the run's story, locked until the transaction ends, and which of the keys it has already."""
        asked = {"b_run": run_id, "b_keys": list(keys)}
        if not self._row_locks:
            rows = (await session.execute(statements.STREAM_AND_TAKEN, asked)).all()
            return (_stream(rows[0]), {row.taken for row in rows}) if rows else None
        # Two statements: one that waits for a lock still sees the events as they were when it began.
        row = (await session.execute(statements.find_stream(True), {"b_run": run_id})).one_or_none()
        if row is None:
            return None
        return _stream(row), set((await session.execute(statements.TAKEN, asked)).scalars())

    async def add(
        self, session: WriteSession, run_id: str, events: Sequence[NewEvent], now: datetime, *, close: bool
    ) -> Stream | None:
        """Inserts events that the run does not have and returns the head after them; nothing in a closed story.

        Args:
            now: the date of events that carry none.
            close: whether they are the last.

        Raises:
            IntegrityError: the run has the key of one of them.
        """
        asked = {"b_run": run_id, "b_count": len(events), "b_close": close}
        values: list[dict[str, Any]] = [
            {"key": new.key, "type": new.type, "node": new.node, "at": new.at or now, "data": new.data}
            for new in events
        ]
        if self._row_locks:
            given = [{**value, "at": value["at"].isoformat()} for value in values]
            added = await session.execute(statements.ADVANCE_AND_ADD, {**asked, "b_events": given})
            row = added.one_or_none()
            return _stream(row) if row else None
        row = (await session.execute(statements.ADVANCE, asked)).one_or_none()
        if row is None:
            return None
        head = _stream(row)
        owner = head.model_dump(include={"run_id", "organisation_id", "project_id", "decision_set_id"})
        first = head.last_seq - len(values) + 1
        rows = [{**owner, **value, "seq": seq} for seq, value in enumerate(values, start=first)]
        await session.execute(statements.ADD, rows)
        return head

    async def reopen(self, session: WriteSession, run_id: str) -> bool:
        """Takes the end off a story; returns whether there is one."""
        return (await session.execute(statements.REOPEN, {"b_run": run_id})).one_or_none() is not None

    async def keys(self, session: AnySession, run_id: str, event_type: str) -> set[str]:
        """The keys of the run's events of one type."""
        query = select(EventRow.key).where(EventRow.run_id == run_id, EventRow.type == event_type)
        return set(await session.scalars(query))

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


def _stream(row: Row[*tuple[Any, ...]]) -> Stream:
    return Stream.model_validate({name: getattr(row, name) for name in Stream.model_fields})


def _event(row: EventRow) -> Event:
    return Event.model_validate({name: getattr(row, name) for name in Event.model_fields})

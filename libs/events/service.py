"""The event log: the append-only, numbered story of each run, and the feed that follows it."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from time import monotonic

from libs.core.clock import Clock
from libs.core.errors import Invalid
from libs.core.principal import Principal
from libs.db.engine import Database
from libs.db.session import AnySession, WriteSession
from libs.events.errors import CursorAhead, RunClosed, RunNotFound
from libs.events.models import Event, EventType, NewEvent
from libs.events.repository import EventRepository, Stream
from libs.events.wakeup import Wakeup

PAGE = 200
LAST = "run-complete"


def run_channel(run_id: str) -> str:
    """Wake-up channel of those who follow the run."""
    return f"run:{run_id}"


class EventLog:
    """The stories of all runs over one database."""

    def __init__(self, db: Database, clock: Clock, wakeup: Wakeup) -> None:
        """
        Args:
            db: the database, which is the truth; signals only shorten the wait.
            clock: dates the events.
            wakeup: tells followers of new events.
        """
        self._db = db
        self._clock = clock
        self._wakeup = wakeup
        self._events = EventRepository(db.dialect)

    async def open(
        self,
        session: WriteSession,
        run_id: str,
        organisation_id: str,
        project_id: str,
        decision_set_id: str,
    ) -> None:
        """Starts the story of a run in the caller's transaction; doing so again changes nothing."""
        stream = Stream(
            run_id=run_id,
            organisation_id=organisation_id,
            project_id=project_id,
            decision_set_id=decision_set_id,
            last_seq=0,
            closed=False,
        )
        await self._events.open(session, stream)

    async def append(self, session: WriteSession, run_id: str, events: Sequence[NewEvent]) -> list[Event]:
        """Adds events in the caller's transaction, numbered without gaps.

        Appenders of the same run wait for each other until their transactions end, so keep those short.

        Args:
            session: the caller's transaction.
            run_id: the run.
            events: an event whose key the run has already is skipped, so a repeated node tells nothing twice.

        Returns:
            The events that were added.

        Raises:
            RunNotFound: the story was never opened.
            RunClosed: a new event after `run-complete`.
            Invalid: something follows `run-complete` in the same call.
        """
        found = await self._events.lock_stream(session, run_id, [event.key for event in events])
        if found is None:
            raise RunNotFound(run_id=run_id)
        stream, taken = found
        fresh = list({event.key: event for event in reversed(events) if event.key not in taken}.values())[
            ::-1
        ]
        if not fresh:
            return []
        if stream.closed:
            raise RunClosed(run_id=run_id, keys=[event.key for event in fresh])
        return await self.append_fresh(session, run_id, fresh)

    async def append_fresh(
        self, session: WriteSession, run_id: str, events: Sequence[NewEvent]
    ) -> list[Event]:
        """`append` for events of which the caller knows that the run has none; it costs half as much.

        Raises:
            RunNotFound: the story was never opened.
            RunClosed: after `run-complete`.
            Invalid: something follows `run-complete` in the same call.
            IntegrityError: the run has the key of one of the events.
        """
        if any(event.type == LAST for event in events[:-1]):
            raise Invalid("Nothing may follow run-complete.")
        now = self._clock.now()
        head = await self._events.add(session, run_id, events, now, close=events[-1].type == LAST)
        if head is None:
            if await self._events.find_stream(session, run_id) is None:
                raise RunNotFound(run_id=run_id)
            raise RunClosed(run_id=run_id, keys=[event.key for event in events])
        await self._wakeup.notify(session, run_channel(run_id))
        return [
            Event(
                seq=seq,
                type=event.type,
                run_id=run_id,
                decision_set_id=head.decision_set_id,
                node=event.node,
                at=event.at or now,
                data=event.data,
            )
            for seq, event in enumerate(events, start=head.last_seq - len(events) + 1)
        ]

    async def reopen(self, session: WriteSession, run_id: str, event: NewEvent) -> Event:
        """Goes on with a complete story: the event follows `run-complete`, and others may follow it.

        Who followed to the end is not told; who comes back with the last number gets what came since.

        Args:
            session: the caller's transaction.
            run_id: the run.
            event: why the story goes on; the run must not have its key.

        Raises:
            RunNotFound: the story was never opened.
        """
        if not await self._events.reopen(session, run_id):
            raise RunNotFound(run_id=run_id)
        return (await self.append_fresh(session, run_id, [event]))[0]

    async def read(self, principal: Principal | None, run_id: str, after: int, limit: int) -> list[Event]:
        """Events numbered above `after`, in order.

        Args:
            principal: who asks; None for the system itself.
            run_id: the run.
            after: the last number seen; 0 for none.
            limit: at most so many.

        Raises:
            RunNotFound: no such run, or none in the principal's organisation.
        """
        async with self._db.read() as session:
            await self._stream(session, principal, run_id)
            return await self._events.after(session, run_id, after, limit)

    async def latest_seq(self, principal: Principal | None, run_id: str) -> int:
        """The newest number of the run; 0 before the first event.

        Raises:
            RunNotFound: no such run, or none in the principal's organisation.
        """
        async with self._db.read() as session:
            return (await self._stream(session, principal, run_id)).last_seq

    async def keys(self, session: AnySession, run_id: str, event_type: EventType) -> set[str]:
        """The keys of the run's events of one type."""
        return await self._events.keys(session, run_id, event_type)

    async def last(self, session: AnySession, run_id: str) -> Event | None:
        """The newest event of the run, for reports on what it did last."""
        return await self._events.last(session, run_id)

    async def follow(
        self, principal: Principal | None, run_id: str, after: int, *, heartbeat_s: float
    ) -> AsyncIterator[Event | None]:
        """Replays what was missed, then follows; ends by itself after the last `run-complete`.

        Args:
            principal: who asks; None for the system itself.
            run_id: the run.
            after: the last number seen; 0 for none.
            heartbeat_s: longest silence.

        Yields:
            Events in order, each once; None when nothing happened for `heartbeat_s`.

        Raises:
            RunNotFound: no such run, or none in the principal's organisation.
            CursorAhead: `after` was never given out.
        """
        if after > (latest := await self.latest_seq(principal, run_id)):
            raise CursorAhead(run_id=run_id, after=after, latest=latest)
        with self._wakeup.listen(run_channel(run_id)) as ear:
            spoke_at = monotonic()
            while True:
                # A client that leaves in the middle must not tear the connection away from a read under way.
                events, complete = await asyncio.shield(self._page(principal, run_id, after))
                for event in events:
                    yield event
                    after = event.seq
                    spoke_at = monotonic()
                if complete:
                    return
                if events:
                    continue
                remaining = spoke_at + heartbeat_s - monotonic()
                if remaining <= 0:
                    yield None
                    spoke_at = monotonic()
                else:
                    await ear.wait(remaining)

    async def _page(self, principal: Principal | None, run_id: str, after: int) -> tuple[list[Event], bool]:
        async with self._db.read() as session:
            stream = await self._stream(session, principal, run_id)
            events = await self._events.after(session, run_id, after, PAGE)
        reached = events[-1].seq if events else after
        return events, stream.closed and reached >= stream.last_seq

    async def _stream(self, session: AnySession, principal: Principal | None, run_id: str) -> Stream:
        stream = await self._events.find_stream(session, run_id)
        if stream is None or (principal and principal.organisation_id != stream.organisation_id):
            raise RunNotFound(run_id=run_id)
        return stream

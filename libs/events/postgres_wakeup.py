"""The wake-up signal over LISTEN/NOTIFY: one listening connection a process, which reconnects."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import structlog
from sqlalchemy import URL, bindparam, func, select

from libs.db.session import WriteSession
from libs.events.wakeup import Ear, Ears

CHANNEL = "agentic_mlops"
"""All signals share one PostgreSQL channel; the payload names ours."""

# Built once: building it in Python costs as much as running it.
NOTIFY = select(func.pg_notify(CHANNEL, bindparam("b_channel")))

log = structlog.get_logger()


class PostgresWakeup:
    """Signals to every process that uses the same database."""

    def __init__(self, url: URL, *, poll_s: float = 5.0, reconnect_s: float = 0.5) -> None:
        """
        Args:
            url: the database.
            poll_s: how long a waiter trusts the connection before it looks again by itself.
            reconnect_s: pause between attempts, and the poll time of waiters while there is no connection.
        """
        self._conninfo = url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._poll_s = poll_s
        self._reconnect_s = reconnect_s
        self._ears = Ears()
        self._connected = False
        self._listener: asyncio.Task[None] | None = None

    async def notify(self, session: WriteSession, channel: str) -> None:
        await session.execute(NOTIFY, {"b_channel": channel})

    @contextmanager
    def listen(self, channel: str) -> Iterator[Ear]:
        if self._listener is None:
            self._listener = asyncio.get_running_loop().create_task(self._listen_forever())
        poll_s = self._poll_s if self._connected else self._reconnect_s
        with self._ears.listening(channel, poll_s) as ear:
            yield ear

    async def close(self) -> None:
        if self._listener is not None:
            self._listener.cancel()
            await asyncio.gather(self._listener, return_exceptions=True)
            self._listener = None
        self._ears.tell_all()

    async def _listen_forever(self) -> None:
        while True:
            try:
                await self._listen_once()
            except (psycopg.Error, OSError) as error:
                log.warning("wakeup.connection_lost", error=str(error))
            self._connected = False
            self._ears.set_poll(self._reconnect_s)
            await asyncio.sleep(self._reconnect_s)

    async def _listen_once(self) -> None:
        connection = await psycopg.AsyncConnection.connect(
            self._conninfo, autocommit=True, connect_timeout=10
        )
        async with connection:
            await connection.execute(f"LISTEN {CHANNEL}")
            self._connected = True
            self._ears.set_poll(self._poll_s)
            # Whatever was signalled while nobody listened is made up for by one look of everybody.
            self._ears.tell_all()
            async for notification in connection.notifies():
                self._ears.tell(notification.payload)

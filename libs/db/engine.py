"""One database, SQLite or PostgreSQL, as reading and writing transactions.

SQLite: every writing transaction is BEGIN IMMEDIATE, since a transaction that reads first and writes later
fails with "database is locked" as soon as two of them meet. One connection writes, so writers of a process
queue fairly in front of it instead of polling for the lock; readers have connections of their own that
refuse writes. Between BEGIN and COMMIT the writer stays on the loop's thread (see `loop_connection`); a reader
may have much to read, so it has a thread. `synchronous=NORMAL` with a write-ahead log keeps every commit when
the process is killed. A power cut may undo the last moments, as a whole and consistently; who cannot accept
that runs PostgreSQL. Its own `lower` folds nothing but ASCII, so that of Python stands in for it.

PostgreSQL: a session that stays idle inside a transaction, such as that of a suspended process, is ended by
the server, so that its row locks do not outlive its lease for long. A connection that was idle for some
seconds is asked whether it still lives before it is used. One that was in use a moment ago is not, since asking
costs as much as a statement: a restart of the server in that moment fails one transaction, and the pool then
replaces all its connections.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import URL, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

from libs.core.errors import Invalid
from libs.db.errors import DatabaseUnavailable, translated
from libs.db.filesystem import refuse_network_filesystem
from libs.db.idle_ping import ping_after_idling
from libs.db.loop_connection import connect
from libs.db.session import ReadSession, WriteSession

SQLITE_BUSY_SECONDS = 30
SQLITE_READERS = 8
POSTGRES_POOL = 10
CONNECT_SECONDS = 10
IDLE_IN_TRANSACTION_SECONDS = 30
STATEMENT_SECONDS = 60
IDLE_BEFORE_PING_SECONDS = 5

ONLY_THESE = "The database must be SQLite in a file or PostgreSQL."
SET_URL = "Set AGENTIC_MLOPS_DATABASE_URL to sqlite:///FILE or postgresql://USER@HOST/DATABASE."


class Database:
    """The door to one database; it belongs to the event loop in which it is used."""

    def __init__(self, url: str) -> None:
        """
        Args:
            url: an SQLAlchemy URL; `sqlite:///file` and `postgresql://…` get their asynchronous drivers.

        Raises:
            Invalid: neither SQLite in a file nor PostgreSQL.
            UnsupportedFilesystem: SQLite on a network filesystem.
            DatabaseUnavailable: the folder of an SQLite file cannot be made.
        """
        self.url = asynchronous_url(url)
        self.dialect: Literal["sqlite", "postgresql"]
        if self.url.get_backend_name() == "sqlite":
            self.dialect = "sqlite"
            self._writer, self._reader = _sqlite_engines(self.url)
        else:
            self.dialect = "postgresql"
            self._writer, self._reader = _postgres_engines(self.url)

    @asynccontextmanager
    async def write(self) -> AsyncIterator[WriteSession]:
        """One writing transaction: committed at the end of the block, rolled back when it raises.

        Raises:
            DatabaseUnavailable: no answer, no space, or no turn in time; nothing was stored.
        """
        with translated():
            async with WriteSession(self._writer, expire_on_commit=False) as session:
                async with session.begin():
                    yield session
                session.committed()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[ReadSession]:
        """One reading transaction.

        Raises:
            DatabaseUnavailable: no answer.
        """
        with translated():
            async with ReadSession(self._reader, expire_on_commit=False) as session:
                yield session

    async def close(self) -> None:
        """Closes all connections."""
        await self._writer.dispose()
        await self._reader.dispose()


def asynchronous_url(url: str) -> URL:
    """The URL with the driver that the product uses.

    Raises:
        Invalid: neither SQLite in a file nor PostgreSQL.
    """
    try:
        parsed = make_url(url.replace("postgres://", "postgresql://", 1))
    except ArgumentError as error:
        raise Invalid(ONLY_THESE, advice=SET_URL) from error
    match parsed.get_backend_name():
        case "sqlite" if parsed.database and parsed.database != ":memory:":
            return parsed.set(drivername="sqlite+aiosqlite")
        case "postgresql":
            return parsed.set(drivername="postgresql+psycopg")
        case _:
            raise Invalid(ONLY_THESE, advice=SET_URL)


def prepare_sqlite_folder(url: URL) -> None:
    """Makes the folder of an SQLite file and refuses one that SQLite cannot live in."""
    folder = Path(str(url.database)).absolute().parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseUnavailable(
            f"The folder of the database cannot be made: {error}.",
            advice="Set AGENTIC_MLOPS_HOME to a folder that can be written.",
        ) from error
    refuse_network_filesystem(folder)


def _sqlite_engines(url: URL) -> tuple[AsyncEngine, AsyncEngine]:
    prepare_sqlite_folder(url)
    on_loop = {"async_creator_fn": connect}
    writer = _sqlite_engine(url, on_loop, pool_size=1, begin="BEGIN IMMEDIATE", query_only=False)
    return writer, _sqlite_engine(url, {}, pool_size=SQLITE_READERS, begin="BEGIN", query_only=True)


def _sqlite_engine(
    url: URL, connect_args: dict[str, Any], *, pool_size: int, begin: str, query_only: bool
) -> AsyncEngine:
    engine = create_async_engine(
        url,
        poolclass=AsyncAdaptedQueuePool,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=SQLITE_BUSY_SECONDS,
        connect_args={"timeout": SQLITE_BUSY_SECONDS, **connect_args},
    )

    @event.listens_for(engine.sync_engine, "connect")
    def _connected(connection: Any, _record: Any) -> None:
        # The driver's own transaction control would turn BEGIN IMMEDIATE into an error.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={SQLITE_BUSY_SECONDS * 1000}")
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA journal_size_limit=67108864")
        if query_only:
            cursor.execute("PRAGMA query_only=ON")
        cursor.close()
        connection.create_function("lower", 1, _lower, deterministic=True)

    @event.listens_for(engine.sync_engine, "begin")
    def _began(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _lower(text: Any) -> Any:
    return text.lower() if isinstance(text, str) else text


def _postgres_engines(url: URL) -> tuple[AsyncEngine, AsyncEngine]:
    engine = create_async_engine(
        url,
        pool_size=POSTGRES_POOL,
        max_overflow=POSTGRES_POOL,
        connect_args={
            "connect_timeout": CONNECT_SECONDS,
            "options": (
                f"-c idle_in_transaction_session_timeout={IDLE_IN_TRANSACTION_SECONDS}s"
                f" -c statement_timeout={STATEMENT_SECONDS}s -c timezone=UTC"
            ),
        },
    )
    ping_after_idling(engine, IDLE_BEFORE_PING_SECONDS)
    return engine, engine.execution_options(postgresql_readonly=True)

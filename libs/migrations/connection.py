"""One synchronous connection that migrates: exclusive, and with the store's own peculiarities settled."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, NullPool, create_engine, event, text

from libs.db.engine import SQLITE_BUSY_SECONDS, asynchronous_url, prepare_sqlite_folder
from libs.db.errors import translated

MIGRATION_LOCK = 4_867_113_502
"""Key of the advisory lock under which processes migrate one after the other."""


@contextmanager
def migrating(url: str) -> Iterator[Connection]:
    """A connection on which nobody else migrates at the same time.

    Raises:
        DatabaseUnavailable: no answer.
    """
    engine = _engine(url)
    try:
        with translated(), engine.connect() as connection:
            if engine.dialect.name == "postgresql":
                # Held by the session, so that it outlives the transactions inside.
                connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": MIGRATION_LOCK})
                connection.commit()
            yield connection
    finally:
        engine.dispose()


def _engine(url: str) -> Engine:
    parsed = asynchronous_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(parsed, poolclass=NullPool, connect_args={"connect_timeout": 10})
    prepare_sqlite_folder(parsed)
    engine = create_engine(
        parsed.set(drivername="sqlite"), poolclass=NullPool, connect_args={"timeout": SQLITE_BUSY_SECONDS}
    )

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode=WAL")
        # A table that is rebuilt is dropped for a moment; its references must not be followed then.
        connection.execute("PRAGMA foreign_keys=OFF")

    @event.listens_for(engine, "begin")
    def _began(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine

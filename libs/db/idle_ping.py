"""Asks pooled connections whether they still live, but only those that were idle for a while."""

from time import monotonic
from typing import Any

from sqlalchemy import event
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.ext.asyncio import AsyncEngine

SINCE = "idle_since"


def ping_after_idling(engine: AsyncEngine, seconds: float) -> None:
    """Replaces dead connections when one that was idle for so long turns out to be dead.

    Args:
        engine: whose pool.
        seconds: a connection that was returned more recently is handed out unasked.
    """
    dialect = engine.dialect

    @event.listens_for(engine.sync_engine, "checkin")
    def _returned(_connection: Any, record: Any) -> None:
        record.info[SINCE] = monotonic()

    @event.listens_for(engine.sync_engine, "checkout")
    def _handed_out(connection: Any, record: Any, _proxy: Any) -> None:
        since = record.info.pop(SINCE, None)
        if since is None or monotonic() - since < seconds:
            return
        try:
            dialect.do_ping(connection)
        except dialect.loaded_dbapi.Error as error:
            if not dialect.is_disconnect(error, connection, None):
                raise
            # The pool makes a new connection for this caller and drops those that are older than this moment.
            raise InvalidatePoolError from error

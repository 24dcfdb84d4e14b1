"""Features in a table of Aurora PostgreSQL."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Self

from ..aws.postgres import Database
from .store import FeatureRow, decoded, encoded

if TYPE_CHECKING:
    from psycopg import Connection

_CREATE = """
CREATE TABLE IF NOT EXISTS online_features (
    entity_id text PRIMARY KEY,
    features text NOT NULL,
    written_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX IF NOT EXISTS online_features_written_at ON online_features (written_at)
"""
_PUT = """
INSERT INTO online_features (entity_id, features) VALUES (%s, %s)
ON CONFLICT (entity_id) DO UPDATE SET features = EXCLUDED.features, written_at = now()
"""
_END = "DELETE FROM online_features WHERE written_at < now() - make_interval(days => %s)"
_GET = "SELECT entity_id, features FROM online_features WHERE entity_id = ANY(%s)"


class PostgresFeatures:
    """The table `online_features`; each thread that reads keeps a connection of its own."""

    VARIABLES: ClassVar[tuple[str, ...]] = (
        "FEATURES_DATABASE_HOST",
        "FEATURES_DATABASE_NAME",
        "FEATURES_DATABASE_SECRET_ARN",
    )

    def __init__(self, connect: Callable[[], Connection[Any]], *, retention_days: int = 0) -> None:
        """
        Args:
            connect: opens a connection.
            retention_days: after its last write a row is deleted, at the next write; 0 keeps it.
        """
        self._connect = connect
        self._retention_days = retention_days
        self._mine = threading.local()

    @classmethod
    def from_environment(cls, variables: Mapping[str, str]) -> Self:
        """The database that the variables name; `FEATURES_RETENTION_DAYS` may be set."""
        days = int(variables.get("FEATURES_RETENTION_DAYS") or 0)
        database = Database.from_environment(variables, "FEATURES_", statement_timeout_s=30)
        return cls(database.connect, retention_days=days)

    def get(self, ids: Sequence[str]) -> dict[str, FeatureRow]:
        """The rows of the entities that are known."""
        import psycopg

        try:
            rows = self._reader().execute(_GET, (list(ids),)).fetchall()
        except psycopg.OperationalError:
            # The server has closed the connection, at a failover for instance: once anew.
            self._mine.connection = None
            rows = self._reader().execute(_GET, (list(ids),)).fetchall()
        return {name: decoded(text) for name, text in rows}

    def put(self, rows: Mapping[str, FeatureRow]) -> None:
        """Replaces the rows of these entities, all or none, and deletes what is no longer kept."""
        # In one order, so that two writers cannot wait for each other.
        values = [(name, encoded(rows[name])) for name in sorted(rows)]
        with self._connect() as connection:
            connection.execute("SELECT pg_advisory_xact_lock(hashtext('online_features'))")
            connection.execute(_CREATE)
            connection.cursor().executemany(_PUT, values)
            if self._retention_days:
                connection.execute(_END, (self._retention_days,))

    def _reader(self) -> Connection[Any]:
        connection: Connection[Any] | None = getattr(self._mine, "connection", None)
        if connection is None:
            connection = self._connect()
            connection.autocommit = True
            self._mine.connection = connection
        return connection

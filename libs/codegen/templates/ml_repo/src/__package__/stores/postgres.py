"""Rows in PostgreSQL: each write is one transaction, and the rows go in by COPY."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self

from ..aws.postgres import Database
from .records import RUN_COLUMN, ColumnType, Records, cells, column_types

if TYPE_CHECKING:
    from psycopg import Connection

_TYPES: dict[ColumnType, str] = {
    "number": "double precision",
    "integer": "bigint",
    "boolean": "boolean",
    "moment": "timestamptz",
    "text": "text",
}


_WRITTEN = "written_at"
"""When a row of a run came; tables that are replaced as a whole need none."""


class PostgresStore:
    """Tables of the same names as the records; columns that are new to a table are added to it.

    What runs add is deleted after its retention time by later runs, in one transaction with their
    own rows.
    """

    VARIABLES: ClassVar[tuple[str, ...]] = ("DATABASE_HOST", "DATABASE_NAME", "DATABASE_SECRET_ARN")

    def __init__(self, connect: Callable[[], Connection[Any]], days: int | None = None) -> None:
        """
        Args:
            connect: opens a connection that is used for one write.
            days: how long the rows of a run are kept; None: for ever.
        """
        self._connect = connect
        self._days = days

    @classmethod
    def from_environment(cls, variables: Mapping[str, str]) -> Self:
        """The database that the variables name; `RECORDS_RETENTION_DAYS` may be set."""
        days = int(variables.get("RECORDS_RETENTION_DAYS") or 0)
        return cls(Database.from_environment(variables).connect, days or None)

    def write(self, records: Records) -> None:
        """Replaces the rows; a failure leaves the table as it was."""
        from psycopg import sql

        table = sql.Identifier(records.table)
        with self._connect() as connection:
            # Runs that overlap wait for each other here, and not in the middle of their rows.
            connection.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", (records.table,))
            self._make_room(connection, records)
            if records.run:
                run = sql.Identifier(RUN_COLUMN)
                delete = sql.SQL("DELETE FROM {} WHERE {} = %s").format(table, run)
                connection.execute(delete, (records.run,))
                if self._days is not None:
                    old = sql.SQL("DELETE FROM {} WHERE {} < now() - make_interval(days => %s)")
                    expire = old.format(table, sql.Identifier(_WRITTEN))
                    connection.execute(expire, (self._days,))
            else:
                connection.execute(sql.SQL("DELETE FROM {}").format(table))
            names = sql.SQL(", ").join(sql.Identifier(str(name)) for name in records.rows.columns)
            statement = sql.SQL("COPY {} ({}) FROM STDIN").format(table, names)
            with connection.cursor().copy(statement) as copy:
                for row in cells(records.rows):
                    copy.write_row([_storable(cell) for cell in row])

    @staticmethod
    def _make_room(connection: Connection[Any], records: Records) -> None:
        from psycopg import sql

        table = sql.Identifier(records.table)
        connection.execute(sql.SQL("CREATE TABLE IF NOT EXISTS {} ()").format(table))
        for name, kind in column_types(records.rows).items():
            statement = sql.SQL("ALTER TABLE {} ADD COLUMN IF NOT EXISTS {} {}")
            connection.execute(statement.format(table, sql.Identifier(name), sql.SQL(_TYPES[kind])))
        if records.run:
            written = (
                "ALTER TABLE {} ADD COLUMN IF NOT EXISTS {} timestamptz NOT NULL DEFAULT now()"
            )
            connection.execute(sql.SQL(written).format(table, sql.Identifier(_WRITTEN)))
            index = sql.Identifier(f"{records.table}_{RUN_COLUMN}")
            statement = sql.SQL("CREATE INDEX IF NOT EXISTS {} ON {} ({})")
            connection.execute(statement.format(index, table, sql.Identifier(RUN_COLUMN)))


def _storable(cell: object) -> object:
    # PostgreSQL has no zero byte in text; one such cell must not cost the whole run.
    return cell.replace("\x00", "") if isinstance(cell, str) else cell

"""A database of its own on the PostgreSQL server that the command names."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import psycopg
from psycopg import sql

from libs.core.errors import Unavailable
from libs.core.ids import new_id
from libs.db.engine import asynchronous_url

NOT_GIVEN = "no PostgreSQL; name a server on which databases may be made with --postgres URL"


@asynccontextmanager
async def temporary_database(server_url: str) -> AsyncIterator[str]:
    """An empty database; it is dropped at the end, whoever is still connected.

    Args:
        server_url: any database of the server, as a user who may create databases.

    Yields:
        The URL of the new database, `postgresql://…`.

    Raises:
        Unavailable: the server does not answer or refuses a new database.
    """
    url = asynchronous_url(server_url).set(drivername="postgresql")
    conninfo = url.render_as_string(hide_password=False)
    name = new_id("bench").lower()
    await _execute(conninfo, sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    try:
        yield url.set(database=name).render_as_string(hide_password=False)
    finally:
        await _execute(conninfo, sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


async def _execute(conninfo: str, statement: sql.Composed) -> None:
    try:
        async with await psycopg.AsyncConnection.connect(conninfo, autocommit=True) as connection:
            await connection.execute(statement)
    except psycopg.Error as error:
        raise Unavailable(
            f"PostgreSQL refuses: {str(error).strip()}",
            advice="Give --postgres the URL of a server that runs, and of a user who may create databases.",
        ) from error

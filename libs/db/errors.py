"""What can go wrong with the database, and the one translation of driver errors into it."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from libs.core.errors import Invalid, Unavailable

RETRY = "Nothing of this request was stored; try again in a moment."
FREE_SPACE = "Nothing of this request was stored; free disk space, then try again."
MIGRATE = "Run `agentic-mlops migrate`, then start again."
RESTORE = "Stop the product and restore the database from a backup."


class DatabaseUnavailable(Unavailable):
    """The database does not answer."""

    code = "db.unavailable"


class DatabaseBusy(DatabaseUnavailable):
    """The database is busy with other writers."""

    code = "db.busy"


class DatabaseFull(DatabaseUnavailable):
    """The database has no disk space left."""

    code = "db.full"


class DatabaseDamaged(DatabaseUnavailable):
    """The database file is damaged or is not a database."""

    code = "db.damaged"


class SchemaOutdated(Unavailable):
    """The database lacks tables or columns of this version."""

    code = "db.schema_outdated"


class UnsupportedFilesystem(Invalid):
    """SQLite cannot live on a network filesystem."""

    code = "db.unsupported_filesystem"


@contextmanager
def translated() -> Iterator[None]:
    """Turns driver errors that an operator can mend into ours; programming errors pass unchanged."""
    try:
        yield
    except PoolTimeout as error:
        raise DatabaseBusy(advice=RETRY) from error
    except DBAPIError as error:
        if (mended := _mended(error)) is not None:
            raise mended from error
        raise


@contextmanager
def translated_driver() -> Iterator[None]:
    """The same for what speaks to a driver itself, such as the savers of LangGraph."""
    try:
        yield
    except sqlite3.Error as error:
        if (mended := _from_sqlite(error)) is not None:
            raise mended from error
        raise
    except psycopg.errors.DiskFull as error:
        raise DatabaseFull(advice=FREE_SPACE) from error
    except (psycopg.OperationalError, psycopg.InterfaceError) as error:
        raise DatabaseUnavailable(advice=RETRY) from error


def _mended(error: DBAPIError) -> Unavailable | None:
    cause = error.orig
    if isinstance(cause, sqlite3.Error):
        return _from_sqlite(cause)
    if isinstance(cause, psycopg.errors.UndefinedTable | psycopg.errors.UndefinedColumn):
        return SchemaOutdated(advice=MIGRATE)
    if isinstance(cause, psycopg.errors.DiskFull):
        return DatabaseFull(advice=FREE_SPACE)
    if error.connection_invalidated or isinstance(error, OperationalError | InterfaceError):
        return DatabaseUnavailable(advice=RETRY)
    return None


def _from_sqlite(cause: sqlite3.Error) -> Unavailable | None:
    # Extended codes carry the primary one in their low byte. A driver error without a code says so in words.
    code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
    text = str(cause)
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return DatabaseBusy(advice=RETRY)
    if code == sqlite3.SQLITE_FULL:
        return DatabaseFull(advice=FREE_SPACE)
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return DatabaseDamaged(advice=RESTORE)
    if code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
        return DatabaseUnavailable(f"The database file cannot be used: {text}.", advice=RETRY)
    if "no such table" in text or "no such column" in text or "has no column" in text:
        return SchemaOutdated(advice=MIGRATE)
    return None

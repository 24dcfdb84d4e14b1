"""Which thread an SQLite connection works on, and that the two never work at once."""

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from libs.db.loop_connection import LoopConnection, connect


@pytest.fixture
async def connection(tmp_path: Path) -> AsyncIterator[LoopConnection]:
    """A connection to a file with a table `t`, and a function `thread()` that tells where it runs."""
    async with connect(str(tmp_path / "a.sqlite"), isolation_level=None, timeout=5) as opened:
        await opened.execute("PRAGMA journal_mode=WAL")
        await opened.execute("CREATE TABLE t (n INTEGER)")
        await opened.create_function("thread", 0, threading.get_ident)
        yield opened


async def _thread(connection: LoopConnection) -> int:
    async with connection.execute("SELECT thread()") as cursor:
        row = await cursor.fetchone()
    assert row is not None
    return int(row[0])


class TestLoopConnection:
    async def test_a_statement_inside_a_transaction_runs_on_the_loops_thread(
        self, connection: LoopConnection
    ) -> None:
        await connection.execute("BEGIN IMMEDIATE")
        assert await _thread(connection) == threading.get_ident()
        await connection.commit()

    async def test_a_statement_outside_a_transaction_runs_on_the_connections_thread(
        self, connection: LoopConnection
    ) -> None:
        assert await _thread(connection) != threading.get_ident()

    async def test_a_begin_that_waits_for_another_writer_leaves_the_loop_free(
        self, connection: LoopConnection, tmp_path: Path
    ) -> None:
        other = sqlite3.connect(tmp_path / "a.sqlite", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        waiting = asyncio.ensure_future(_begin(connection))
        await asyncio.sleep(0.1)
        assert not waiting.done()
        other.rollback()
        other.close()
        await waiting
        await connection.rollback()

    async def test_what_follows_a_cancelled_begin_waits_for_it_without_blocking_the_loop(
        self, connection: LoopConnection, tmp_path: Path
    ) -> None:
        other = sqlite3.connect(tmp_path / "a.sqlite", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        begin = asyncio.ensure_future(_begin(connection))
        await asyncio.sleep(0.05)
        begin.cancel()
        rollback = asyncio.ensure_future(connection.rollback())
        await asyncio.sleep(0.05)
        assert not rollback.done()
        other.rollback()
        other.close()
        await rollback
        assert not connection.in_transaction

    async def test_a_rolled_back_transaction_leaves_nothing_and_a_committed_one_stays(
        self, connection: LoopConnection
    ) -> None:
        for end in (connection.rollback, connection.commit):
            await connection.execute("BEGIN IMMEDIATE")
            await connection.execute("INSERT INTO t VALUES (1)")
            await end()
        assert await connection.execute_fetchall("SELECT count(*) FROM t") == [(1,)]

    async def test_an_error_inside_a_transaction_is_the_drivers_own(self, connection: LoopConnection) -> None:
        await connection.execute("BEGIN IMMEDIATE")
        with pytest.raises(sqlite3.OperationalError, match="no such table"):
            await connection.execute("SELECT * FROM missing")
        await connection.rollback()

    async def test_a_closed_connection_refuses_statements(self, connection: LoopConnection) -> None:
        await connection.close()
        with pytest.raises(ValueError, match="connection"):
            await connection.execute("SELECT 1")


async def _begin(connection: LoopConnection) -> None:
    await connection.execute("BEGIN IMMEDIATE")

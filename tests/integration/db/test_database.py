"""Transactions over both stores, and what is said when a store fails."""

import asyncio
import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select, text
from sqlalchemy.exc import DBAPIError

from libs.db.engine import Database
from libs.db.errors import DatabaseDamaged, DatabaseFull, DatabaseUnavailable, SchemaOutdated
from libs.events.tables import EventStreamRow
from tests.support.postgres import PostgresServer


async def add(db: Database, run_id: str, *, pause_s: float = 0.0) -> None:
    async with db.write() as session:
        values = {"organisation_id": "o", "project_id": "p", "decision_set_id": "d", "last_seq": 0}
        await session.execute(insert(EventStreamRow).values(run_id=run_id, closed=False, **values))
        await asyncio.sleep(pause_s)


async def count(db: Database) -> int:
    async with db.read() as session:
        return await session.scalar(select(func.count()).select_from(EventStreamRow)) or 0


class TestTransactions:
    async def test_a_block_that_raises_stores_nothing(self, database: Database) -> None:
        with pytest.raises(ZeroDivisionError):  # noqa: PT012
            async with database.write() as session:
                await session.execute(text("DELETE FROM organisations"))
                raise ZeroDivisionError
        async with database.read() as session:
            assert await session.scalar(text("SELECT count(*) FROM organisations")) == 1

    async def test_a_reading_session_cannot_write(self, database: Database) -> None:
        with pytest.raises((DBAPIError, DatabaseUnavailable)):
            async with database.read() as session:
                await session.execute(text("DELETE FROM organisations"))

    async def test_callbacks_run_after_the_commit_and_only_then(self, database: Database) -> None:
        heard: list[str] = []
        async with database.write() as session:
            session.on_commit(lambda: heard.append("committed"))
            assert heard == []
        with pytest.raises(ZeroDivisionError):  # noqa: PT012
            async with database.write() as session:
                session.on_commit(lambda: heard.append("rolled back"))
                raise ZeroDivisionError
        assert heard == ["committed"]

    async def test_read_then_write_transactions_that_meet_all_succeed(self, database_url: str) -> None:
        databases = [Database(database_url) for _ in range(6)]

        async def read_then_write(db: Database, number: int) -> None:
            async with db.write() as session:
                await session.scalar(select(func.count()).select_from(EventStreamRow))
                await session.execute(
                    insert(EventStreamRow).values(
                        run_id=f"run_{number}",
                        organisation_id="o",
                        project_id="p",
                        decision_set_id="d",
                        last_seq=0,
                        closed=False,
                    )
                )

        await asyncio.gather(*(read_then_write(databases[n % 6], n) for n in range(150)))
        assert await count(databases[0]) == 150
        for db in databases:
            await db.close()

    async def test_tasks_cancelled_at_any_moment_leave_a_usable_database(self, database: Database) -> None:
        chance = random.Random(7)
        for number in range(40):
            task = asyncio.create_task(add(database, f"run_{number}", pause_s=0.002))
            await asyncio.sleep(chance.uniform(0, 0.012))
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        before = await count(database)
        async with asyncio.timeout(10):
            await add(database, "run_last")
        assert await count(database) == before + 1


class TestSqliteFailures:
    async def test_a_missing_schema_says_how_to_make_it(self, tmp_path: Path) -> None:
        db = Database(f"sqlite:///{tmp_path / 'empty.sqlite'}")
        with pytest.raises(SchemaOutdated) as caught:
            await count(db)
        assert "agentic-mlops migrate" in caught.value.advice
        await db.close()

    async def test_a_full_disk_stores_nothing_and_says_so(self, sqlite_url: str) -> None:
        db = Database(sqlite_url)
        async with db.write() as session:
            pages = await session.scalar(text("PRAGMA page_count"))
            await session.execute(text(f"PRAGMA max_page_count={pages}"))
        with pytest.raises(DatabaseFull) as caught:  # noqa: PT012
            async with db.write() as session:
                for number in range(500):
                    values = {"organisation_id": "o" * 500, "project_id": "p", "decision_set_id": "d"}
                    await session.execute(
                        insert(EventStreamRow).values(run_id=f"r{number}", last_seq=0, closed=False, **values)
                    )
        assert "free disk space" in caught.value.advice
        assert await count(db) == 0
        await db.close()

    async def test_a_file_that_is_no_database_is_called_damaged(self, tmp_path: Path) -> None:
        file = tmp_path / "product.sqlite"
        file.write_bytes(b"not a database at all" * 100)
        db = Database(f"sqlite:///{file}")
        with pytest.raises(DatabaseDamaged):
            await count(db)
        await db.close()

    async def test_commits_survive_a_process_that_is_killed(self, sqlite_url: str) -> None:
        db = Database(sqlite_url)
        await add(db, "run_1")
        path = str(db.url.database)
        with sqlite3.connect(path) as other:
            assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)
            assert other.execute("SELECT run_id FROM event_streams").fetchall() == [("run_1",)]
            assert other.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        await db.close()


@pytest.mark.postgres
class TestPostgresFailures:
    async def test_an_unreachable_server_is_unavailable(self) -> None:
        db = Database("postgresql://postgres@127.0.0.1:1/none")
        with pytest.raises(DatabaseUnavailable) as caught:
            await count(db)
        assert "try again" in caught.value.advice
        await db.close()

    async def test_a_missing_schema_says_how_to_make_it(self, empty_postgres_url: str) -> None:
        db = Database(empty_postgres_url)
        with pytest.raises(SchemaOutdated):
            await count(db)
        await db.close()

    async def test_a_server_that_restarts_is_found_again(self) -> None:
        server = PostgresServer()
        try:
            server.start()
            db = Database(server.url("postgres"))
            assert await _one(db) == 1
            server.stop()
            with pytest.raises(DatabaseUnavailable):
                await _one(db)
            server.start()
            assert await _one(db) == 1
            await db.close()
        finally:
            server.remove()

    async def test_a_restart_between_two_uses_fails_at_most_one_of_them(
        self, own_server: PostgresServer
    ) -> None:
        db = Database(own_server.url("postgres"))
        await asyncio.gather(*[_one(db, pause_s=0.1) for _ in range(5)])
        own_server.stop()
        own_server.start()
        with pytest.raises(DatabaseUnavailable):
            await _one(db)
        assert await asyncio.gather(*[_one(db, pause_s=0.1) for _ in range(5)]) == [1] * 5
        await db.close()

    async def test_a_restart_while_connections_are_idle_fails_nothing(
        self, own_server: PostgresServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("libs.db.engine.IDLE_BEFORE_PING_SECONDS", 0)
        db = Database(own_server.url("postgres"))
        await asyncio.gather(*[_one(db, pause_s=0.1) for _ in range(5)])
        own_server.stop()
        own_server.start()
        assert await asyncio.gather(*[_one(db, pause_s=0.1) for _ in range(5)]) == [1] * 5
        await db.close()


@pytest.fixture
def own_server() -> Iterator[PostgresServer]:
    """A server of this test, which may restart it."""
    server = PostgresServer()
    try:
        server.start()
        yield server
    finally:
        server.remove()


async def _one(db: Database, *, pause_s: float = 0.0) -> int | None:
    async with db.read() as session:
        one: int | None = await session.scalar(text("SELECT 1"))
        await asyncio.sleep(pause_s)
        return one

"""The listening connection: heard across connections, and found again after it was lost."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text

from libs.db.engine import Database
from libs.events.postgres_wakeup import PostgresWakeup

pytestmark = pytest.mark.postgres


@pytest.fixture
async def db(postgres_url: str) -> AsyncIterator[Database]:
    db = Database(postgres_url)
    yield db
    await db.close()


@pytest.fixture
async def wakeup(db: Database) -> AsyncIterator[PostgresWakeup]:
    wakeup = PostgresWakeup(db.url, poll_s=60, reconnect_s=0.1)
    yield wakeup
    await wakeup.close()


async def signal(db: Database, wakeup: PostgresWakeup, channel: str) -> None:
    async with db.write() as session:
        await wakeup.notify(session, channel)


async def test_a_signal_reaches_those_who_listen_to_its_channel_alone(
    db: Database, wakeup: PostgresWakeup
) -> None:
    with wakeup.listen("run:1") as one, wakeup.listen("run:2") as two:
        # The first connection wakes everybody once.
        assert await one.wait_fully(5)
        assert await two.wait_fully(5)
        await signal(db, wakeup, "run:1")
        assert await one.wait_fully(5)
        assert not await two.wait_fully(0.1)


async def test_a_signal_of_a_rolled_back_transaction_is_never_heard(
    db: Database, wakeup: PostgresWakeup
) -> None:
    with wakeup.listen("run:1") as ear:
        assert await ear.wait_fully(5)
        with pytest.raises(ZeroDivisionError):  # noqa: PT012
            async with db.write() as session:
                await wakeup.notify(session, "run:1")
                raise ZeroDivisionError
        assert not await ear.wait_fully(0.2)


async def test_a_lost_connection_is_made_again_and_everybody_looks_once(
    db: Database, wakeup: PostgresWakeup
) -> None:
    with wakeup.listen("run:1") as ear:
        assert await ear.wait_fully(5)
        async with db.write() as session:
            await session.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE query LIKE 'LISTEN%' AND datname = current_database()"
                )
            )
        assert await ear.wait_fully(10)
        await asyncio.sleep(0)
        await signal(db, wakeup, "run:1")
        assert await ear.wait_fully(5)

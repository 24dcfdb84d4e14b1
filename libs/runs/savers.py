"""LangGraph savers whose every write is conditional on the lease of the job that makes it.

The check and the write are one transaction: a worker that was paused longer than its lease and wakes up in the
middle of a checkpoint writes nothing. Older checkpoints of a thread are removed as newer ones arrive, because a run
only ever continues from its latest one and the whole state is stored at every step.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiosqlite
from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import BaseCheckpointSaver, ChannelVersions, Checkpoint, CheckpointMetadata
from langgraph.checkpoint.postgres.aio import AsyncPostgresSaver
from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer
from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver
from psycopg import AsyncConnection, AsyncCursor
from psycopg.errors import DivisionByZero
from psycopg.rows import DictRow, dict_row
from psycopg_pool import AsyncConnectionPool
from sqlalchemy.engine import make_url

from libs.core import faults
from libs.db.engine import STATEMENT_SECONDS
from libs.db.errors import translated_driver
from libs.db.loop_connection import connect
from libs.jobs.errors import LeaseLost
from libs.jobs.models import Lease

SETUP_LOCK = 4_021_706_501
"""Any number that nothing else in the database locks."""
POOL = 80
"""More than a worker has slots: each job that runs has a connection of its own. Idle ones are closed again."""
HELD = "SELECT 1 FROM jobs WHERE id = {0} AND token = {0} AND status = 'running'"
HELD_OR_ERROR = f"WITH held AS ({HELD.format('%s')} FOR SHARE) SELECT 1 / count(*) FROM held"  # noqa: S608
"""Divides by zero unless the lease is held; then it is held until the transaction ends."""


def strict_serializer() -> JsonPlusSerializer:
    """Decodes plain values and LangGraph's own types only; a hostile row cannot name a class to import."""
    return JsonPlusSerializer(allowed_msgpack_modules=None)


class FencedSqliteSaver(AsyncSqliteSaver):
    """Checkpoints in SQLite, written only while the lease is held."""

    def __init__(self, conn: aiosqlite.Connection, lease: Lease) -> None:
        super().__init__(conn, serde=strict_serializer())
        self._lease = lease
        self._one_writer = asyncio.Lock()

    @asynccontextmanager
    async def _fenced(self) -> AsyncIterator[None]:
        await self.setup()
        async with self._one_writer:
            await self.conn.execute("BEGIN IMMEDIATE")
            try:
                cursor = await self.conn.execute(HELD.format("?"), (self._lease.job_id, self._lease.token))
                if await cursor.fetchone() is None:
                    raise LeaseLost(job_id=self._lease.job_id)
                yield
            finally:
                if self.conn.in_transaction:
                    await self.conn.rollback()

    async def aput(
        self,
        config: RunnableConfig,
        checkpoint: Checkpoint,
        metadata: CheckpointMetadata,
        new_versions: ChannelVersions,
    ) -> RunnableConfig:
        faults.point("saver.put")
        at = config["configurable"]
        async with self._fenced():
            for table in ("checkpoints", "writes"):
                await self.conn.execute(
                    f"DELETE FROM {table} WHERE thread_id = ? AND checkpoint_ns = ? AND checkpoint_id < ?",  # noqa: S608
                    (str(at["thread_id"]), at["checkpoint_ns"], at.get("checkpoint_id") or ""),
                )
            return await super().aput(config, checkpoint, metadata, new_versions)

    async def aput_writes(
        self, config: RunnableConfig, writes: Sequence[tuple[str, Any]], task_id: str, task_path: str = ""
    ) -> None:
        faults.point("saver.writes")
        async with self._fenced():
            await super().aput_writes(config, writes, task_id, task_path)


class FencedPostgresSaver(AsyncPostgresSaver):
    """Checkpoints in PostgreSQL, written only while the lease is held, over one connection for the whole job."""

    def __init__(self, conn: AsyncConnection[DictRow], lease: Lease) -> None:
        super().__init__(conn, serde=strict_serializer())
        self._connection = conn
        self._lease = lease

    @asynccontextmanager
    async def _cursor(self, *, pipeline: bool = False) -> AsyncIterator[AsyncCursor[DictRow]]:
        if not pipeline:
            async with super()._cursor() as cursor:
                yield cursor
            return
        # Outside a transaction block a pipeline is one transaction up to its end, so the fence travels with the
        # writes and costs no round trip; since nobody waits for its answer, it must be an error to stop them. It
        # comes last: a process that is suspended before the end of the pipeline keeps what it has locked, however
        # long, and must not keep the job.
        held = (self._lease.job_id, self._lease.token)
        try:
            async with self.lock, self._connection.pipeline(), self._connection.cursor(binary=True) as cursor:
                yield cursor
                await cursor.execute(HELD_OR_ERROR, held)
        except DivisionByZero as error:
            raise LeaseLost(job_id=self._lease.job_id) from error

    async def aput(
        self,
        config: RunnableConfig,
        checkpoint: Checkpoint,
        metadata: CheckpointMetadata,
        new_versions: ChannelVersions,
    ) -> RunnableConfig:
        faults.point("saver.put")
        return await super().aput(config, checkpoint, metadata, new_versions)

    async def aput_writes(
        self, config: RunnableConfig, writes: Sequence[tuple[str, Any]], task_id: str, task_path: str = ""
    ) -> None:
        faults.point("saver.writes")
        await super().aput_writes(config, writes, task_id, task_path)

    async def forget_history(self, thread_id: str) -> None:
        """Removes all but the latest checkpoint of a thread; called when a job ends."""
        async with self._cursor() as cursor:
            await cursor.execute(HELD.format("%s"), (self._lease.job_id, self._lease.token))
            if await cursor.fetchone() is None:
                raise LeaseLost(job_id=self._lease.job_id)
        await self.aprune([thread_id], strategy="keep_latest")


class SaverFactory:
    """Opens a saver for one job; the database is the product's own."""

    def __init__(self, sqlalchemy_url: str) -> None:
        self._url = make_url(sqlalchemy_url)
        self._pool: AsyncConnectionPool[AsyncConnection[DictRow]] | None = None
        self._ready = False
        self._opening = asyncio.Lock()

    @asynccontextmanager
    async def open(self, lease: Lease) -> AsyncIterator[BaseCheckpointSaver[str]]:
        """A saver that writes only while the lease is held.

        Raises:
            DatabaseUnavailable: no answer or no space, also from the saver while the block uses it.
        """
        with translated_driver():
            async with self._opened(lease) as saver:
                yield saver

    @asynccontextmanager
    async def _opened(self, lease: Lease) -> AsyncIterator[BaseCheckpointSaver[str]]:
        if self._url.get_backend_name() == "sqlite":
            async with connect(str(Path(self._url.database or "")), isolation_level=None) as conn:
                await conn.execute("PRAGMA busy_timeout = 30000")
                saver = FencedSqliteSaver(conn, lease)
                async with self._opening:
                    saver.is_setup = self._ready
                    await saver.setup()
                    self._ready = True
                yield saver
            return
        pool = await self._ready_pool()
        async with pool.connection() as conn:
            yield FencedPostgresSaver(conn, lease)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[BaseCheckpointSaver[str]]:
        """A saver for looking; it holds no lease, so every write of it is refused."""
        async with self.open(Lease(job_id="", token=0)) as saver:
            yield saver

    async def _ready_pool(self) -> AsyncConnectionPool[AsyncConnection[DictRow]]:
        async with self._opening:
            if self._pool is None:
                conninfo = self._url.set(drivername="postgresql").render_as_string(hide_password=False)
                self._pool = AsyncConnectionPool(
                    conninfo,
                    min_size=1,
                    max_size=POOL,
                    open=False,
                    # Connections from before a restart of the server are replaced, not handed out.
                    check=AsyncConnectionPool.check_connection,
                    kwargs={
                        "autocommit": True,
                        "prepare_threshold": 0,
                        "row_factory": dict_row,
                        "options": f"-c statement_timeout={STATEMENT_SECONDS}s",
                    },
                )
                await self._pool.open()
            if not self._ready:
                await _set_up(self._pool)
                self._ready = True
            return self._pool

    async def close(self) -> None:
        """Closes the connection pool, if one was opened."""
        if self._pool is not None:
            await self._pool.close()
            self._pool = None


async def _set_up(pool: AsyncConnectionPool[AsyncConnection[DictRow]]) -> None:
    """Makes the saver's tables; several processes that start at once take turns.

    The lock is polled, not waited for: a statement that waits holds a snapshot, and the saver's concurrent index
    builds would wait for it in turn.
    """
    async with pool.connection() as conn:
        while True:
            row = await (
                await conn.execute("SELECT pg_try_advisory_lock(%s) AS got", (SETUP_LOCK,))
            ).fetchone()
            if row is not None and row["got"]:
                break
            await asyncio.sleep(0.05)
        try:
            await AsyncPostgresSaver(pool, serde=strict_serializer()).setup()
        finally:
            await conn.execute("SELECT pg_advisory_unlock(%s)", (SETUP_LOCK,))

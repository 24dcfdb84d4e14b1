"""The savers: their tables when several processes start at once, and their fence."""

import asyncio

import pytest
from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import empty_checkpoint

from libs.db.engine import Database
from libs.jobs.errors import LeaseLost
from libs.runs.savers import SaverFactory
from tests.support.tiny_workflow import TinyProduct


class TestSetUp:
    async def test_processes_that_start_at_once_take_turns(self, postgres_url: str) -> None:
        factories = [SaverFactory(postgres_url) for _ in range(6)]

        async def look(factory: SaverFactory) -> None:
            async with factory.reading() as saver:
                assert await saver.aget_tuple({"configurable": {"thread_id": "none"}}) is None

        try:
            await asyncio.gather(*(look(factory) for factory in factories))
        finally:
            for factory in factories:
                await factory.close()


class TestFence:
    async def test_a_lost_lease_leaves_no_checkpoint_and_no_writes(self, database: Database) -> None:
        product = TinyProduct(database)
        try:
            run = await product.start()
            claimed = await product.claim()
            at: RunnableConfig = {"configurable": {"thread_id": run.thread_id, "checkpoint_ns": ""}}
            async with product.savers.open(claimed.lease) as saver:
                stored = await saver.aput(at, empty_checkpoint(), {}, {})
                await product.queue.release(claimed.lease)
                with pytest.raises(LeaseLost):
                    await saver.aput(stored, empty_checkpoint(), {}, {})
                with pytest.raises(LeaseLost):
                    await saver.aput_writes(stored, [("steps", 1)], "task_1")
            async with product.savers.reading() as saver:
                kept = [found async for found in saver.alist(at)]
            assert [found.config["configurable"]["checkpoint_id"] for found in kept] == [
                stored["configurable"]["checkpoint_id"]
            ]
            assert not kept[0].pending_writes
        finally:
            await product.close()

"""The savers' tables when several processes start at once."""

import asyncio

from libs.runs.savers import SaverFactory


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

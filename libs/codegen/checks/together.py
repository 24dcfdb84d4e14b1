"""Runs side by side, none of which outlives the others' failure."""

import asyncio
from collections.abc import Coroutine, Iterable
from typing import Any, TypeVar

Result = TypeVar("Result")


async def together(runs: Iterable[Coroutine[Any, Any, Result]]) -> list[Result]:
    """The results in the order of the runs. When one fails, the others are stopped and have ended before its error
    is passed on: the tree that they look at goes away with the suite."""
    tasks = [asyncio.create_task(run) for run in runs]
    try:
        return await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

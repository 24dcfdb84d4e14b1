"""The queue of procrastinate, for comparison; present only in the environment for tests."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from procrastinate import App, PsycopgConnector
from procrastinate.jobs import Status

QUEUE = "bench"

Add = Callable[[int], Awaitable[None]]
Take = Callable[[], Awaitable[bool]]


@asynccontextmanager
async def procrastinate_queue(url: str, *, connections: int) -> AsyncIterator[tuple[Add, Take]]:
    """How jobs are added, and how one is claimed and completed, on a database of its own."""
    app = App(connector=PsycopgConnector(conninfo=url, min_size=connections, max_size=connections))

    @app.task(name="bench.nothing", queue=QUEUE)
    async def nothing() -> None:
        return None

    async with app.open_async():
        await app.schema_manager.apply_schema_async()
        worker_id = await app.job_manager.register_worker()

        async def add(count: int) -> None:
            await nothing.batch_defer_async(*({} for _ in range(count)))

        async def take() -> bool:
            job = await app.job_manager.fetch_job(queues=[QUEUE], worker_id=worker_id)
            if job is None:
                return False
            await app.job_manager.finish_job(job, status=Status.SUCCEEDED, delete_job=False)
            return True

        yield add, take

"""What lives as long as the application: its services, and the work that runs beside it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import structlog
from fastapi import FastAPI

from api.readiness import Readiness
from libs.bootstrap import Services, build
from libs.core.settings import Settings

log = structlog.get_logger()

Beside = Callable[[Services, asyncio.Event], Awaitable[None]]
"""Work in the same process, such as the embedded worker; it ends when the event is set."""

STOP_SECONDS = 5.0
"""How long work beside the application may take to end beyond its own drain."""


def lifespan_of(
    settings: Settings, given: Services | None, beside: Sequence[Beside]
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    """Builds the services unless they are given, starts what runs beside, and ends both in turn."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        services = given or await build(settings)
        stop = asyncio.Event()
        tasks = [asyncio.create_task(_beside(work, services, stop)) for work in beside]
        use(app, services, tasks)
        try:
            yield
        finally:
            stop.set()
            await _end(tasks, settings.drain_seconds + STOP_SECONDS)
            if given is None:
                await services.close()

    return lifespan


def use(app: FastAPI, services: Services, beside: Sequence["asyncio.Task[None]"] = ()) -> None:
    """Makes the services those of the application."""
    app.state.services = services
    app.state.readiness = Readiness(services, beside)


async def _beside(work: Beside, services: Services, stop: asyncio.Event) -> None:
    try:
        await work(services, stop)
    except Exception:
        # The server goes on answering; /readyz says that the worker has stopped.
        log.exception("beside.crashed")


async def _end(tasks: Sequence["asyncio.Task[None]"], seconds: float) -> None:
    if not tasks:
        return
    _, late = await asyncio.wait(tasks, timeout=seconds)
    for task in late:
        log.warning("beside.cancelled", seconds=seconds)
        task.cancel()
    await asyncio.gather(*late, return_exceptions=True)

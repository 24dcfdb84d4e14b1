"""A worker over the services of a process."""

import asyncio
import os
import socket
from uuid import uuid4

import structlog

from libs.bootstrap import Services
from libs.core.errors import Unavailable
from libs.planning import choice_model
from libs.worker.loop import Worker

log = structlog.get_logger()
EXAMPLE = (
    "A fraud API in eu-west-1: 200 requests a second, 100 ms, 99.9 %, GDPR, $2,000 a month, weekly training"
)


def worker_of(services: Services) -> Worker:
    """A worker that handles every kind of job of the product."""
    settings = services.settings
    return Worker(
        services.queue,
        services.handlers,
        f"{socket.gethostname()}:{os.getpid()}:{uuid4().hex[:6]}",
        settings.worker_slots,
        settings.poll_seconds,
        drain_seconds=settings.drain_seconds,
    )


async def run_worker(services: Services, stop: asyncio.Event) -> None:
    """Works until the event is set, then drains."""
    daily = asyncio.create_task(_sweep_daily(services))
    # LangGraph and the solver's library take seconds to load; the first design should not wait for them.
    loading = asyncio.create_task(asyncio.to_thread(_preload, services))
    try:
        await worker_of(services).run(stop)
    finally:
        daily.cancel()
        await asyncio.gather(daily, loading, return_exceptions=True)


def _preload(services: Services) -> None:
    from libs.intake.extraction import extract

    services.execution.preload()
    choice_model.preload()
    # The expressions of a rule are compiled when it first reads something.
    extract(EXAMPLE)


async def _sweep_daily(services: Services) -> None:
    """Asks for the day's sweep of orphaned objects; the queue keeps it to one, however many workers ask."""
    while True:
        try:
            async with services.db.write() as session:
                await services.sweep.enqueue(session)
        except Unavailable as error:
            log.warning("sweep-not-enqueued", error=error.message)
        await asyncio.sleep(3600)

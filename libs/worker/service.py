"""A worker over the services of a process."""

import asyncio
import os
import socket
from uuid import uuid4

from libs.bootstrap import Services
from libs.planning import choice_model
from libs.worker.loop import Worker


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
    # The solver's library takes a second to load; the first design should not wait for it.
    loading = asyncio.create_task(asyncio.to_thread(choice_model.preload))
    try:
        await worker_of(services).run(stop)
    finally:
        await loading

"""Opens the product for one command: settings, schema, services and, where asked, a worker beside it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from typing import TypeVar

from libs.bootstrap import Services, build
from libs.core import logging
from libs.core.principal import local_owner
from libs.core.settings import Settings
from libs.migrations.migrate import migrate
from libs.projects.models import DecisionSet
from libs.worker.service import run_worker

Result = TypeVar("Result")


def run(work: Awaitable[Result]) -> Result:
    """Runs a coroutine to its end."""

    async def _run() -> Result:
        return await work

    return asyncio.run(_run())


@asynccontextmanager
async def opened(*, with_worker: bool = False) -> AsyncIterator[Services]:
    """Services over the configured stores, the schema brought up to date.

    Args:
        with_worker: also work on jobs in this process, as `serve` does; other workers may take them as well.
    """
    settings = Settings()
    # A command's own output is the result; logs of single steps would bury it.
    logging.configure("warning" if settings.log_level == "info" else settings.log_level, settings.log_format)
    await asyncio.to_thread(migrate, settings.sqlalchemy_url())
    services = await build(settings)
    stop = asyncio.Event()
    working = asyncio.create_task(run_worker(services, stop)) if with_worker else None
    try:
        yield services
    finally:
        stop.set()
        if working is not None:
            await working
        await services.close()


async def find_decision_set(services: Services, run_or_decision_set_id: str) -> DecisionSet:
    """The decision set of that id, or the one that the run of that id belongs to.

    Raises:
        RunNotFound, DecisionSetNotFound: there is none.
    """
    owner = local_owner()
    async with services.db.read() as session:
        if run_or_decision_set_id.startswith("run_"):
            found = await services.runs.get(session, owner, run_or_decision_set_id)
            return await services.projects.decision_set(session, owner, found.decision_set_id)
        return await services.projects.decision_set(session, owner, run_or_decision_set_id)

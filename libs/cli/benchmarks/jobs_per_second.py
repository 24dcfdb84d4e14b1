"""How many jobs are claimed and completed in a second, beside procrastinate on the same server."""

import asyncio
import importlib.util
import time
from collections.abc import Awaitable, Callable, Sequence

from libs.bootstrap import Services, build
from libs.cli.benchmarks import samples
from libs.cli.benchmarks.models import Conditions, MeasurementFailed, Result, measured, skipped
from libs.cli.benchmarks.postgres import NOT_GIVEN, temporary_database
from libs.core.principal import LOCAL_ORGANISATION
from libs.migrations.migrate import migrate

JOBS = 400
CLAIMERS = (1, 8)
KIND = "bench.nothing"

TakeOne = Callable[[], Awaitable[bool]]
"""Claims a job and completes it; False when there was none."""


async def measure(conditions: Conditions) -> Sequence[Result]:
    """Claim and completion of queued jobs by one and by several claimers, both queues taking turns."""
    if importlib.util.find_spec("procrastinate") is None:
        return [skipped("jobs_per_second", "×", "procrastinate is not installed; `make test` installs it")]
    if not conditions.postgres:
        return [skipped("jobs_per_second", "×", NOT_GIVEN)]
    # Only the environment for tests has it.
    from libs.cli.benchmarks.procrastinate_queue import procrastinate_queue

    ours: dict[int, list[float]] = {claimers: [] for claimers in CLAIMERS}
    theirs: dict[int, list[float]] = {claimers: [] for claimers in CLAIMERS}
    async with (
        temporary_database(conditions.postgres) as url,
        temporary_database(conditions.postgres) as other_url,
        procrastinate_queue(other_url, connections=max(CLAIMERS)) as (add, take),
    ):
        await asyncio.to_thread(migrate, url)
        services = await build(
            conditions.settings.model_copy(update={"home": conditions.folder, "database_url": url})
        )
        try:
            for _ in range(conditions.runs):
                for claimers in CLAIMERS:
                    await _enqueue(services)
                    ours[claimers].append(await _rate(lambda: _take_ours(services), claimers))
                    await add(JOBS)
                    theirs[claimers].append(await _rate(take, claimers))
        finally:
            await services.close()
    return [_compared(ours, theirs)]


def _compared(ours: dict[int, list[float]], theirs: dict[int, list[float]]) -> Result:
    ratios = {n: samples.median(ours[n]) / samples.median(theirs[n]) for n in CLAIMERS}
    return measured(
        "jobs_per_second",
        "×",
        ratios[max(CLAIMERS)],
        runs=len(ours[max(CLAIMERS)]),
        breakdown={
            f"{n}_claimers": {
                "product_jobs_per_second": samples.spread(ours[n]),
                "procrastinate_jobs_per_second": samples.spread(theirs[n]),
                "ratio": round(ratios[n], 3),
            }
            for n in CLAIMERS
        },
        note=f"jobs of the product a second, over those of procrastinate, with {max(CLAIMERS)} claimers",
    )


async def _enqueue(services: Services) -> None:
    async with services.db.write() as session:
        for _ in range(JOBS):
            await services.queue.enqueue(
                session, KIND, {}, organisation_id=LOCAL_ORGANISATION, project_id="bench"
            )


async def _take_ours(services: Services) -> bool:
    claimed = await services.queue.claim("bench", [KIND])
    if claimed is None:
        return False
    await services.queue.complete(claimed.lease)
    return True


async def _rate(take: TakeOne, claimers: int) -> float:
    """Jobs a second until the queue is empty."""

    async def work() -> int:
        count = 0
        while await take():
            count += 1
        return count

    began = time.perf_counter()
    taken = sum(await asyncio.gather(*(work() for _ in range(claimers))))
    seconds = time.perf_counter() - began
    if taken != JOBS:
        raise MeasurementFailed(f"{taken} of {JOBS} jobs were taken.")
    return taken / seconds

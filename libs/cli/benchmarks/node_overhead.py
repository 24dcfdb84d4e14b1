"""What the product adds to each node, beside the same chain of nodes in LangGraph alone."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.checkpoint.postgres.aio import AsyncPostgresSaver
from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver

from libs.bootstrap import Services, build
from libs.cli.benchmarks import samples
from libs.cli.benchmarks.briefs import BRIEFS
from libs.cli.benchmarks.designs import Design, Homes
from libs.cli.benchmarks.models import Conditions, MeasurementFailed, Result, measured, skipped
from libs.cli.benchmarks.noop_workflow import NoopWorkflow, bare_graph
from libs.cli.benchmarks.postgres import NOT_GIVEN, temporary_database
from libs.cli.benchmarks.samples import Stopwatch
from libs.core.ids import new_id
from libs.core.settings import Settings
from libs.jobs.models import Claimed
from libs.migrations.migrate import migrate
from libs.runs.approvals import ADVANCE
from libs.runs.runner import Runner
from libs.workflow.graph import NODES

TARGET_RATIO = 3.0
NO_RUN_TOOK_THE_JOB = "The queue had no job for the admitted run."


async def measure(conditions: Conditions) -> Sequence[Result]:
    """Events, cards, agent runs and checkpoints of a chain of empty nodes, over each store in turn."""
    settings = await Homes(conditions.folder).settings(conditions.settings)
    plain = conditions.folder / "plain.sqlite"
    results = [
        await _over(
            "node_overhead_sqlite", settings, AsyncSqliteSaver.from_conn_string(str(plain)), conditions
        )
    ]
    if not conditions.postgres:
        return [*results, skipped("node_overhead_postgres", "×", NOT_GIVEN)]
    async with (
        temporary_database(conditions.postgres) as url,
        temporary_database(conditions.postgres) as plain_url,
    ):
        await asyncio.to_thread(migrate, url)
        settings = settings.model_copy(update={"database_url": url})
        saver = AsyncPostgresSaver.from_conn_string(plain_url)
        results.append(await _over("node_overhead_postgres", settings, saver, conditions))
    return results


async def _over(name: str, settings: Settings, plain: Any, conditions: Conditions) -> Result:
    ours: list[float] = []
    bare: list[float] = []
    fenced: list[float] = []
    parts: list[dict[str, float]] = []
    async with _services(settings) as services, plain as saver:
        await saver.setup()
        # The first round of each side warms up; sides take turns, so that a busy moment hits all of them.
        for number in range(conditions.runs + 1):
            seconds = [
                await _product(services),
                await _bare(saver),
                await _bare_on_fenced_saver(services),
            ]
            watched = await _watched(services)
            if number:
                ours.append(seconds[0])
                bare.append(seconds[1])
                fenced.append(seconds[2])
                parts.append(watched)
    ratio = samples.median(ours) / samples.median(bare)
    return measured(
        name,
        "×",
        ratio,
        runs=len(ours),
        at_most=TARGET_RATIO,
        breakdown={
            "nodes": len(NODES),
            "product_per_node": _per_node(ours),
            "bare_langgraph_per_node": _per_node(bare),
            "bare_langgraph_on_the_products_saver_per_node": _per_node(fenced),
            "ratio_on_the_products_saver": round(samples.median(ours) / samples.median(fenced), 3),
            "product_parts_per_node": samples.medians(parts),
        },
    )


@asynccontextmanager
async def _services(settings: Settings) -> AsyncIterator[Services]:
    services = await build(settings)
    try:
        yield services
    finally:
        await services.close()


async def _claimed(services: Services) -> Claimed:
    """A run that was admitted like any other, and its job."""
    await Design(services).start(BRIEFS["online_api"])
    claimed = await services.queue.claim("bench", [ADVANCE])
    if claimed is None:
        raise MeasurementFailed(NO_RUN_TOOK_THE_JOB)
    return claimed


async def _product(services: Services, watch: Stopwatch | None = None) -> float:
    """Seconds of a whole run of empty nodes: from the claimed job to the ended run."""
    claimed = await _claimed(services)
    workflow = NoopWorkflow(services, claimed.lease, watch)
    runner = Runner(
        services.db,
        services.queue,
        services.events,
        services.content,
        services.savers,
        services.approvals,
        services.runs,
        services.clock,
        workflow,
    )
    began = time.perf_counter()
    await runner.advance(claimed.job, claimed.lease, asyncio.Event())
    seconds = time.perf_counter() - began
    await services.queue.complete(claimed.lease)
    return seconds


async def _watched(services: Services) -> dict[str, float]:
    """Where a run of empty nodes spends its time, for each node; counted in rounds of their own."""
    watch = Stopwatch()
    whole = await _product(services, watch)
    parts = {name: seconds / len(NODES) for name, seconds in watch.seconds.items()}
    return {**parts, "graph_and_beginning_and_end_of_run": whole / len(NODES) - sum(parts.values())}


async def _bare(saver: BaseCheckpointSaver[str]) -> float:
    graph = bare_graph().compile(checkpointer=saver)
    config: RunnableConfig = {"configurable": {"thread_id": new_id("bare")}}
    began = time.perf_counter()
    async for _ in graph.astream({"steps": 0}, config, stream_mode="updates", durability="sync"):
        pass
    return time.perf_counter() - began


async def _bare_on_fenced_saver(services: Services) -> float:
    claimed = await _claimed(services)
    async with services.savers.open(claimed.lease) as saver:
        seconds = await _bare(saver)
    await services.queue.complete(claimed.lease)
    return seconds


def _per_node(seconds: Sequence[float]) -> dict[str, float]:
    return samples.spread([each / len(NODES) for each in seconds])

"""What the product adds to each node, beside the same chain of nodes in LangGraph alone.

Chains of two lengths are run. What the longer one takes more, divided by the nodes it has more, is the cost of a
node; the rest, such as the beginning and the end of the run, comes once a job and is shown beside it.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from typing import Any, NamedTuple

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
from libs.runs.runner import RECURSION_LIMIT, Runner
from libs.workflow.graph import NODES

TARGET_RATIO = 3.0
SHORT = len(NODES)
LONG = 3 * len(NODES)
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
    product, bare, fenced = _Side(), _Side(), _Side()
    parts: list[dict[str, float]] = []
    async with _services(settings) as services, plain as saver:
        await saver.setup()
        # The first round of each side warms up; sides take turns, so that a busy moment hits all of them.
        for number in range(conditions.runs + 1):
            spent = [
                (
                    await _product(services, nodes),
                    await _bare(saver, nodes),
                    await _bare_on_fenced_saver(services, nodes),
                )
                for nodes in (SHORT, LONG)
            ]
            watched = await _watched(services)
            if number:
                for side, short, long in zip((product, bare, fenced), *spent, strict=True):
                    side.add(short, long)
                parts.append(watched)
    return measured(
        name,
        "×",
        product.node(_seconds) / bare.node(_seconds),
        runs=conditions.runs,
        at_most=TARGET_RATIO,
        breakdown={
            "nodes": [SHORT, LONG],
            "product_per_node": product.per_node(),
            "bare_langgraph_per_node": bare.per_node(),
            "bare_langgraph_on_the_products_saver_per_node": fenced.per_node(),
            "ratio_on_the_products_saver": round(product.node(_seconds) / fenced.node(_seconds), 3),
            "ratio_of_cpu": round(product.node(_cpu) / bare.node(_cpu), 3),
            "ratio_of_whole_short_runs": round(product.whole(_seconds) / bare.whole(_seconds), 3),
            "product_once_a_run": product.once(),
            "bare_langgraph_once_a_run": bare.once(),
            "product_parts_per_node_of_a_short_run": samples.medians(parts),
        },
    )


class Spent(NamedTuple):
    """What one run of the chain took."""

    seconds: float
    cpu: float
    """CPU time of all threads of this process; unlike seconds, it hardly grows on a busy machine."""


Figure = Callable[[Spent], float]


def _seconds(spent: Spent) -> float:
    return spent.seconds


def _cpu(spent: Spent) -> float:
    return spent.cpu


class _Side:
    """The rounds of one side."""

    def __init__(self) -> None:
        self._short: list[Spent] = []
        self._long: list[Spent] = []

    def add(self, short: Spent, long: Spent) -> None:
        """One more round."""
        self._short.append(short)
        self._long.append(long)

    def whole(self, figure: Figure) -> float:
        """Median of the short runs."""
        return samples.median([figure(spent) for spent in self._short])

    def node(self, figure: Figure) -> float:
        """What one more node costs, from the medians of both lengths."""
        return (samples.median([figure(spent) for spent in self._long]) - self.whole(figure)) / (LONG - SHORT)

    def per_node(self) -> dict[str, float]:
        """Seconds and CPU seconds that one more node costs."""
        return {
            "seconds": round(self.node(_seconds), samples.DIGITS),
            "cpu": round(self.node(_cpu), samples.DIGITS),
        }

    def once(self) -> float:
        """Seconds that a run takes whatever the number of its nodes."""
        return round(self.whole(_seconds) - SHORT * self.node(_seconds), samples.DIGITS)


@contextmanager
def _spending() -> Iterator[Callable[[], Spent]]:
    """Counts from the start of the block."""
    began, cpu = time.perf_counter(), time.process_time()
    yield lambda: Spent(time.perf_counter() - began, time.process_time() - cpu)


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


async def _product(services: Services, nodes: int, watch: Stopwatch | None = None) -> Spent:
    """A whole run of empty nodes: from the claimed job to the ended run."""
    claimed = await _claimed(services)
    workflow = NoopWorkflow(services, claimed.lease, nodes, watch)
    runner = Runner(
        services.db,
        services.queue,
        services.events,
        services.content,
        services.execution.savers,
        services.approvals,
        services.runs,
        services.clock,
        workflow,
    )
    with _spending() as spent:
        await runner.advance(claimed.job, claimed.lease, asyncio.Event())
        whole = spent()
    await services.queue.complete(claimed.lease)
    return whole


async def _watched(services: Services) -> dict[str, float]:
    """Where a run of empty nodes spends its time, for each node; counted in rounds of their own."""
    watch = Stopwatch()
    whole = (await _product(services, SHORT, watch)).seconds
    parts = {name: seconds / SHORT for name, seconds in watch.seconds.items()}
    return {**parts, "graph_and_beginning_and_end_of_run": whole / SHORT - sum(parts.values())}


async def _bare(saver: BaseCheckpointSaver[str], nodes: int) -> Spent:
    graph = bare_graph(nodes).compile(checkpointer=saver)
    config: RunnableConfig = {
        "configurable": {"thread_id": new_id("bare")},
        "recursion_limit": RECURSION_LIMIT,
    }
    with _spending() as spent:
        async for _ in graph.astream({"steps": 0}, config, stream_mode="updates", durability="sync"):
            pass
        return spent()


async def _bare_on_fenced_saver(services: Services, nodes: int) -> Spent:
    claimed = await _claimed(services)
    async with services.execution.savers.open(claimed.lease) as saver:
        spent = await _bare(saver, nodes)
    await services.queue.complete(claimed.lease)
    return spent

"""Checkpoints stay small: of a run only the latest is kept, however many steps it took."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text

from libs.core.settings import Settings
from libs.projects.models import GatePolicy
from libs.workflow.service import StartedDesign
from tests.support.product import CHURN, Product, product_over

TABLES = {
    "sqlite": {"checkpoints": ("checkpoint", "metadata"), "writes": ("value",)},
    "postgresql": {
        "checkpoints": ("checkpoint", "metadata"),
        "checkpoint_blobs": ("blob",),
        "checkpoint_writes": ("blob",),
    },
}
MEGABYTES = 2_000_000
TIMES = 3


@pytest.fixture
async def product(settings: Settings) -> AsyncIterator[Product]:
    """Works without renewing its lease, which is therefore a long one."""
    async with product_over(settings.model_copy(update={"lease_seconds": 120.0})) as opened:
        yield opened


async def stored_bytes(product: Product, run: StartedDesign) -> int:
    """What the run takes in the tables of its checkpoints."""
    total = 0
    async with product.db.read() as session:
        for table, columns in TABLES[product.db.dialect].items():
            measure = "length" if product.db.dialect == "sqlite" else "pg_column_size"
            size = " + ".join(f"coalesce({measure}({column}), 0)" for column in columns)
            statement = text(f"SELECT coalesce(sum({size}), 0) FROM {table} WHERE thread_id = :thread")
            total += int((await session.execute(statement, {"thread": run.thread_id})).scalar_one())
    return total


async def count(product: Product, table: str, run: StartedDesign) -> int:
    async with product.db.read() as session:
        statement = text(f"SELECT count(*) FROM {table} WHERE thread_id = :thread")
        return int((await session.execute(statement, {"thread": run.thread_id})).scalar_one())


async def state_bytes(product: Product, run: StartedDesign) -> int:
    """The size of the latest state, as the saver encodes it."""
    async with product.services.execution.savers.reading() as saver:
        found = await saver.aget_tuple({"configurable": {"thread_id": run.thread_id}})
        assert found is not None
        return len(saver.serde.dumps_typed(found.checkpoint)[1])


class TestGrowth:
    async def test_a_run_leaves_little_more_than_its_state(self, product: Product) -> None:
        run = await product.through(CHURN)
        assert (await product.decision_set(run)).status == "done"
        state, stored = await state_bytes(product, run), await stored_bytes(product, run)
        assert 0 < stored <= TIMES * state, (stored, state)
        assert stored <= MEGABYTES

    async def test_more_steps_leave_no_more_rows(self, product: Product) -> None:
        short = await product.through(CHURN)
        long = await product.start(CHURN, policy=GatePolicy(input="never", final="always"))
        await product.work()
        for number in range(4):
            await product.decide(long, "reject", revise=True, comment=f"Two people run it. Again, {number}.")
            await product.work()
        await product.decide(long, "approve")
        await product.work()
        assert (await product.decision_set(long)).status == "done"
        steps = {run.run_id: len(await product.story(run)) for run in (short, long)}
        assert steps[long.run_id] > 2 * steps[short.run_id]
        for table in TABLES[product.db.dialect]:
            rows = [await count(product, table, run) for run in (short, long)]
            assert rows[1] <= rows[0] + 4, (table, rows)
        assert await count(product, "checkpoints", long) <= 2
        assert await stored_bytes(product, long) <= TIMES * await state_bytes(product, long)

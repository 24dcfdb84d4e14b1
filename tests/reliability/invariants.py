"""What must hold after any crash; reads only the database and the object store."""

from collections import Counter

from sqlalchemy import select, update

from libs.jobs.tables import JobRow
from libs.projects.tables import ArtifactRow, CostEstimateRow
from libs.runs.tables import AgentRunRow, ApprovalRow
from libs.workflow.service import StartedDesign
from tests.support.product import Product


async def assert_whole(
    product: Product,
    started: StartedDesign,
    *,
    status: str = "done",
    mid_node: bool = False,
    retries: int = 0,
) -> None:
    """The story has no gap and no double, ends once an attempt, and every effect is there exactly once.

    Args:
        product: whose database is looked at.
        started: the run.
        status: with which it must have ended.
        mid_node: it was given up inside a node, which therefore has begun and never ended.
        retries: how often it broke off and was let go on.
    """
    story = await product.story(started)
    assert [event.seq for event in story] == list(range(1, len(story) + 1)), "a gap in the story"
    assert [event.type for event in story].count("run-complete") == 1 + retries
    assert [event.type for event in story].count("run-retried") == retries
    assert story[-1].type == "run-complete"
    assert story[-1].data["status"] == status, story[-1].data
    starts = Counter(event.node for event in story if event.type == "node-start")
    ends = Counter(event.node for event in story if event.type == "node-complete")
    assert sum((starts - ends).values()) == int(mid_node), (starts, ends)
    assert not ends - starts, (starts, ends)
    cards = [event.data["decision_id"] for event in story if event.type == "reason-card"]
    assert len(cards) == len(set(cards)), "a card twice"
    async with product.db.read() as session:
        visits = (
            await session.execute(
                select(AgentRunRow.visit, AgentRunRow.node).where(AgentRunRow.run_id == started.run_id)
            )
        ).all()
        assert Counter(node for _, node in visits) == ends
        artifacts = (
            await session.execute(
                select(ArtifactRow.visit, ArtifactRow.name, ArtifactRow.sha256).where(
                    ArtifactRow.run_id == started.run_id
                )
            )
        ).all()
        keys = [(visit, name) for visit, name, _ in artifacts]
        assert len(keys) == len(set(keys)), "an artifact twice"
        for _, name, sha256 in artifacts:
            assert await product.services.content.matches(product.owner.organisation_id, sha256), name
        costs = (
            await session.execute(
                select(CostEstimateRow.visit).where(CostEstimateRow.run_id == started.run_id)
            )
        ).scalars()
        planned = ends["planner"]
        assert len(list(costs)) == planned
        gates = (
            await session.execute(select(ApprovalRow.status).where(ApprovalRow.run_id == started.run_id))
        ).scalars()
        assert "waiting" not in set(gates)
        intact, detail = await product.services.audit.verify(session, product.owner.organisation_id)
        assert intact, detail


async def give_attempts(product: Product, attempts: int = 1000) -> None:
    """Lets the queued jobs be killed more often than a machine ever would."""
    async with product.db.write() as session:
        await session.execute(update(JobRow).values(max_attempts=attempts))

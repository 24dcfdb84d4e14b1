"""A job that kills its process every time is put aside with the reason, and others go on."""

import asyncio

from sqlalchemy import select

from libs.core.settings import Settings
from libs.jobs.tables import JobRow
from libs.projects.models import GatePolicy
from tests.reliability.invariants import assert_whole
from tests.reliability.waiting import until, until_all_ended, until_told
from tests.support.product import CHURN, Product
from tests.support.stores import often_over
from tests.support.workers import Forge

POINT = "codegen.inside"
KILLED = -9
ATTEMPTS = 3


class TestPoison:
    @often_over("sqlite")
    async def test_three_dead_workers_end_the_run_and_not_the_others(
        self, product: Product, settings: Settings, forge: Forge
    ) -> None:
        deadly = settings.model_copy(update={"crash_at": POINT, "worker_slots": 1})
        poison = await product.start(CHURN, policy=GatePolicy(input="never", final="never"))
        others = [
            await product.start(CHURN, policy=GatePolicy(input="never", final="always")) for _ in range(2)
        ]
        for _ in range(ATTEMPTS):
            assert await asyncio.to_thread(forge.start(deadly).wait, 120) == KILLED

        healthy = forge.start(settings)
        await until_all_ended(product, [poison])
        await assert_whole(product, poison, status="failed", mid_node=True)
        story = await product.story(poison)
        assert [event.type for event in story[-2:]] == ["run-error", "run-complete"]
        problem = story[-1].data["problem"]
        assert problem == story[-2].data
        assert problem["code"] == "runs.job_dead"
        assert f"attempt {ATTEMPTS} of {ATTEMPTS}" in problem["message"]
        assert problem["kept"]
        assert problem["advice"]
        assert (await product.decision_set(poison)).status == "failed"
        async with product.db.read() as session:
            jobs = (await session.execute(select(JobRow).where(JobRow.status == "dead"))).scalars().all()
        assert [(job.run_id, job.attempts) for job in jobs] == [(poison.run_id, ATTEMPTS)]
        assert jobs[0].error in problem["message"]

        for other in others:
            await until_told(product, other, "gate-waiting:hitl_gate_final")
            await product.decide(other, "approve")
        await until_all_ended(product, others)
        for other in others:
            await assert_whole(product, other)
        healthy.kill()

    @often_over("postgres")
    async def test_an_admin_may_try_a_dead_job_again_and_that_is_recorded(
        self, product: Product, settings: Settings, forge: Forge
    ) -> None:
        deadly = settings.model_copy(update={"crash_at": "intake_extract.before"})
        run = await product.start(CHURN)
        for _ in range(ATTEMPTS):
            assert await asyncio.to_thread(forge.start(deadly).wait, 120) == KILLED

        async def dead() -> bool:
            await product.services.queue.sweep()
            async with product.db.read() as session:
                return (await product.services.queue.get(session, run.job_id)).status == "dead"

        await until(dead)
        async with product.db.write() as session:
            job = await product.services.queue.retry_dead(session, product.owner, run.job_id)
            assert (job.status, job.attempts) == ("queued", 0)
            intact, said = await product.services.audit.verify(session, product.owner.organisation_id)
        assert intact, said

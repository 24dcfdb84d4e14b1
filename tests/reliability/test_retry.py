"""A retried run whose worker is killed in turn: it goes on by itself, and nothing happens twice."""

import asyncio

from libs.core.settings import Settings
from libs.projects.models import GatePolicy
from tests.reliability.invariants import assert_whole, give_attempts
from tests.reliability.waiting import until, until_all_ended
from tests.support.product import CHURN, Product
from tests.support.stores import often_over
from tests.support.workers import Forge

KILLED = -9


class TestRetriedRun:
    @often_over("postgres")
    async def test_a_kill_during_the_retry_is_survived(
        self, product: Product, settings: Settings, forge: Forge
    ) -> None:
        run = await product.start(CHURN, policy=GatePolicy(input="never", final="never"))
        await give_attempts(product, 1)
        deadly = settings.model_copy(update={"crash_at": "codegen.inside"})
        assert await asyncio.to_thread(forge.start(deadly).wait, 90) == KILLED

        async def failed() -> bool:
            await product.services.queue.sweep()
            return (await product.decision_set(run)).status == "failed"

        await until(failed)
        before = await product.story(run)
        async with product.db.write() as session:
            await product.services.runs.retry(session, product.owner, run.run_id)
        doomed = settings.model_copy(update={"crash_at": "validators.effect"})
        assert await asyncio.to_thread(forge.start(doomed).wait, 90) == KILLED
        heir = forge.start(settings)
        await until_all_ended(product, [run])
        heir.kill()
        await assert_whole(product, run, retries=1)
        since = (await product.story(run))[len(before) :]
        assert {event.node for event in since if event.type == "node-complete"} == {
            "codegen",
            "validators",
            "rationale_compile",
            "diff_and_persist",
        }

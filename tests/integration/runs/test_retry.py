"""Runs that broke off and go on, over both stores: what is kept, what is asked again, and who is first."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from libs.accounts.tables import AuditRow
from libs.core.clock import StoppedClock
from libs.core.errors import Forbidden
from libs.core.principal import LOCAL_ORGANISATION, Principal
from libs.events.errors import RunClosed
from libs.jobs.models import Job
from libs.projects.jobs import ObjectSweep
from libs.projects.models import Deadline, GatePolicy
from libs.runs.errors import GateAlreadyDecided, RunNotRetryable
from libs.runs.models import Run
from tests.integration.runs.moves import approval, kinds, person
from tests.support.tiny_workflow import TinyProduct

UNATTENDED = GatePolicy(final="never")


async def _go_on(_node: str) -> None:
    return None


async def _fail(node: str) -> None:
    if node == "work":
        raise ConnectionError("the shelf is empty")


async def _fail_at_once(_node: str) -> None:
    raise ConnectionError("the shelf is empty")


async def broken(product: TinyProduct) -> Job:
    """Carries out one job whose node `work` fails for good."""
    product.workflow.hold = _fail
    claimed = await product.claim()
    with pytest.raises(ConnectionError):
        await product.runner.advance(claimed.job, claimed.lease, asyncio.Event())
    product.workflow.hold = _go_on
    return await product.queue.fail(claimed.lease, "the shelf is empty", retryable=False)


async def cancel(product: TinyProduct, run: Run) -> None:
    async with product.db.write() as session:
        await product.runs.cancel(session, product.owner, run.id)


async def retry(product: TinyProduct, run: Run, principal: Principal | None = None) -> Run:
    async with product.db.write() as session:
        return await product.runs.retry(session, principal or product.owner, run.id)


async def current(product: TinyProduct, run: Run) -> Run:
    async with product.db.read() as session:
        return await product.runs.get(session, product.owner, run.id)


async def types(product: TinyProduct, run: Run) -> list[str]:
    story = await product.story(run)
    assert [event.seq for event in story] == list(range(1, len(story) + 1))
    return [event.type for event in story]


class TestFailedRun:
    async def test_goes_on_at_the_node_that_failed(self, product: TinyProduct) -> None:
        run = await product.start(UNATTENDED)
        await broken(product)
        failed = await current(product, run)
        assert (failed.status, failed.problem is None, failed.finished_at is None) == ("failed", False, False)
        before = await product.story(run)

        retried = await retry(product, run)
        assert (retried.status, retried.problem, retried.finished_at) == ("queued", None, None)
        async with product.db.read() as session:
            decision_set = await product.projects.decision_set(session, product.owner, run.decision_set_id)
        assert decision_set.status == "queued"

        await product.work()
        assert product.workflow.calls == ["prepare", "hitl_gate_final", "work", "work"]
        after = (await product.story(run))[len(before) :]
        assert kinds(after) == ["run-retried", "node-start:work", "node-complete:work", "run-complete"]
        assert after[0].data == {"by": product.owner.actor, "attempt": 2}
        assert after[-1].data["status"] == "done"
        assert (await current(product, run)).status == "done"

    async def test_ends_again_as_often_as_it_fails_again(self, product: TinyProduct) -> None:
        run = await product.start(UNATTENDED)
        await broken(product)
        for _ in range(2):
            await retry(product, run)
            await broken(product)
        await retry(product, run)
        await product.work()
        ends = [kind for kind in await types(product, run) if kind.startswith("run-")]
        assert ends == ["run-error", "run-complete", "run-retried"] * 3 + ["run-complete"]
        attempts = [e.data["attempt"] for e in await product.story(run) if e.type == "run-retried"]
        assert attempts == [2, 3, 4]

    async def test_has_all_attempts_before_it(self, product: TinyProduct) -> None:
        run = await product.start(UNATTENDED)
        dead = await broken(product)
        await retry(product, run)
        claimed = await product.claim()
        assert claimed.job.id != dead.id
        assert (claimed.job.attempts, claimed.job.correlation_id) == (1, run.correlation_id)

    async def test_goes_on_from_a_checkpoint_whose_past_was_forgotten(self, product: TinyProduct) -> None:
        run = await product.start(UNATTENDED)
        product.workflow.hold = _fail
        claimed = await product.claim()
        with pytest.raises(ConnectionError):
            await product.runner.advance(claimed.job, claimed.lease, asyncio.Event())
        # A second attempt that is told to stop tidies up before it leaves.
        await product.queue.release(claimed.lease)
        claimed = await product.claim()
        stopped = asyncio.Event()
        stopped.set()
        await product.runner.advance(claimed.job, claimed.lease, stopped)
        await product.queue.fail(claimed.lease, "the shelf is empty", retryable=False)
        product.workflow.hold = _go_on
        await retry(product, run)
        await product.work()
        assert product.workflow.calls == ["prepare", "hitl_gate_final", "work", "work"]
        assert (await current(product, run)).status == "done"

    async def test_finds_what_it_began_with_long_after_it_failed(self, product: TinyProduct) -> None:
        # An organisation whose objects are swept has some that are named.
        await product.start()
        await product.work()
        run = await product.start()
        product.workflow.hold = _fail_at_once
        claimed = await product.claim()
        with pytest.raises(ConnectionError):
            await product.runner.advance(claimed.job, claimed.lease, asyncio.Event())
        await product.queue.fail(claimed.lease, "the shelf is empty", retryable=False)
        product.workflow.hold = _go_on
        later = StoppedClock(datetime.now(UTC) + timedelta(days=2))
        assert await ObjectSweep(product.db, product.queue, product.content, later).run() == 1
        await retry(product, run)
        await product.work()
        await product.decide(run, approval(await product.gate(run)))
        await product.work()
        assert (await current(product, run)).status == "done"

    async def test_that_never_began_begins(self, product: TinyProduct) -> None:
        run = await product.start(UNATTENDED)
        claimed = await product.claim()
        await product.queue.fail(claimed.lease, "the disk is full", retryable=False)
        await retry(product, run)
        await product.work()
        assert product.workflow.calls == ["prepare", "hitl_gate_final", "work"]
        assert (await current(product, run)).status == "done"


class TestCancelledRun:
    async def test_is_asked_again_at_the_gate_where_it_waited(self, product: TinyProduct) -> None:
        run = await product.start()
        await product.work()
        old = await product.gate(run)
        await cancel(product, run)
        await retry(product, run)
        await product.work()
        assert (await current(product, run)).status == "waiting"
        gate = await product.gate(run)
        assert (gate.digest, gate.status, gate.id != old.id) == (old.digest, "waiting", True)
        waits = [e.data["gate"]["id"] for e in await product.story(run) if e.type == "gate-waiting"]
        assert waits == [old.id, gate.id]
        assert (await types(product, run)).count("node-start") == 2
        with pytest.raises(GateAlreadyDecided):
            await product.decide(run, approval(old))
        await product.decide(run, approval(gate))
        await product.work()
        assert product.workflow.calls == ["prepare", "hitl_gate_final", "work"]
        assert (await types(product, run))[-1] == "run-complete"

    async def test_may_be_stopped_and_go_on_any_number_of_times(self, product: TinyProduct) -> None:
        run = await product.start()
        await product.work()
        for _ in range(3):
            await cancel(product, run)
            await retry(product, run)
            await product.work()
        await product.decide(run, approval(await product.gate(run)))
        await product.work()
        told = await types(product, run)
        assert (told.count("gate-waiting"), told.count("run-complete")) == (4, 4)
        assert told.count("gate-decided") == 1

    async def test_keeps_a_decision_that_was_taken(self, product: TinyProduct) -> None:
        run = await product.start()
        await product.work()
        await product.decide(run, approval(await product.gate(run)), person("ann", "approver"))
        await cancel(product, run)
        await retry(product, run)
        await product.work()
        told = await types(product, run)
        assert (told.count("gate-waiting"), told.count("gate-decided"), told[-1]) == (1, 1, "run-complete")
        assert product.workflow.calls == ["prepare", "hitl_gate_final", "work"]

    async def test_needs_all_its_approvals_anew(self, product: TinyProduct) -> None:
        run = await product.start(GatePolicy(needs=2))
        await product.work()
        await product.decide(run, approval(await product.gate(run)), person("ann", "approver"))
        await cancel(product, run)
        await retry(product, run)
        await product.work()
        gate = await product.gate(run)
        assert gate.votes == ()
        assert (await product.decide(run, approval(gate), person("ann", "approver"))).status == "waiting"
        assert (await product.decide(run, approval(gate), person("bob", "approver"))).status == "decided"

    async def test_has_its_deadline_from_the_new_question_on(self, slow_product: TinyProduct) -> None:
        product = slow_product
        clock = product.clock
        assert isinstance(clock, StoppedClock)
        run = await product.start(GatePolicy(final_deadline=Deadline(seconds=60, outcome="reject")))
        await product.work()
        clock.at += timedelta(seconds=50)
        await cancel(product, run)
        await retry(product, run)
        await product.work()
        clock.at += timedelta(seconds=11)
        await product.work()
        assert (await current(product, run)).status == "waiting"
        clock.at += timedelta(seconds=50)
        await product.work()
        await product.work()
        assert (await current(product, run)).status == "rejected"

    async def test_waits_for_the_job_that_was_asked_to_stop(self, product: TinyProduct) -> None:
        run = await product.start(UNATTENDED)

        async def stopped_meanwhile(node: str) -> None:
            if node == "work":
                await cancel(product, run)

        product.workflow.hold = stopped_meanwhile
        claimed = await product.claim()
        with pytest.raises(RunClosed):
            await product.runner.advance(claimed.job, claimed.lease, asyncio.Event())
        await retry(product, run)
        assert await product.queue.claim("w2", [claimed.job.kind]) is None
        assert (await product.queue.fail(claimed.lease, "closed", retryable=False)).status == "cancelled"
        product.workflow.hold = _go_on
        await product.work()
        assert product.workflow.calls == ["prepare", "hitl_gate_final", "work", "work"]
        assert (await current(product, run)).status == "done"


class TestRefusals:
    async def test_a_run_that_did_not_break_off_is_left_alone(self, product: TinyProduct) -> None:
        run = await product.start()
        for expected in ("queued", "waiting", "done"):
            assert (await current(product, run)).status == expected
            before = await product.story(run)
            with pytest.raises(RunNotRetryable) as refused:
                await retry(product, run)
            assert refused.value.facts["status"] == expected
            assert refused.value.advice
            assert await product.story(run) == before
            if expected == "queued":
                await product.work()
            elif expected == "waiting":
                await product.decide(run, approval(await product.gate(run)))
                await product.work()

    async def test_a_rejected_run_stays_rejected(self, product: TinyProduct) -> None:
        run = await product.start()
        await product.work()
        gate = await product.gate(run)
        await product.decide(run, approval(gate).model_copy(update={"decision": "reject", "comment": "no"}))
        await product.work()
        with pytest.raises(RunNotRetryable):
            await retry(product, run)

    async def test_a_viewer_may_not(self, product: TinyProduct) -> None:
        run = await product.start()
        await cancel(product, run)
        with pytest.raises(Forbidden):
            await retry(product, run, person("eve", "viewer"))
        assert (await retry(product, run, person("ed", "editor"))).status == "queued"

    async def test_a_viewer_may_not_stop_a_run_either_and_who_did_is_recorded(
        self, product: TinyProduct
    ) -> None:
        run = await product.start()
        with pytest.raises(Forbidden):
            async with product.db.write() as session:
                await product.runs.cancel(session, person("eve", "viewer"), run.id)
        assert (await current(product, run)).status == "queued"
        async with product.db.write() as session:
            await product.runs.cancel(session, person("ed", "editor"), run.id)
        async with product.db.read() as session:
            [row] = (await session.scalars(select(AuditRow).where(AuditRow.action == "run.cancel"))).all()
        assert (row.actor, row.subject, row.data) == ("user:ed", run.id, {"was": "queued"})

    async def test_one_of_two_at_once_is_first(self, product: TinyProduct) -> None:
        run = await product.start(UNATTENDED)
        await broken(product)
        results = await asyncio.gather(*(retry(product, run) for _ in range(4)), return_exceptions=True)
        assert sum(isinstance(result, Run) for result in results) == 1
        assert sum(isinstance(result, RunNotRetryable) for result in results) == 3
        assert (await types(product, run)).count("run-retried") == 1
        await product.work()
        assert await product.queue.claim("w1", ["runs.advance"]) is None
        async with product.db.read() as session:
            intact, detail = await product.audit.verify(session, LOCAL_ORGANISATION)
        assert intact, detail

"""The runner over both stores: through, crash and continue, fencing, gates, deadlines."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from libs.core.clock import StoppedClock
from libs.core.errors import Forbidden
from libs.core.principal import LOCAL_ORGANISATION
from libs.jobs.errors import LeaseLost
from libs.projects.content import object_key
from libs.projects.jobs import ObjectSweep
from libs.projects.models import Deadline, GatePolicy
from libs.runs.errors import GateAlreadyDecided, GateChanged, NoGateWaiting
from libs.storage.port import BlobStore
from tests.integration.runs.moves import approval, kinds, person
from tests.support.tiny_workflow import TinyProduct


class TestRun:
    async def test_stops_at_the_gate_and_goes_on_after_the_decision(self, product: TinyProduct) -> None:
        run = await product.start()
        await product.work()
        gate = await product.gate(run)
        await product.decide(run, approval(gate))
        await product.work()
        story = await product.story(run)
        assert kinds(story) == [
            "node-start:prepare",
            "node-complete:prepare",
            "node-start:hitl_gate_final",
            "gate-waiting:hitl_gate_final",
            "gate-decided:hitl_gate_final",
            "node-complete:hitl_gate_final",
            "node-start:work",
            "node-complete:work",
            "run-complete",
        ]
        assert [event.seq for event in story] == list(range(1, 10))
        assert product.workflow.calls == ["prepare", "hitl_gate_final", "work"]

    async def test_a_rejected_run_ends_as_rejected(self, product: TinyProduct) -> None:
        run = await product.start()
        await product.work()
        await product.decide(run, approval(await product.gate(run), "reject", comment="no"))
        await product.work()
        async with product.db.read() as session:
            ended = await product.runs.get(session, product.owner, run.id)
            decision_set = await product.projects.decision_set(session, product.owner, run.decision_set_id)
        assert (ended.status, decision_set.status) == ("rejected", "rejected")

    async def test_a_second_job_for_a_waiting_run_changes_nothing(self, product: TinyProduct) -> None:
        run = await product.start()
        await product.work()
        async with product.db.write() as session:
            await product.approvals.enqueue_advance(session, run, reason="again")
        await product.work()
        async with product.db.read() as session:
            waiting = await product.runs.get(session, product.owner, run.id)
        assert waiting.status == "waiting"
        assert kinds(await product.story(run)).count("gate-waiting:hitl_gate_final") == 1

    async def test_checkpoints_of_a_run_do_not_pile_up(self, product: TinyProduct) -> None:
        run = await product.start()
        await product.work()
        await product.decide(run, approval(await product.gate(run)))
        claimed = await product.claim()
        await product.runner.advance(claimed.job, claimed.lease, asyncio.Event())
        async with product.savers.open(claimed.lease) as saver:
            config: Any = {"configurable": {"thread_id": run.thread_id}}
            kept = [checkpoint async for checkpoint in saver.alist(config)]
        assert len(kept) <= 2


class TestCrash:
    async def test_a_finished_node_is_not_worked_again_by_the_next_worker(self, product: TinyProduct) -> None:
        run = await product.start()
        await product.work()
        await product.decide(run, approval(await product.gate(run)))

        async def die(node: str) -> None:
            if node == "work":
                raise ConnectionError("the worker is gone")

        product.workflow.hold = die
        claimed = await product.claim()
        with pytest.raises(ConnectionError):
            await product.runner.advance(claimed.job, claimed.lease, asyncio.Event())
        await product.queue.release(claimed.lease)
        product.workflow.hold = _go_on
        await product.work()
        assert product.workflow.calls == ["prepare", "hitl_gate_final", "work", "work"]
        assert kinds(await product.story(run)).count("node-start:work") == 1
        assert kinds(await product.story(run))[-1] == "run-complete"

    async def test_a_worker_that_lost_its_lease_writes_nothing(self, slow_product: TinyProduct) -> None:
        product = slow_product
        clock = product.clock
        assert isinstance(clock, StoppedClock)
        run = await product.start()
        stale = await product.claim("stale")
        reached, go_on = asyncio.Event(), asyncio.Event()

        async def hold(node: str) -> None:
            reached.set()
            await go_on.wait()

        product.workflow.hold = hold
        frozen = asyncio.create_task(product.runner.advance(stale.job, stale.lease, asyncio.Event()))
        await reached.wait()
        clock.at += timedelta(seconds=120)
        await product.queue.sweep()
        product.workflow.hold = _go_on
        await product.work(await product.claim("fresh"))
        before = await product.story(run)
        go_on.set()
        with pytest.raises(LeaseLost):
            await frozen
        assert await product.story(run) == before
        assert kinds(before)[-1] == "gate-waiting:hitl_gate_final"

    async def test_objects_of_a_stale_worker_are_unreachable_and_swept(self, product: TinyProduct) -> None:
        organisation = product.owner.organisation_id
        orphan = await product.content.put(organisation, "result", b"nobody recorded this", "text/plain")
        run = await product.start()
        await product.work()
        gate = await product.gate(run)
        later = StoppedClock(datetime.now(UTC) + timedelta(days=2))
        await ObjectSweep(product.db, product.queue, product.content, later).run()
        assert not await product.content.matches(organisation, orphan.sha256)
        assert await product.content.matches(organisation, gate.digest)

    async def test_a_young_object_is_not_swept(self, product: TinyProduct) -> None:
        run = await product.start()
        await product.work()
        young = await product.content.put(
            run.organisation_id, "result", b"about to be recorded", "text/plain"
        )
        assert await ObjectSweep(product.db, product.queue, product.content, product.clock).run() == 0
        assert await product.content.matches(run.organisation_id, young.sha256)


class TestGate:
    @pytest.mark.parametrize("rounds", [10])
    async def test_one_of_two_decisions_at_once_wins(self, product: TinyProduct, rounds: int) -> None:
        for _ in range(rounds):
            run = await product.start()
            await product.work()
            gate = await product.gate(run)
            results = await asyncio.gather(
                product.decide(run, approval(gate, "approve"), person("ann", "approver")),
                product.decide(run, approval(gate, "reject"), person("bob", "approver")),
                return_exceptions=True,
            )
            lost = [r for r in results if isinstance(r, GateAlreadyDecided)]
            won = [r for r in results if not isinstance(r, BaseException)]
            assert (len(won), len(lost)) == (1, 1)
            assert lost[0].facts["decided_by"] == won[0].decided_by
            assert lost[0].facts["decided_at"] == won[0].decided_at.isoformat()
            await product.work()
            story = kinds(await product.story(run))
            assert story.count("gate-decided:hitl_gate_final") == 1
            assert story.count("run-complete") == 1
        async with product.db.read() as session:
            intact, detail = await product.audit.verify(session, LOCAL_ORGANISATION)
        assert intact, detail

    async def test_a_decision_with_another_digest_is_refused(self, product: TinyProduct) -> None:
        run = await product.start()
        await product.work()
        gate = await product.gate(run)
        with pytest.raises(GateChanged):
            await product.decide(run, approval(gate).model_copy(update={"digest": "0" * 64}))
        assert (await product.gate(run)).status == "waiting"

    async def test_a_changed_object_behind_the_gate_is_noticed(self, product: TinyProduct) -> None:
        run = await product.start()
        await product.work()
        gate = await product.gate(run)
        key = object_key(run.organisation_id, gate.request.shown["text"]["sha256"])
        await _overwrite(product.blobs, key, b"{}")
        with pytest.raises(GateChanged):
            await product.decide(run, approval(gate))
        assert (await product.gate(run)).status == "waiting"

    async def test_another_runs_gate_is_not_found(self, product: TinyProduct) -> None:
        one, two = await product.start(), await product.start()
        await product.work()
        await product.work()
        with pytest.raises(NoGateWaiting):
            await product.decide(two, approval(await product.gate(one)))

    async def test_a_viewer_may_not_decide(self, product: TinyProduct) -> None:
        run = await product.start()
        await product.work()
        with pytest.raises(Forbidden):
            await product.decide(run, approval(await product.gate(run)), person("eve", "viewer"))

    async def test_two_people_have_to_approve_where_two_are_needed(self, product: TinyProduct) -> None:
        run = await product.start(GatePolicy(needs=2))
        await product.work()
        gate = await product.gate(run)
        first = await product.decide(run, approval(gate), person("ann", "approver"))
        assert first.status == "waiting"
        with pytest.raises(Forbidden):
            await product.decide(run, approval(gate), person("ann", "approver"))
        second = await product.decide(run, approval(gate), person("bob", "approver"))
        assert second.status == "decided"

    async def test_policy_never_approves_by_itself_and_is_recorded(self, product: TinyProduct) -> None:
        run = await product.start(GatePolicy(final="never"))
        await product.work()
        story = await product.story(run)
        decided = next(event for event in story if event.type == "gate-decided")
        assert decided.data["actor"] == "policy:gate"
        assert story[-1].type == "run-complete"


class TestDeadline:
    @pytest.mark.parametrize(("outcome", "status"), [("approve", "done"), ("reject", "rejected")])
    async def test_decides_when_nobody_does(
        self, slow_product: TinyProduct, outcome: Any, status: str
    ) -> None:
        product = slow_product
        clock = product.clock
        assert isinstance(clock, StoppedClock)
        run = await product.start(GatePolicy(final_deadline=Deadline(seconds=60, outcome=outcome)))
        await product.work()
        clock.at += timedelta(seconds=61)
        await product.work()
        await product.work()
        async with product.db.read() as session:
            assert (await product.runs.get(session, product.owner, run.id)).status == status
        decided = next(e for e in await product.story(run) if e.type == "gate-decided")
        assert decided.data["actor"] == "policy:deadline"

    async def test_reminds_again_and_again(self, slow_product: TinyProduct) -> None:
        product = slow_product
        clock = product.clock
        assert isinstance(clock, StoppedClock)
        deadline = Deadline(seconds=60, outcome="remind", remind_every_s=100)
        run = await product.start(GatePolicy(final_deadline=deadline))
        await product.work()
        for seconds in (61, 101, 101):
            clock.at += timedelta(seconds=seconds)
            await product.work()
        assert kinds(await product.story(run)).count("gate-reminder:hitl_gate_final") == 3
        assert (await product.gate(run)).reminders == 3

    async def test_escalates_to_an_admin(self, slow_product: TinyProduct) -> None:
        product = slow_product
        clock = product.clock
        assert isinstance(clock, StoppedClock)
        deadline = Deadline(seconds=60, outcome="escalate", escalate_to="head of platform")
        run = await product.start(GatePolicy(final_deadline=deadline))
        await product.work()
        clock.at += timedelta(seconds=61)
        await product.work()
        gate = await product.gate(run)
        with pytest.raises(Forbidden):
            await product.decide(run, approval(gate), person("ann", "approver"))
        assert (await product.decide(run, approval(gate), person("root", "admin"))).status == "decided"

    async def test_a_gate_decided_in_time_hears_nothing_of_its_deadline(
        self, slow_product: TinyProduct
    ) -> None:
        product = slow_product
        clock = product.clock
        assert isinstance(clock, StoppedClock)
        run = await product.start(GatePolicy(final_deadline=Deadline(seconds=60, outcome="reject")))
        await product.work()
        await product.decide(run, approval(await product.gate(run)))
        await product.work()
        clock.at += timedelta(seconds=61)
        await product.work()
        assert kinds(await product.story(run))[-1] == "run-complete"


class TestDeadJob:
    async def test_ends_the_run_with_a_reason(self, product: TinyProduct) -> None:
        run = await product.start()
        claimed = await product.claim()
        await product.queue.fail(claimed.lease, "the disk is full", retryable=False)
        async with product.db.read() as session:
            ended = await product.runs.get(session, product.owner, run.id)
        assert ended.status == "failed"
        assert ended.problem is not None
        assert "the disk is full" in ended.problem["message"]
        assert kinds(await product.story(run)) == ["run-error", "run-complete"]


async def _go_on(_node: str) -> None:
    return None


async def _overwrite(blobs: BlobStore, key: str, data: bytes) -> None:
    await blobs.delete(key)
    await blobs.put(key, data)

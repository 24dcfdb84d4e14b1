"""A design that breaks off at a node and goes on: finished nodes are neither told nor worked again."""

from collections import Counter
from types import SimpleNamespace
from typing import Any

import pytest

from libs.core.errors import ProductError
from libs.projects.content import object_key
from libs.projects.models import GatePolicy
from libs.storage.port import BlobNotFound
from libs.workflow.graph import NODES
from libs.workflow.nodes import critic_cost as critic
from libs.workflow.service import StartedDesign
from tests.reliability.invariants import assert_whole
from tests.support.product import CHURN, Product

UNATTENDED = GatePolicy(input="never", final="never")


async def attempt(product: Product) -> BaseException | None:
    """One job, as a worker carries it out; what a node raised ends it for good."""
    queue = product.services.queue
    claimed = await queue.claim("test", tuple(product.services.handlers))
    assert claimed is not None
    work = SimpleNamespace(job=claimed.job, lease=claimed.lease, cancelled=SimpleNamespace(is_set=bool))
    try:
        await product.services.handlers[claimed.job.kind](work)
    except (OSError, ProductError) as error:
        await queue.fail(claimed.lease, str(error), retryable=False)
        return error
    await queue.complete(claimed.lease)
    return None


async def retry(product: Product, started: StartedDesign) -> None:
    async with product.db.write() as session:
        await product.services.runs.retry(session, product.owner, started.run_id)


async def nodes_worked(product: Product, started: StartedDesign) -> Counter[str]:
    async with product.db.read() as session:
        visits = await product.services.runs.agent_runs(session, product.owner, started.run_id)
    return Counter(visit.node for visit in visits)


class TestBrokenNode:
    async def test_codegen_fails_once_and_the_nine_before_it_are_not_run_again(
        self, product: Product
    ) -> None:
        started = await product.start(CHURN, policy=GatePolicy(input="never"))
        await product.work()
        await product.decide(started, "approve")
        plan = (await product.decision_set(started)).plan_sha256
        assert plan is not None
        key = object_key(product.owner.organisation_id, plan)
        lost = await product.services.blobs.get(key)
        await product.services.blobs.delete(key)
        assert isinstance(await attempt(product), BlobNotFound)
        assert (await product.decision_set(started)).status == "failed"
        assert await nodes_worked(product, started) == Counter(NODES[:9])
        before = await product.story(started)

        await product.services.blobs.put(key, lost)
        await retry(product, started)
        await product.work()

        assert await nodes_worked(product, started) == Counter(NODES)
        since = (await product.story(started))[len(before) :]
        assert [event.type for event in before[-3:]] == ["node-error", "run-error", "run-complete"]
        assert (since[0].type, since[-1].type) == ("run-retried", "run-complete")
        # The node that failed had begun; the ones before it had ended.
        assert {event.node for event in since if event.type == "node-start"} == set(NODES[10:])
        assert {event.node for event in since if event.type == "node-complete"} == set(NODES[9:])
        await assert_whole(product, started, retries=1)

        undisturbed = await product.through(CHURN)
        done, other = await product.decision_set(started), await product.decision_set(undisturbed)
        assert done.status == "done"
        assert done.payload_sha256 == other.payload_sha256

    async def test_one_of_two_critics_fails_once_and_the_other_is_not_asked_again(
        self, embedded: Product, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        criticise: Any = critic.criticise_cost

        def broken(_plan: object) -> None:
            raise OSError("the sums are lost")

        monkeypatch.setattr(critic, "criticise_cost", broken)
        started = await embedded.start(CHURN, policy=UNATTENDED)
        assert isinstance(await attempt(embedded), OSError)
        monkeypatch.setattr(critic, "criticise_cost", criticise)
        await retry(embedded, started)
        await embedded.work()
        assert await nodes_worked(embedded, started) == Counter(NODES)
        told = Counter(await embedded.kinds(started))
        assert all(told[f"node-start:{node}"] == told[f"node-complete:{node}"] == 1 for node in NODES)
        await assert_whole(embedded, started, retries=1)

    async def test_the_same_error_is_told_again_when_it_comes_again(
        self, embedded: Product, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(_plan: object) -> None:
            raise OSError("the sums are lost")

        monkeypatch.setattr(critic, "criticise_cost", broken)
        started = await embedded.start(CHURN, policy=UNATTENDED)
        await attempt(embedded)
        await retry(embedded, started)
        await attempt(embedded)
        told = Counter(await embedded.kinds(started))
        assert told["node-error:critic_cost"] == told["run-error"] == told["run-complete"] == 2


class TestStoppedDesign:
    async def test_waits_at_its_gate_again_and_goes_on_to_the_end(self, product: Product) -> None:
        started = await product.start(CHURN, policy=GatePolicy(input="never"))
        await product.work()
        shown = await product.waiting(started)
        async with product.db.write() as session:
            await product.services.runs.cancel(session, product.owner, started.run_id)
        assert await product.gate(started) is None
        await retry(product, started)
        await product.work()
        again = await product.waiting(started)
        assert (again["digest"], again["shown"]) == (shown["digest"], shown["shown"])
        assert again["id"] != shown["id"]
        await product.decide(started, "approve")
        await product.work()
        assert await nodes_worked(product, started) == Counter(NODES)
        await assert_whole(product, started, retries=1)

"""Edit and fork: a fork asks its own gates and knows nothing of what was decided in the design that it forks."""

import json

from libs.events.models import Event
from libs.runs.models import Edits
from libs.runs.repository import waiting_approval
from libs.workflow.service import StartedDesign
from tests.support.product import CHURN, Product

EDITED = CHURN.replace("eu-central-1", "us-east-1")


async def at_final_gate(product: Product, started: StartedDesign) -> None:
    await product.work()
    if (await product.waiting(started))["kind"] == "input":
        await product.decide(started, "approve")
        await product.work()
    assert (await product.waiting(started))["kind"] == "final"


async def decided(product: Product, started: StartedDesign) -> list[Event]:
    return [event for event in await product.story(started) if event.type == "gate-decided"]


class TestLines:
    async def test_versions_count_among_what_goes_back_to_the_same_first_design(
        self, product: Product
    ) -> None:
        first = await product.through(CHURN)
        unrelated = await product.start(CHURN)
        child = await product.start("The budget is 2,000 dollars a month.", parent=first.decision_set_id)
        fork = await product.start(EDITED, fork_of=first.decision_set_id)
        stored = [await product.decision_set(each) for each in (first, unrelated, child, fork)]

        assert [each.version for each in stored] == [1, 1, 2, 3]
        assert [each.line_id for each in stored] == [stored[0].id, stored[1].id, stored[0].id, stored[0].id]
        listed = await product.listed(line_id=stored[0].id)
        assert [each.id for each in listed] == [stored[3].id, stored[2].id, stored[0].id]


class TestFork:
    async def test_an_approved_design_leaves_its_fork_unapproved(self, product: Product) -> None:
        original = await product.through(CHURN)
        fork = await product.start(EDITED, fork_of=original.decision_set_id)
        await product.work()
        gate = await product.waiting(fork)
        assert await decided(product, original)
        assert await decided(product, fork) == []
        async with product.db.read() as session:
            asked = await waiting_approval(session, product.owner.organisation_id, fork.decision_set_id)
        assert asked is not None
        assert (asked.id, asked.run_id, asked.decision, asked.votes) == (gate["id"], fork.run_id, None, ())

        await at_final_gate(product, fork)
        await product.decide(fork, "approve")
        await product.work()
        done = await product.decision_set(fork)
        assert (done.status, done.parent_id, done.forked_from) == ("done", None, original.decision_set_id)
        assert json.loads(await product.artifact(fork, "plan.json"))["requirements"]["region"] == "us-east-1"
        assert (await product.decision_set(original)).payload_sha256 != done.payload_sha256

    async def test_answers_and_edits_of_the_original_stay_there(self, embedded: Product) -> None:
        original = await embedded.start(CHURN)
        await at_final_gate(embedded, original)
        plain = json.loads(await embedded.artifact(original, "plan.json"))
        edits = Edits(
            constraints={"budget_usd_month": 5000},
            components={"store": "rds_postgres"},
            assumptions={"ci_minutes": 1600},
        )
        await embedded.decide(original, "edit", edits=edits)
        await embedded.work()
        edited = json.loads(await embedded.artifact(original, "plan.json"))
        assert edited["requirements"]["assumptions"] == {"ci_minutes": 1600}

        fork = await embedded.start(CHURN, fork_of=original.decision_set_id)
        await at_final_gate(embedded, fork)
        assert json.loads(await embedded.artifact(fork, "plan.json")) == plain
        assert (await embedded.waiting(original))["kind"] == "final"

    async def test_a_fork_of_a_child_version_reads_the_parent_and_not_the_child(
        self, embedded: Product
    ) -> None:
        parent = await embedded.through(CHURN)
        child = await embedded.through("The budget is 2,000 dollars a month.", parent=parent.decision_set_id)
        fork = await embedded.through("It has to run in us-east-1.", fork_of=child.decision_set_id)
        needs = json.loads(await embedded.artifact(fork, "plan.json"))["requirements"]
        assert (needs["budget_usd_month"], needs["region"]) == (900, "us-east-1")
        assert (await embedded.decision_set(fork)).parent_id == parent.decision_set_id
        assert json.loads(await embedded.artifact(fork, "diff.json"))["code"]["changed"]

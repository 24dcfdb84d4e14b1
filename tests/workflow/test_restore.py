"""An earlier version becomes the newest one: the same bytes, compared with what it follows, and designed on from."""

import json
from collections import Counter

import pytest
from sqlalchemy import func, select

from libs.accounts.tables import AuditRow
from libs.codegen import payload
from libs.core.errors import Forbidden
from libs.core.principal import LOCAL_ORGANISATION, Principal
from libs.jobs.tables import JobRow
from libs.projects.content import object_key
from libs.projects.errors import ArtifactDamaged
from libs.runs.models import Edits
from libs.workflow.cards import AGENTS
from libs.workflow.graph import NODES
from libs.workflow.restoring import VersionIsNewest, VersionUnfinished
from libs.workflow.service import StartedDesign
from tests.reliability.invariants import assert_whole
from tests.support.product import CHURN, Product

EAST = "It has to run in us-east-1."


async def restore(
    product: Product, started: StartedDesign, principal: Principal | None = None
) -> StartedDesign:
    """The restored version, in the form in which started ones are."""
    who = principal or product.owner
    restores = product.services.restores
    restorable = await restores.prepare(who, started.decision_set_id)
    async with product.db.write() as session:
        made = await restores.restore(session, who, restorable, "req_test")
    return StartedDesign(**{**made.model_dump(), "job_id": ""})


async def artifacts(product: Product, started: StartedDesign) -> dict[str, str]:
    """Digest of the newest artifact of each name."""
    async with product.db.read() as session:
        found = await product.services.projects.artifacts(session, product.owner, started.decision_set_id)
    return {artifact.name: artifact.sha256 for artifact in found}


async def files(product: Product, started: StartedDesign) -> dict[str, bytes]:
    return {file.path: file.content for file in payload.read(await product.artifact(started, "payload.zip"))}


class TestRestoredVersion:
    async def test_is_the_earlier_one_again_and_says_so(self, product: Product) -> None:
        first = await product.through(CHURN)
        second = await product.through(EAST, parent=first.decision_set_id)
        restored = await restore(product, first)

        old, before, new = [await product.decision_set(each) for each in (first, second, restored)]
        assert (new.payload_sha256, new.plan_sha256) == (old.payload_sha256, old.plan_sha256)
        assert new.payload_sha256 != before.payload_sha256
        assert (new.constraints, new.title, new.status) == (old.constraints, old.title, "done")
        assert (new.parent_id, new.version) == (before.id, before.version + 1)
        assert new.summary == {**old.summary, "restored_from": old.id, "restored_version": old.version}
        assert restored.status == "done"
        same, kept = await artifacts(product, first), await artifacts(product, restored)
        assert kept.keys() == same.keys()
        assert {name for name in same if kept[name] != same[name]} <= {"diff.json", "diff.md"}

        await assert_whole(product, restored)
        story = await product.story(restored)
        once = ("node-start", "diff-update", "reason-card", "node-complete", "run-complete")
        assert Counter(e.type for e in story) == {"node-skipped": 12, **dict.fromkeys(once, 1)}
        assert {e.node for e in story if e.type != "run-complete"} == set(NODES)
        [card] = await product.cards(restored, "diff_and_persist")
        assert card["agent"] == AGENTS["diff_and_persist"]
        assert card["title"] == f"Version {old.version} restored"
        assert "nothing was made anew" in card["justification"]

    async def test_is_compared_with_the_version_that_it_follows(self, embedded: Product) -> None:
        first = await embedded.through(CHURN)
        second = await embedded.through(EAST, parent=first.decision_set_id)
        restored = await restore(embedded, first)
        difference = json.loads(await embedded.artifact(restored, "diff.json"))
        before, after = await files(embedded, second), await files(embedded, first)
        assert difference["code"]["changed"] == sorted(
            path for path in before.keys() & after.keys() if before[path] != after[path]
        )
        assert difference["code"]["changed"]
        back = {c["field"]: (c["before"], c["after"]) for c in difference["plan"]["requirements"]}
        forth = json.loads(await embedded.artifact(second, "diff.json"))["plan"]["requirements"]
        assert back == {c["field"]: (c["after"], c["before"]) for c in forth}
        page = (await embedded.artifact(restored, "diff.md")).decode()
        assert page.startswith("# Changes from the parent version")
        assert "us-east-1" in page
        told = next(e.data for e in await embedded.story(restored) if e.type == "diff-update")
        assert told["changed"] == len(difference["code"]["changed"])

    async def test_needs_no_job_no_new_object_but_the_comparison_and_is_recorded(
        self, embedded: Product
    ) -> None:
        first = await embedded.through(CHURN)
        await embedded.through(EAST, parent=first.decision_set_id)
        jobs = select(func.count()).select_from(JobRow)
        async with embedded.db.read() as session:
            before = (await session.execute(jobs)).scalar_one()
        objects = {blob.key async for blob in embedded.services.blobs.list(f"{LOCAL_ORGANISATION}/")}
        restored = await restore(embedded, first)
        made = await artifacts(embedded, restored)
        since = {blob.key async for blob in embedded.services.blobs.list(f"{LOCAL_ORGANISATION}/")} - objects
        assert since <= {object_key(LOCAL_ORGANISATION, made[name]) for name in ("diff.json", "diff.md")}
        async with embedded.db.read() as session:
            assert (await session.execute(jobs)).scalar_one() == before
            lines = (
                await session.execute(select(AuditRow).where(AuditRow.subject == restored.decision_set_id))
            ).scalars()
            assert [(line.action, line.data["restored_from"]) for line in lines] == [
                ("decision_set.restore", first.decision_set_id)
            ]

    async def test_may_be_restored_itself(self, embedded: Product) -> None:
        first = await embedded.through(CHURN)
        second = await embedded.through(EAST, parent=first.decision_set_id)
        third = await restore(embedded, first)
        fourth = await restore(embedded, second)
        fifth = await restore(embedded, third)
        found = [await embedded.decision_set(each) for each in (first, second, third, fourth, fifth)]
        assert [each.version for each in found] == list(range(found[0].version, found[0].version + 5))
        assert found[4].payload_sha256 == found[0].payload_sha256
        assert found[4].parent_id == found[3].id
        assert found[4].summary["restored_from"] == found[2].id


class TestDesignedOn:
    async def test_a_child_keeps_what_was_said_and_decided_in_the_restored_version(
        self, product: Product
    ) -> None:
        first = await product.start(CHURN)
        await product.work()
        while (await product.waiting(first))["kind"] != "final":
            await product.decide(first, "approve")
            await product.work()
        await product.decide(
            first,
            "edit",
            edits=Edits(components={"serve": "aws_batch"}, assumptions={"ci_minutes": 1600}),
        )
        await product.work()
        await product.decide(first, "approve")
        await product.work()
        await product.through(EAST, parent=first.decision_set_id)
        restored = await restore(product, first)

        child = await product.through("The budget is 2000 dollars a month.", parent=restored.decision_set_id)

        made = await product.decision_set(child)
        assert (made.status, made.parent_id) == ("done", restored.decision_set_id)
        values = {c["field"]: c["value"] for c in made.constraints}
        assert (values["regions"], values["budget_usd_month"]) == (["eu-central-1"], 2000)
        plan = json.loads(await product.artifact(child, "plan.json"))
        assert plan["requirements"]["assumptions"] == {"ci_minutes": 1600}
        chosen = {part["slot"]: part["option"] for part in plan["components"]}
        assert chosen["serve"] == "aws_batch"
        assert "restored_from" not in made.summary
        fields = json.loads(await product.artifact(child, "diff.json"))["plan"]["requirements"]
        assert [change["field"] for change in fields] == ["budget_usd_month"]


class TestRefusals:
    async def test_a_version_that_was_never_finished(self, embedded: Product) -> None:
        started = await embedded.start(CHURN)
        await embedded.work()
        with pytest.raises(VersionUnfinished) as refused:
            await restore(embedded, started)
        assert refused.value.advice

    async def test_the_newest_finished_version(self, embedded: Product) -> None:
        first = await embedded.through(CHURN)
        with pytest.raises(VersionIsNewest):
            await restore(embedded, first)
        waiting = await embedded.start(EAST, parent=first.decision_set_id)
        await embedded.work()
        with pytest.raises(VersionIsNewest):
            await restore(embedded, first)
        assert (await embedded.decision_set(waiting)).status == "waiting"

    async def test_a_version_whose_files_are_damaged_makes_none(self, embedded: Product) -> None:
        first = await embedded.through(CHURN)
        second = await embedded.through(EAST, parent=first.decision_set_id)
        sha256 = (await artifacts(embedded, first))["repository.zip"]
        key = object_key(LOCAL_ORGANISATION, sha256)
        await embedded.services.blobs.delete(key)
        await embedded.services.blobs.put(key, b"something else")
        with pytest.raises(ArtifactDamaged):
            await restore(embedded, first)
        async with embedded.db.read() as session:
            newest = await embedded.services.projects.decision_sets(session, embedded.owner, limit=1)
        assert [each.decision_set.id for each in newest] == [second.decision_set_id]

    async def test_a_viewer_may_not(self, embedded: Product) -> None:
        first = await embedded.through(CHURN)
        viewer = Principal(actor="user:eve", organisation_id=LOCAL_ORGANISATION, roles=frozenset({"viewer"}))
        with pytest.raises(Forbidden):
            await restore(embedded, first, viewer)

"""One requirement changed in the next version: the design changes with it, or it says why not."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from libs.planning.models import Plan
from tests.support.product import FRAUD, Product, product_over, settings_for

BRIEF = f"{FRAUD} It runs in eu-west-1 with 99% availability."
CHANGES = {
    "region": "It has to run in us-east-1.",
    "availability": "Availability must be 99.95%.",
    "budget": "The budget is 6000 dollars a month.",
    "latency": "A p95 latency of 400 ms is enough.",
    "data class": "The data is internal only.",
}


@pytest.fixture
async def product(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Product]:
    async with product_over(settings_for(sqlite_url, tmp_path)) as opened:
        yield opened


async def plan_of(product: Product, design: Any) -> Plan:
    return Plan.model_validate_json(await product.artifact(design, "plan.json"))


class TestChange:
    async def test_each_change_reaches_plan_and_files_and_the_diff_names_it(self, product: Product) -> None:
        first = await product.through(BRIEF)
        before = await plan_of(product, first)
        payload = (await product.decision_set(first)).payload_sha256
        for name, message in CHANGES.items():
            child = await product.through(message, parent=first.decision_set_id)
            found = await product.decision_set(child)
            assert found.status == "done", (name, await product.kinds(child))
            after = await plan_of(product, child)
            changed = {
                field
                for field in type(before.requirements).model_fields
                if getattr(before.requirements, field) != getattr(after.requirements, field)
            } - {"sources"}
            assert changed, name
            assert found.payload_sha256 != payload, f"{name} changed nothing in the repository"
            difference = (await product.artifact(child, "diff.md")).decode()
            assert any(field in difference for field in changed), (name, changed, difference[:500])

    async def test_the_region_moves_every_environment_and_every_price(self, product: Product) -> None:
        first = await product.through(BRIEF)
        child = await product.through(CHANGES["region"], parent=first.decision_set_id)
        before, after = await plan_of(product, first), await plan_of(product, child)
        assert (before.requirements.region, after.requirements.region) == ("eu-west-1", "us-east-1")
        assert before.cost.expected_usd != after.cost.expected_usd
        assert {line.region for line in after.cost.lines} <= {"us-east-1", "global"}

    async def test_a_budget_that_is_too_small_says_what_the_design_takes(self, product: Product) -> None:
        first = await product.through(BRIEF)
        child = await product.start("The budget is 20 dollars a month.", parent=first.decision_set_id)
        await product.work()
        gate = await product.waiting(child)
        assert gate["outcome"] == "infeasible"
        assert "approve" not in gate["decisions"]
        assert "$20" in gate["message"]
        assert (await product.decision_set(child)).payload_sha256 is None

    @pytest.mark.parametrize(
        ("message", "named"),
        [
            ("The p95 latency must be below 1 ms.", "latency"),
            ("Availability must be 99.999%.", "availability target (99.999 %)"),
        ],
    )
    async def test_what_no_service_reaches_is_named(self, product: Product, message: str, named: str) -> None:
        first = await product.through(BRIEF)
        child = await product.start(message, parent=first.decision_set_id)
        await product.work()
        gate = await product.waiting(child)
        assert gate["outcome"] == "infeasible"
        assert named in gate["message"]

    async def test_what_was_decided_at_the_gates_of_the_parent_is_kept(self, product: Product) -> None:
        first = await product.start(FRAUD)
        await product.work()
        await product.decide(first, "respond", answers={"regions": ["eu-west-1"], "team_size": 7})
        await product.work()
        while (gate := await product.gate(first)) is not None:
            assert "approve" in gate["decisions"]
            await product.decide(first, "approve")
            await product.work()
        child = await product.through(CHANGES["availability"], parent=first.decision_set_id)
        needs = (await plan_of(product, child)).requirements
        assert (needs.region, needs.team_size, needs.availability_pct) == ("eu-west-1", 7, 99.95)
        moved = await product.through(CHANGES["region"], parent=child.decision_set_id)
        needs = (await plan_of(product, moved)).requirements
        assert (needs.region, needs.team_size, needs.availability_pct) == ("us-east-1", 7, 99.95)

    async def test_a_field_that_was_taken_back_stays_away(self, product: Product) -> None:
        first = await product.start(f"{FRAUD} The budget is 9000 dollars a month.")
        await product.work()
        await product.decide(first, "edit", edits={"constraints": {"budget_usd_month": None}})
        await product.work()
        while await product.gate(first) is not None:
            await product.decide(first, "approve")
            await product.work()
        child = await product.through(CHANGES["region"], parent=first.decision_set_id)
        assert (await plan_of(product, child)).requirements.budget_usd_month is None
        again = await product.through(CHANGES["budget"], parent=child.decision_set_id)
        assert (await plan_of(product, again)).requirements.budget_usd_month == 6000

    async def test_a_component_that_was_fixed_stays_fixed(self, product: Product) -> None:
        first = await product.start(BRIEF)
        await product.work()
        while (gate := await product.gate(first)) is not None and gate["kind"] != "final":
            await product.decide(first, "approve")
            await product.work()
        chosen = {c.slot: c.option for c in (await plan_of(product, first)).components}
        other = next(o for o in ("cloudwatch", "managed_prometheus") if o != chosen["observe"])
        await product.decide(first, "edit", edits={"components": {"observe": other}})
        await product.work()
        while await product.gate(first) is not None:
            await product.decide(first, "approve")
            await product.work()
        child = await product.through(CHANGES["latency"], parent=first.decision_set_id)
        assert {c.slot: c.option for c in (await plan_of(product, child)).components}["observe"] == other

"""A waiver is withdrawn at the final gate: the rule blocks again, who did it is recorded, and nothing of it is left."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from libs.core.clock import StoppedClock
from libs.core.errors import Forbidden
from libs.core.principal import LOCAL_ORGANISATION, Role
from libs.projects.models import GatePolicy
from libs.runs.errors import DecisionNotOffered
from libs.runs.models import Edits
from libs.workflow.service import StartedDesign
from tests.support.product import CHURN, Product, product_over, settings_for
from tests.workflow.house import RULE, FilesBreakARule, audited, blocked, person, result_of, settings, waived


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock(datetime(2026, 11, 22, 9, tzinfo=UTC))


@pytest.fixture
async def product(database_url: str, tmp_path: Path, clock: StoppedClock) -> AsyncIterator[Product]:
    async with product_over(settings(database_url, tmp_path), clock) as opened:
        yield opened


@pytest.fixture
async def embedded(sqlite_url: str, tmp_path: Path, clock: StoppedClock) -> AsyncIterator[Product]:
    async with product_over(settings(sqlite_url, tmp_path), clock) as opened:
        yield opened


async def withdrawn(product: Product, started: StartedDesign, **more: Any) -> dict[str, Any]:
    await product.decide(started, "edit", withdrawn=[RULE], principal=person("admin"), **more)
    await product.work()
    return await product.waiting(started)


class TestWithdraw:
    async def test_the_rule_blocks_again_and_the_design_stays(self, product: Product) -> None:
        started = await blocked(product)
        before = await waived(product, started)
        gate = await withdrawn(product, started, comment="The move was called off.")
        assert (gate["outcome"], gate["shown"]["failing_rules"]) == ("blocked_by_policy", [RULE])
        assert (gate["shown"]["waivers"], gate["shown"]["plan"]) == ([], before["shown"]["plan"])
        result = await result_of(product, started)
        assert (result["outcome"], result["waiver"]) == ("fail", None)
        with pytest.raises(DecisionNotOffered):
            await product.decide(started, "approve")
        decided = (await product.cards(started, "hitl_gate_final"))[-1]
        assert decided["choice"] == f"Withdrew the waiver of {RULE}"
        assert decided["justification"] == "The move was called off."
        [told] = [event.data for event in await product.story(started) if "withdrawn" in event.data]
        assert (told["decision"], told["actor"], told["withdrawn"]) == ("edit", "user:admin", [RULE])

    async def test_leaves_one_audit_row_and_the_chain_unbroken(self, product: Product) -> None:
        started = await blocked(product)
        gate = await waived(product, started)
        await withdrawn(product, started, comment="Called off.")
        [row] = await audited(product, "policy.withdraw")
        assert (row.actor, row.subject) == ("user:admin", gate["id"])
        assert row.data == {"rule": RULE, "comment": "Called off."}
        async with product.db.read() as session:
            unbroken, says = await product.services.audit.verify(session, LOCAL_ORGANISATION)
        assert unbroken, says

    async def test_nothing_of_it_is_left_for_later_versions_and_tried_changes(
        self, embedded: Product
    ) -> None:
        parent = await blocked(embedded)
        await waived(embedded, parent)
        await withdrawn(embedded, parent)
        assert json.loads(await embedded.artifact(parent, "waivers.json")) == []
        tried = Edits(assumptions={"ci_minutes": 1600})
        effect = await embedded.services.what_ifs.effect(embedded.owner, parent.decision_set_id, tried)
        assert next(result.outcome for result in effect.policies if result.rule == RULE) == "fail"
        child = await embedded.start("Retrain it every month.", parent=parent.decision_set_id)
        await embedded.work()
        assert (await result_of(embedded, child))["outcome"] == "fail"

    async def test_a_later_version_withdraws_what_it_took_over_and_may_waive_again(
        self, embedded: Product
    ) -> None:
        parent = await blocked(embedded)
        await waived(embedded, parent)
        child = await embedded.start("Retrain it every month.", parent=parent.decision_set_id)
        await embedded.work()
        gate = await withdrawn(embedded, child)
        assert gate["outcome"] == "blocked_by_policy"
        gate = await waived(embedded, child, reason="On again.")
        assert [waiver["reason"] for waiver in gate["shown"]["waivers"]] == ["On again."]
        assert (await result_of(embedded, parent))["outcome"] == "warn"

    @pytest.mark.parametrize("role", ["viewer", "editor", "approver"])
    async def test_nobody_below_admin_may(self, embedded: Product, role: Role) -> None:
        started = await blocked(embedded)
        await waived(embedded, started)
        with pytest.raises(Forbidden) as refused:
            await embedded.decide(started, "edit", withdrawn=[RULE], principal=person(role))
        assert refused.value.facts["role"] == ("admin" if role == "approver" else "approver")
        assert await audited(embedded, "policy.withdraw") == []
        assert (await embedded.waiting(started))["outcome"] == ""


class TestRulesOnFiles:
    async def test_the_files_are_blocked_again(
        self, sqlite_url: str, tmp_path: Path, clock: StoppedClock
    ) -> None:
        checks = FilesBreakARule()
        async with product_over(settings_for(sqlite_url, tmp_path), clock, checks) as product:
            started = await product.start(CHURN, policy=GatePolicy(input="never", final="always"))
            await product.work()
            await product.decide(started, "approve")
            await product.work()
            await waived(product, started, rule=checks.RULE)
            await product.decide(started, "edit", withdrawn=[checks.RULE])
            await product.work()
            gate = await product.waiting(started)
            assert (gate["outcome"], gate["shown"]["waivers"]) == ("", [])
            await product.decide(started, "approve")
            await product.work()
            gate = await product.waiting(started)
        assert (gate["outcome"], gate["shown"]["failing_rules"]) == ("blocked_by_checks", [checks.RULE])

"""A failing rule is waived at the final gate: who may, what it takes, what is shown, kept, recorded and handed over."""

import io
import json
import zipfile
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from libs.core.clock import StoppedClock
from libs.core.errors import Forbidden
from libs.core.principal import LOCAL_ORGANISATION, Role
from libs.projects.models import GatePolicy
from libs.runs.errors import DecisionInvalid, DecisionNotOffered
from libs.runs.models import Edits
from tests.support.product import CHURN, Product, product_over, settings_for
from tests.workflow.house import (
    ASKS_NOTHING,
    RULE,
    TODAY,
    UNTIL,
    FilesBreakARule,
    audited,
    blocked,
    person,
    result_of,
    settings,
    waived,
    waiver,
)


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


class TestWaive:
    async def test_turns_the_failure_into_a_warning_that_names_who_why_and_until_when(
        self, product: Product
    ) -> None:
        started = await blocked(product)
        before = await product.waiting(started)
        with pytest.raises(DecisionNotOffered):
            await product.decide(started, "approve")

        gate = await waived(product, started)
        given = {"owner": "user:admin", "reason": "Moves in May.", "expires": "2027-02-20", "resource": ""}
        result = await result_of(product, started)
        assert (result["outcome"], result["severity"], result["waiver"]) == ("warn", "fail", given)
        assert ("approve" in gate["decisions"], gate["outcome"], gate["shown"]["failing_rules"]) == (
            True,
            "",
            [],
        )
        assert gate["shown"]["waivers"] == [{"rule": RULE, **given}]
        assert f"policy:{RULE}" in gate["trips"]
        assert gate["shown"]["plan"] == before["shown"]["plan"]
        assert gate["digest"] != before["digest"]
        [eyed] = [
            policy
            for card in (await product.cards(started, "policy_eval"))[-1:]
            for policy in card["policies"]
            if policy["rule"] == RULE
        ]
        assert eyed["outcome"] == "warn"
        assert "user:admin accepts it until 2027-02-20: Moves in May." in eyed["message"]
        decided = (await product.cards(started, "hitl_gate_final"))[-1]
        assert (decided["choice"], "Moves in May." in decided["justification"]) == (f"Waived {RULE}", True)
        [told] = [event.data for event in await product.story(started) if "waived" in event.data]
        assert (told["decision"], told["waived"]) == ("edit", [RULE])

    async def test_leaves_one_audit_row_and_the_chain_unbroken(self, product: Product) -> None:
        started = await blocked(product)
        gate = await product.waiting(started)
        await waived(product, started, reason="  Moves in May. ")
        [row] = await audited(product, "policy.waive")
        assert (row.actor, row.subject) == ("user:admin", gate["id"])
        assert row.data == {"rule": RULE, "reason": "Moves in May.", "expires": "2027-02-20"}
        async with product.db.read() as session:
            unbroken, says = await product.services.audit.verify(session, LOCAL_ORGANISATION)
        assert unbroken, says

    async def test_is_in_the_reports_of_the_repository_and_leaves_its_payload_alone(
        self, embedded: Product
    ) -> None:
        started = await blocked(embedded)
        await waived(embedded, started)
        await embedded.decide(started, "approve")
        await embedded.work()
        assert (await embedded.decision_set(started)).status == "done"
        with zipfile.ZipFile(io.BytesIO(await embedded.artifact(started, "repository.zip"))) as packed:
            report = json.loads(packed.read("reports/policy.json"))
            page = packed.read("reports/policy.md").decode()
        [shown] = [each for each in report["policies"] if each["rule"] == RULE]
        assert (shown["outcome"], shown["waiver"]["owner"]) == ("warn", "user:admin")
        assert "user:admin accepts it until 2027-02-20: Moves in May." in page
        with zipfile.ZipFile(io.BytesIO(await embedded.artifact(started, "payload.zip"))) as packed:
            assert not [name for name in packed.namelist() if b"Moves in May." in packed.read(name)]

    async def test_a_tried_change_is_judged_with_it(self, embedded: Product) -> None:
        started = await blocked(embedded)
        tried = Edits(assumptions={"ci_minutes": 1600})
        before = await embedded.services.what_ifs.effect(embedded.owner, started.decision_set_id, tried)
        await waived(embedded, started)
        after = await embedded.services.what_ifs.effect(embedded.owner, started.decision_set_id, tried)
        outcomes = [
            next(result.outcome for result in effect.policies if result.rule == RULE)
            for effect in (before, after)
        ]
        assert outcomes == ["fail", "warn"]

    async def test_holds_on_through_a_changed_design_and_can_be_renewed(self, embedded: Product) -> None:
        started = await blocked(embedded)
        await waived(embedded, started)
        await embedded.decide(started, "edit", edits=Edits(assumptions={"ci_minutes": 1600}))
        await embedded.work()
        assert (await result_of(embedded, started))["outcome"] == "warn"
        gate = await waived(embedded, started, reason="Moves in June.", expires=UNTIL + timedelta(days=30))
        [renewed] = gate["shown"]["waivers"]
        assert (renewed["reason"], renewed["expires"]) == ("Moves in June.", "2027-03-22")

    async def test_other_failing_rules_stay(self, embedded: Product) -> None:
        started = await embedded.start(
            CHURN, policy=ASKS_NOTHING, constraints={"data_classification": "restricted"}
        )
        await embedded.work()
        failing = (await embedded.waiting(started))["shown"]["failing_rules"]
        assert {RULE, "house.second_home"} <= set(failing)
        gate = await waived(embedded, started)
        assert gate["outcome"] == "blocked_by_policy"
        assert gate["shown"]["failing_rules"] == [rule for rule in failing if rule != RULE]


class TestWho:
    @pytest.mark.parametrize("role", ["viewer", "editor", "approver"])
    async def test_nobody_below_admin_may(self, product: Product, role: Role) -> None:
        started = await blocked(product)
        with pytest.raises(Forbidden) as refused:
            await product.decide(started, "edit", waivers=[waiver()], principal=person(role))
        assert refused.value.facts["role"] == ("admin" if role == "approver" else "approver")
        assert await audited(product, "policy.waive") == []
        assert (await product.waiting(started))["outcome"] == "blocked_by_policy"


class TestWhat:
    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"rule": "house.no_such_rule"}, "rule"),
            ({"rule": "baseline.backups"}, "rule"),
            ({"reason": " \n"}, "reason"),
            ({"expires": TODAY - timedelta(days=1)}, "expires"),
            ({"expires": TODAY + timedelta(days=366)}, "expires"),
        ],
    )
    async def test_what_cannot_be_waived_is_refused_by_field_and_decides_nothing(
        self, embedded: Product, changes: dict[str, Any], field: str
    ) -> None:
        started = await blocked(embedded)
        with pytest.raises(DecisionInvalid) as refused:
            await embedded.decide(started, "edit", waivers=[waiver(**changes)])
        assert refused.value.facts["field"] == f"waivers.0.{field}"
        assert await audited(embedded, "policy.waive") == []
        assert (await embedded.waiting(started))["outcome"] == "blocked_by_policy"

    async def test_nor_at_the_input_gate_nor_with_another_decision(self, embedded: Product) -> None:
        asked = await embedded.start(CHURN, policy=GatePolicy(input="always"))
        await embedded.work()
        with pytest.raises(DecisionInvalid) as refused:
            await embedded.decide(asked, "edit", waivers=[waiver()])
        assert refused.value.facts["field"] == "waivers"
        started = await blocked(embedded)
        with pytest.raises(DecisionInvalid) as refused:
            await embedded.decide(started, "reject", comment="no", waivers=[waiver()])
        assert refused.value.facts["field"] == "waivers"


class TestLater:
    async def test_a_later_version_keeps_it_until_it_expires(self, embedded: Product) -> None:
        parent = await blocked(embedded)
        await waived(embedded, parent)
        outcomes = []
        for as_of in (UNTIL, UNTIL + timedelta(days=1)):
            child = await embedded.start(
                "Retrain it every month.", parent=parent.decision_set_id, as_of=as_of.isoformat()
            )
            await embedded.work()
            outcomes.append((await result_of(embedded, child))["outcome"])
        assert outcomes == ["warn", "fail"]

    async def test_a_fork_of_either_version_knows_nothing_of_it(self, embedded: Product) -> None:
        parent = await blocked(embedded)
        await waived(embedded, parent)
        child = await embedded.start("Retrain it every month.", parent=parent.decision_set_id)
        await embedded.work()
        for origin in (parent, child):
            fork = await embedded.start(CHURN, fork_of=origin.decision_set_id)
            await embedded.work()
            assert (await result_of(embedded, fork))["outcome"] == "fail"
            assert (await embedded.waiting(fork))["shown"]["waivers"] == []


class TestRulesOnFiles:
    async def test_a_rule_that_the_files_break_is_waived_approved_again_and_handed_over(
        self, sqlite_url: str, tmp_path: Path, clock: StoppedClock
    ) -> None:
        checks = FilesBreakARule()
        settings = settings_for(sqlite_url, tmp_path)
        async with product_over(settings, clock, checks) as product:
            started = await product.start(CHURN, policy=GatePolicy(input="never", final="always"))
            await product.work()
            await product.decide(started, "approve")
            await product.work()
            gate = await product.waiting(started)
            assert (gate["outcome"], gate["shown"]["failing_rules"]) == ("blocked_by_checks", [checks.RULE])

            gate = await waived(product, started, rule=checks.RULE)
            assert [each["rule"] for each in gate["shown"]["waivers"]] == [checks.RULE]
            assert f"policy:{checks.RULE}" in gate["trips"]
            await product.decide(started, "approve")
            await product.work()
            assert (await product.decision_set(started)).status == "done"
            [kept] = json.loads(await product.artifact(started, "checks.json"))
        assert kept["findings"][0]["suppressed"]

"""A house with two rules, and what people do about one that fails: for the tests of waivers and withdrawals."""

import json
from collections.abc import Awaitable, Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from libs.accounts.tables import AuditRow
from libs.codegen.models import CheckFinding, CheckResult
from libs.codegen.payload import payload_sha256
from libs.core.principal import LOCAL_ORGANISATION, Principal, Role
from libs.planning.policies.waivers import WaiverEntry
from libs.projects.models import GatePolicy
from libs.workflow.service import StartedDesign
from tests.support.product import CHURN, Product, settings_for

TODAY = date(2026, 11, 22)
UNTIL = TODAY + timedelta(days=90)
RULE = "house.home_region"
PACK = """\
title: Rules of the house
rules:
  - id: home_region
    control: House 1 Data stays where the head office is
    severity: fail
    message: Everything runs in us-east-1.
    fix: Choose us-east-1.
    test: {kind: region_in, regions: [us-east-1]}
  - id: second_home
    control: House 2 The branch agrees
    severity: fail
    message: Everything runs in us-west-2.
    fix: Choose us-west-2.
    test: {kind: region_in, regions: [us-west-2]}
    scope: {data_classification: [restricted]}
"""
ASKS_NOTHING = GatePolicy(input="never")


def settings(database_url: str, home: Path) -> Any:
    folder = home / "policies"
    folder.mkdir()
    (folder / "house.yaml").write_text(PACK)
    return settings_for(database_url, home, policy_dir=folder)


def person(role: Role) -> Principal:
    return Principal(actor=f"user:{role}", organisation_id=LOCAL_ORGANISATION, roles=frozenset({role}))


def waiver(rule: str = RULE, reason: str = "Moves in May.", expires: date = UNTIL) -> dict[str, Any]:
    return {"rule": rule, "reason": reason, "expires": expires.isoformat()}


async def blocked(product: Product, **options: Any) -> StartedDesign:
    started = await product.start(CHURN, policy=ASKS_NOTHING, **options)
    await product.work()
    gate = await product.waiting(started)
    assert (gate["outcome"], gate["shown"]["failing_rules"]) == ("blocked_by_policy", [RULE])
    return started


async def waived(product: Product, started: StartedDesign, **changes: Any) -> dict[str, Any]:
    await product.decide(started, "edit", waivers=[waiver(**changes)], principal=person("admin"))
    await product.work()
    return await product.waiting(started)


async def result_of(product: Product, started: StartedDesign, rule: str = RULE) -> dict[str, Any]:
    found: list[dict[str, Any]] = json.loads(await product.artifact(started, "policy.json"))
    return next(result for result in found if result["rule"] == rule)


async def audited(product: Product, action: str) -> list[AuditRow]:
    async with product.db.read() as session:
        rows = await session.scalars(select(AuditRow).where(AuditRow.action == action).order_by(AuditRow.seq))
        return list(rows)


class FilesBreakARule:
    """Checks that find a rule of a shipped pack broken at a line, as long as nobody accepts it."""

    RULE = "baseline.tags"

    async def run(
        self,
        payload_zip: bytes,
        on_result: Callable[[CheckResult], Awaitable[None]],
        waivers: tuple[WaiverEntry, ...] = (),
    ) -> Sequence[CheckResult]:
        accepted = next((w.reason for w in waivers if w.rule == self.RULE), "")
        finding = CheckFinding(
            check_id=self.RULE,
            severity="high",
            path="infra/main.tf",
            line=7,
            message="There are no tags.",
            suppressed=bool(accepted),
            reason=accepted,
        )
        result = CheckResult(
            check="policy",
            status="pass" if accepted else "fail",
            reason="1 rule.",
            payload_sha256=payload_sha256(payload_zip),
            findings=(finding,),
        )
        await on_result(result)
        return (result,)

"""Proves the packed repository: every check runs on the unpacked zip that will be handed over."""

from collections.abc import Sequence
from datetime import date
from typing import TypedDict

from libs.codegen.checks.policy import PolicyCheck
from libs.codegen.models import CheckFinding, CheckResult
from libs.core.values import Json
from libs.core.wording import counted
from libs.events.models import CardInput, CardPolicy
from libs.runs.models import GateRequest
from libs.runs.recorder import Visit
from libs.workflow import routing
from libs.workflow.cards import card
from libs.workflow.deps import WorkflowDeps
from libs.workflow.state import RefJson
from libs.workflow.waiving import given

_TOLD_FINDINGS = 10
"""Findings of one red check that an attempt carries along; all of them are in the results it refers to."""
_GRAVEST_FIRST = ("high", "medium", "low")
OUTCOMES = {"pass": "pass", "warn": "warn", "fail": "fail", "skipped": "not_applicable"}


class ValidatorsIn(TypedDict, total=False):
    payload: RefJson
    plan: RefJson
    cost: RefJson
    constraints: RefJson
    waivers: list[Json]
    attempts: list[Json]


class ValidatorsOut(TypedDict, total=False):
    checks: RefJson
    verified: str
    attempts: list[Json]
    gate_request: RefJson


async def validators(state: ValidatorsIn, deps: WorkflowDeps, visit: Visit) -> ValidatorsOut:
    packed = await visit.load(state["payload"])
    digest = state["payload"]["sha256"]

    async def tell(result: CheckResult) -> None:
        summary = {
            "check": result.check,
            "status": result.status,
            "reason": result.reason,
            "findings": len(result.findings),
            "seconds": result.seconds,
            "payload_sha256": result.payload_sha256,
        }
        await visit.tell("check-result", summary, name=result.check)

    results = await deps.checks.run(packed, tell, given(state.get("waivers", [])))
    ref = await visit.keep_json("checks.json", "checks", [r.to_json() for r in results])
    red = [r.check for r in results if r.status == "fail"]
    attempt = {
        "payload_sha256": digest,
        "red": red,
        "findings": [
            {"check": r.check, **f.to_json()} for r in results if r.status == "fail" for f in _open(r)
        ],
        "checks": ref.to_json(),
    }
    attempts = [*state.get("attempts", []), attempt]
    payloads = [attempt["payload_sha256"] for attempt in attempts]
    verified = "green" if not red else "red" if routing.may_repair(payloads) else "stuck"
    update: ValidatorsOut = {"checks": ref.to_json(), "verified": verified, "attempts": attempts}
    if verified == "stuck":
        request = _request(state, results, attempts, ref.to_json(), deps.as_of())
        kept = await visit.keep_json("checks_request.json", "gate_request", request)
        update["gate_request"] = kept.to_json()
    _explain(results, attempts, verified, deps, visit)
    return update


def _request(
    state: ValidatorsIn,
    results: Sequence[CheckResult],
    attempts: list[Json],
    ref: RefJson,
    as_of: date,
) -> GateRequest:
    red = [r for r in results if r.status == "fail"]
    return GateRequest(
        kind="final",
        title="The generated repository does not pass its checks",
        message=f"After {counted(len(attempts), 'attempt')} still red: "
        + "; ".join(f"{r.check}: {r.reason}" for r in red)
        + ". The plan and the generated files are kept.",
        decisions=("respond", "edit", "reject"),
        trips=tuple(f"check:{r.check}" for r in red),
        shown={
            "constraints": state["constraints"],
            "plan": state["plan"],
            "cost": state["cost"],
            "payload": state["payload"],
            "checks": ref,
            "attempts": attempts,
            "failing_rules": _failing_rules(red),
            "waivers": state.get("waivers", []),
            "as_of": as_of.isoformat(),
        },
        outcome="blocked_by_checks",
    )


def _open(result: CheckResult) -> list[CheckFinding]:
    """What a red check complains about, as far as it is told; the gravest first, because those turned it red."""
    found = sorted(
        (f for f in result.findings if not f.suppressed), key=lambda f: _GRAVEST_FIRST.index(f.severity)
    )
    return found[:_TOLD_FINDINGS]


def _failing_rules(red: Sequence[CheckResult]) -> list[str]:
    """Rules of the packs that the generated files break; the findings of other checks have no waivers."""
    findings = [f for result in red if result.check == PolicyCheck.name for f in result.findings]
    return list(dict.fromkeys(f.check_id for f in findings if f.severity == "high" and not f.suppressed))


def _explain(
    results: Sequence[CheckResult],
    attempts: list[Json],
    verified: str,
    deps: WorkflowDeps,
    visit: Visit,
) -> None:
    ran = [r for r in results if r.status != "skipped"]
    skipped = [r for r in results if r.status == "skipped"]
    red = attempts[-1]["red"]
    choices = {
        "green": f"{counted(len(ran), 'check')} ran and none failed",
        "red": f"Back to the repository writer: {', '.join(red)}",
        "stuck": f"A person has to look: {', '.join(red)}",
    }
    card(
        deps,
        visit,
        trigger="a packed repository",
        title="What the checks say",
        choice=choices[verified],
        justification=f"All ran on the unpacked zip with SHA-256 {attempts[-1]['payload_sha256'][:16]}…; a check "
        "whose tool is missing counts as skipped, never as passed.",
        inputs=tuple(
            CardInput(
                kind="finding",
                name=f"{r.check}: {f.check_id}",
                value=f.severity,
                quote=f"{f.path}: {f.message}",
            )
            for r in results
            if r.status == "fail"
            for f in _open(r)
        ),
        policies=tuple(
            CardPolicy(rule=r.check, outcome=OUTCOMES[r.status], message=r.reason) for r in results
        ),
        confidence=len(ran) / max(len(results), 1),
        risks=tuple(f"{r.check} was skipped: {r.reason}" for r in skipped),
    )

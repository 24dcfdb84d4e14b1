"""Every rule of every pack on one input document: plan, Terraform where there is some, repository, day."""

from collections.abc import Collection
from datetime import date
from typing import get_args

from libs.core.values import Json
from libs.planning.models import Plan, PolicyResult, Slot
from libs.planning.policies import rules
from libs.planning.policies.blocks import Blocks
from libs.planning.policies.components import file_verdict, plan_verdict
from libs.planning.policies.resources import resource_verdict
from libs.planning.policies.rules import Pack, Rule
from libs.planning.policies.verdicts import Outcome, Skipped
from libs.planning.policies.waivers import WaiverEntry, waived

_SLOTS = frozenset(get_args(Slot))


def plan_input(plan: Plan) -> Json:
    """What packs look at, in plain JSON."""
    parts = {"requirements", "components", "cost", "latency", "availability"}
    document = plan.model_dump(mode="json", include=parts)
    for component in document["components"]:
        component.setdefault("facts", {})
    return document


def judge(
    plan: Json,
    packs: Collection[Pack],
    *,
    as_of: date,
    terraform: Json | None = None,
    repository: Collection[str] | None = None,
    waivers: tuple[WaiverEntry, ...] = (),
) -> tuple[PolicyResult, ...]:
    """One result for each rule, or one for each fault of it.

    Args:
        plan: `plan_input` of a plan.
        packs: the packs in force.
        as_of: the day on which waivers are looked at.
        terraform: `terraform_input` of the generated files; None: not generated yet.
        repository: paths in the generated repository; None: not generated yet.
        waivers: accepted failures.
    """
    blocks = None if terraform is None else Blocks(terraform)
    found: list[PolicyResult] = []
    for pack in packs:
        missing = _not_asked(pack, plan)
        for rule in pack.rules:
            reason = missing or _out_of_scope(rule, plan)
            outcome = Skipped(reason) if reason else _verdict(plan, blocks, repository, rule.test)
            found.extend(waived(result, waivers, as_of) for result in _results(pack, rule, outcome))
    return tuple(found)


def _not_asked(pack: Pack, plan: Json) -> str:
    if not pack.regimes or set(pack.regimes) & set(plan["requirements"]["compliance"]):
        return ""
    return f"{' or '.join(pack.regimes)} is not asked for"


def _out_of_scope(rule: Rule, plan: Json) -> str:
    needs, scope = plan["requirements"], rule.scope
    wanted = (
        (scope.data_classification, "data_classification", "data is {}"),
        (scope.archetypes, "archetype", "the archetype is {}"),
        (scope.ml_tasks, "ml_task", "the task is {}"),
        (scope.explainability, "explainability", "explainability asked for is {}"),
    )
    for values, key, words in wanted:
        value = needs.get(key)
        if values and value not in values:
            return words.format(value or "none")
    return ""


def _verdict(
    plan: Json, blocks: Blocks | None, repository: Collection[str] | None, test: rules.Test
) -> Outcome:
    if isinstance(test, rules.Resource | rules.Terraform):
        return resource_verdict(blocks, test)
    if isinstance(test, rules.FileExists):
        return file_verdict(repository, test)
    return plan_verdict(plan, test)


def _results(pack: Pack, rule: Rule, outcome: Outcome) -> list[PolicyResult]:
    plain = PolicyResult(
        rule=f"{pack.id}.{rule.id}",
        pack=pack.id,
        control=rule.control,
        severity=rule.severity,
        outcome="not_applicable",
        message=rule.message,
        evidence="",
    )
    if isinstance(outcome, Skipped):
        return [plain.model_copy(update={"evidence": outcome.reason})]
    if not outcome.faults:
        return [
            plain.model_copy(
                update={"outcome": "pass", "evidence": outcome.shown, "slot": _slot(outcome.slot)}
            )
        ]
    return [
        plain.model_copy(
            update={
                "outcome": rule.severity,
                "evidence": fault.evidence,
                "fix": rule.fix,
                "slot": _slot(fault.slot),
                "resource": fault.resource,
                "file": fault.file,
                "line": fault.line,
            }
        )
        for fault in outcome.faults
    ]


def _slot(name: str | None) -> str | None:
    return name if name in _SLOTS else None

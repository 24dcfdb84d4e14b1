"""The one evaluator: every rule of every pack on a plan."""

from typing import NamedTuple, assert_never

from libs.planning.models import Plan, PolicyResult, Slot
from libs.planning.policies import models
from libs.planning.policies.loading import load_packs
from libs.planning.policies.models import Pack, Rule


class Verdict(NamedTuple):
    """Whether a test holds (None: there is nothing to look at), and what was looked at."""

    holds: bool | None
    evidence: str
    slot: Slot | None = None


def evaluate_policies(plan: Plan, packs: tuple[Pack, ...] | None = None) -> tuple[PolicyResult, ...]:
    """The result of every rule; `fail` blocks.

    Args:
        plan: the plan to look at.
        packs: the packs in force; those shipped with the product when left out.
    """
    found: list[PolicyResult] = []
    for pack in load_packs() if packs is None else packs:
        applies = not pack.compliance or bool(set(pack.compliance) & set(plan.requirements.compliance))
        found.extend(_result(plan, pack, rule, applies) for rule in pack.rules)
    return tuple(found)


def blocking(results: tuple[PolicyResult, ...]) -> tuple[PolicyResult, ...]:
    """The results that stop a plan."""
    return tuple(result for result in results if result.outcome == "fail")


def _result(plan: Plan, pack: Pack, rule: Rule, applies: bool) -> PolicyResult:
    name = f"{pack.id}.{rule.id}"
    if not applies:
        regimes = " or ".join(pack.compliance)
        return PolicyResult(
            rule=name,
            pack=pack.id,
            control=rule.control,
            outcome="not_applicable",
            message=rule.message,
            evidence=f"{regimes} is not asked for",
        )
    if not _in_scope(plan, rule):
        return PolicyResult(
            rule=name,
            pack=pack.id,
            control=rule.control,
            outcome="not_applicable",
            message=rule.message,
            evidence="outside the scope of the rule",
        )
    verdict = _verdict(plan, rule.test)
    outcome = "not_applicable" if verdict.holds is None else "pass" if verdict.holds else rule.otherwise
    return PolicyResult(
        rule=name,
        pack=pack.id,
        control=rule.control,
        outcome=outcome,
        message=rule.message,
        evidence=verdict.evidence,
        fix="" if verdict.holds else rule.fix,
        slot=verdict.slot,
    )


def _in_scope(plan: Plan, rule: Rule) -> bool:
    needs, scope = plan.requirements, rule.scope
    return (
        (not scope.compliance or bool(set(scope.compliance) & set(needs.compliance)))
        and (not scope.data_classification or needs.data_classification in scope.data_classification)
        and (not scope.archetypes or needs.archetype in scope.archetypes)
    )


def _verdict(plan: Plan, test: models.Test) -> Verdict:
    match test:
        case models.Choice():
            return _choice(plan, test)
        case models.SizeAtLeast():
            return _size(plan, test)
        case models.RegionIn():
            region = plan.requirements.region
            return Verdict(region in test.regions, f"region {region}")
        case models.AvailabilityMet():
            got, target = plan.availability.expected_pct, plan.availability.target_pct
            return Verdict(got >= target - 1e-6, f"{got:.4g} % expected, {target:g} % asked for", "serve")
        case models.LatencyMet():
            return _latency(plan)
        case models.BudgetMet():
            return _budget(plan)
        case models.PricesKnown():
            unknown = plan.cost.unknown_lines
            return Verdict(unknown == 0, f"{unknown} of {len(plan.cost.lines)} lines without a price")
        case models.NoSinglePoint():
            alone = [p for p in plan.availability.single_points if p.split(":")[0] in test.slots]
            return Verdict(not alone, "; ".join(alone) or "every part of the path is there more than once")
        case _:
            assert_never(test)


def _choice(plan: Plan, test: models.Choice) -> Verdict:
    component = plan.component(test.slot)
    fits = (not test.one_of or component.option in test.one_of) and component.option not in test.none_of
    return Verdict(fits, f"{test.slot}: {component.title}", test.slot)


def _size(plan: Plan, test: models.SizeAtLeast) -> Verdict:
    component = plan.component(test.slot)
    value = component.size.get(test.key)
    if value is None:
        return Verdict(None, f"{component.title} has no {test.key}", test.slot)
    return Verdict(float(value) >= test.value, f"{component.title}: {test.key} = {value}", test.slot)


def _latency(plan: Plan) -> Verdict:
    got, target = plan.latency.conservative_p95_ms, plan.latency.target_ms
    if target is None:
        return Verdict(None, "no latency target")
    return Verdict(got <= target, f"{got:g} ms conservative, {target:g} ms asked for", "serve")


def _budget(plan: Plan) -> Verdict:
    expected, limit = plan.cost.expected_usd, plan.requirements.budget_usd_month
    if limit is None:
        return Verdict(None, "no budget was given")
    return Verdict(expected <= limit, f"${expected:,.2f} expected, ${limit:,.2f} allowed")

"""Tests that look at facts, sizes and figures of a plan."""

from collections.abc import Collection
from typing import Any, assert_never

from libs.core.values import Json
from libs.planning.policies import rules
from libs.planning.policies.verdicts import Fault, Outcome, Skipped, Verdict

PlanTest = (
    rules.EachHas
    | rules.EachLacks
    | rules.SomeHas
    | rules.InScope
    | rules.SizeAtLeast
    | rules.RegionIn
    | rules.NoSinglePoint
    | rules.Target
)
NOTHING = "the plan has no component of this kind"


def plan_verdict(plan: Json, test: PlanTest) -> Outcome:
    """What one test says of the plan part of the input."""
    match test:
        case rules.EachHas() | rules.EachLacks():
            return _each(plan, test)
        case rules.SomeHas():
            return _some(plan, test)
        case rules.InScope():
            return _in_scope(plan, test)
        case rules.SizeAtLeast():
            return _size(plan, test)
        case rules.RegionIn():
            region = plan["requirements"]["region"]
            return _single(region in test.regions, f"region {region}")
        case rules.NoSinglePoint():
            alone = [p for p in plan["availability"]["single_points"] if p.split(":")[0] in test.slots]
            return _single(
                not alone, "; ".join(alone) or "every part of the path is there more than once", "serve"
            )
        case rules.Target():
            return _target(plan, test.kind)
        case _:
            assert_never(test)


def file_verdict(repository: Collection[str] | None, test: rules.FileExists) -> Outcome:
    """Whether the generated repository has a file."""
    if repository is None:
        return Skipped("the repository is not generated yet")
    found = next((path for path in (test.path, *test.instead) if path in repository), None)
    return _single(found is not None, found or f"there is no {test.path}")


def _single(holds: bool, shown: str, slot: str | None = None) -> Verdict:
    return Verdict(() if holds else (Fault(shown, slot),), shown, slot)


def _looked_at(plan: Json, test: rules.OnComponents) -> list[Json]:
    return [component for component in plan["components"] if test.covers(component["slot"])]


def _has(component: Json, fact: str) -> bool:
    return component["facts"].get(fact) is True


def _titles(components: list[Json]) -> str:
    return ", ".join(component["title"] for component in components)


def _each(plan: Json, test: rules.EachHas | rules.EachLacks) -> Outcome:
    wanted = isinstance(test, rules.EachHas)
    components = _looked_at(plan, test)
    if not components:
        return Skipped(NOTHING)
    faults = tuple(
        Fault(f"{c['title']}: {'no ' if wanted else ''}{test.words}", c["slot"])
        for c in components
        if _has(c, test.fact) is not wanted
    )
    return Verdict(faults, f"{'' if wanted else 'no '}{test.words}: {_titles(components)}", _only(components))


def _only(components: list[Json]) -> str | None:
    return components[0]["slot"] if len(components) == 1 else None


def _some(plan: Json, test: rules.SomeHas) -> Outcome:
    having = [component for component in _looked_at(plan, test) if _has(component, test.fact)]
    if having:
        return Verdict((), f"{test.words}: {_titles(having)}", _only(having))
    return Verdict((Fault(f"nothing gives {test.words}", test.blamed),), "", test.blamed)


def _in_scope(plan: Json, test: rules.InScope) -> Outcome:
    components = _looked_at(plan, test)
    if not components:
        return Skipped(NOTHING)
    faults = tuple(
        Fault(f"{c['title']} is not in scope of {test.regime}", c["slot"])
        for c in components
        if test.regime not in c["facts"].get("compliance", ())
    )
    return Verdict(faults, f"in scope of {test.regime}: {_titles(components)}")


def _size(plan: Json, test: rules.SizeAtLeast) -> Outcome:
    sized = [(c, c["size"].get(test.key)) for c in _looked_at(plan, test)]
    numbers = [
        (c, value) for c, value in sized if isinstance(value, int | float) and not isinstance(value, bool)
    ]
    if not numbers:
        return Skipped(f"no component has a size {test.key}")
    faults = tuple(
        Fault(f"{c['title']}: {test.key} = {value:g}, {test.value:g} asked for", c["slot"])
        for c, value in numbers
        if not value >= test.value
    )
    return Verdict(faults, "; ".join(f"{c['title']}: {test.key} = {value:g}" for c, value in numbers))


def _target(plan: Json, kind: Any) -> Outcome:
    if kind == "availability_met":
        got, wanted = plan["availability"]["expected_pct"], plan["availability"]["target_pct"]
        return _single(got >= wanted - 1e-6, f"{got:.4g} % expected, {wanted:g} % asked for", "serve")
    if kind == "latency_met":
        got, wanted = plan["latency"]["conservative_p95_ms"], plan["latency"]["target_ms"]
        if wanted is None:
            return Skipped("no latency target")
        return _single(got <= wanted, f"{got:g} ms conservative, {wanted:g} ms asked for", "serve")
    if kind == "budget_met":
        got, wanted = plan["cost"]["expected_usd"], plan["requirements"]["budget_usd_month"]
        if wanted is None:
            return Skipped("no budget was given")
        return _single(got <= wanted, f"${got:,.2f} expected, ${wanted:,.2f} allowed")
    unknown = plan["cost"]["unknown_lines"]
    return _single(unknown == 0, f"{unknown} of {len(plan['cost']['lines'])} lines without a price")

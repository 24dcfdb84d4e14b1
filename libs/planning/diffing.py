"""What changed between two designs: requirements, assumptions, components, cost, policies, in one joint diff."""

from collections.abc import Sequence
from typing import Any, Literal

from libs.core.values import Value
from libs.planning.models import Component, Plan, PolicyResult, Slot


class FieldChange(Value):
    """A requirement or an assumption that has another value."""

    field: str
    before: Any
    after: Any


class Shape(Value):
    """A component as the diff shows it."""

    option: str
    title: str
    size: dict[str, int | float | str | bool]
    monthly_usd: float | None


class ComponentChange(Value):
    """A slot that is filled another way."""

    slot: Slot
    kind: Literal["added", "removed", "replaced", "resized"]
    before: Shape | None
    after: Shape | None


class NumberChange(Value):
    """A figure of the whole design."""

    before: float | None
    after: float
    delta: float | None
    """None for a first version."""


class LineChange(Value):
    """A line of the bill that is new, gone or of another amount."""

    slot: Slot
    option: str
    item: str
    before: float | None
    after: float | None


class CostChange(NumberChange):
    """The bill, in USD a month."""

    lines: tuple[LineChange, ...]


class PolicyChange(Value):
    """A rule whose outcome is another one."""

    rule: str
    message: str
    before: str | None
    """None: the rule was not there."""
    after: str | None


class DesignDiff(Value):
    """Everything that differs between two designs."""

    requirements: tuple[FieldChange, ...]
    assumptions: tuple[FieldChange, ...]
    components: tuple[ComponentChange, ...]
    cost: CostChange
    latency: NumberChange
    """Milliseconds at p95, conservative."""
    availability: NumberChange
    """Percent."""
    ops_hours_month: NumberChange
    policies: tuple[PolicyChange, ...]
    changed: bool


def diff_designs(
    before: Plan | None,
    after: Plan,
    policies_before: Sequence[PolicyResult] = (),
    policies_after: Sequence[PolicyResult] = (),
) -> DesignDiff:
    """The joint diff; without an earlier plan everything counts as added."""
    requirements = _requirements(before, after)
    assumptions = _assumptions(before, after)
    components = _components(before, after)
    cost = _cost(before, after)
    policies = _policies(policies_before, policies_after) if before is not None else ()
    return DesignDiff(
        requirements=requirements,
        assumptions=assumptions,
        components=components,
        cost=cost,
        latency=_number(
            before.latency.conservative_p95_ms if before else None, after.latency.conservative_p95_ms
        ),
        availability=_number(
            before.availability.expected_pct if before else None, after.availability.expected_pct
        ),
        ops_hours_month=_number(before.ops_hours_month if before else None, after.ops_hours_month),
        policies=policies,
        changed=bool(requirements or assumptions or components or cost.lines or policies),
    )


def _requirements(before: Plan | None, after: Plan) -> tuple[FieldChange, ...]:
    old = before.requirements.to_json() if before else {}
    new = after.requirements.to_json()
    return tuple(
        FieldChange(field=name, before=old.get(name), after=new[name])
        for name in sorted(new)
        if name not in ("sources", "assumptions") and old.get(name) != new[name]
    )


def _assumptions(before: Plan | None, after: Plan) -> tuple[FieldChange, ...]:
    if before is None:
        changed = {figure.name: figure for figure in after.figures if figure.value != figure.usual}
        return tuple(FieldChange(field=n, before=f.usual, after=f.value) for n, f in sorted(changed.items()))
    old = {figure.name: figure.value for figure in before.figures}
    return tuple(
        FieldChange(field=figure.name, before=old[figure.name], after=figure.value)
        for figure in after.figures
        if figure.name in old and old[figure.name] != figure.value
    )


def _components(before: Plan | None, after: Plan) -> tuple[ComponentChange, ...]:
    old = {component.slot: component for component in before.components} if before else {}
    new = {component.slot: component for component in after.components}
    found: list[ComponentChange] = []
    for slot in [*new, *(slot for slot in old if slot not in new)]:
        was, now = old.get(slot), new.get(slot)
        kind = _kind(was, now)
        if kind is not None:
            found.append(ComponentChange(slot=slot, kind=kind, before=_shape(was), after=_shape(now)))
    return tuple(found)


def _kind(
    was: Component | None, now: Component | None
) -> Literal["added", "removed", "replaced", "resized"] | None:
    if was is None:
        return "added"
    if now is None:
        return "removed"
    if was.option != now.option:
        return "replaced"
    return None if was.size == now.size else "resized"


def _shape(component: Component | None) -> Shape | None:
    if component is None:
        return None
    return Shape(
        option=component.option,
        title=component.title,
        size=component.size,
        monthly_usd=component.monthly_usd,
    )


def _cost(before: Plan | None, after: Plan) -> CostChange:
    old = {(x.slot, x.option, x.item): x.monthly_usd for x in before.cost.lines} if before else {}
    new = {(x.slot, x.option, x.item): x.monthly_usd for x in after.cost.lines}
    lines = tuple(
        LineChange(slot=key[0], option=key[1], item=key[2], before=old.get(key), after=new.get(key))
        for key in [*new, *(key for key in old if key not in new)]
        if key not in old or key not in new or old[key] != new[key]
    )
    total = _number(before.cost.expected_usd if before else None, after.cost.expected_usd)
    return CostChange(before=total.before, after=total.after, delta=total.delta, lines=lines)


def _number(before: float | None, after: float) -> NumberChange:
    delta = None if before is None else round(after - before, 6)
    return NumberChange(before=before, after=after, delta=delta)


def _policies(before: Sequence[PolicyResult], after: Sequence[PolicyResult]) -> tuple[PolicyChange, ...]:
    """By rule and what it looked at; a rule that is not applicable says nothing."""
    old = {(r.rule, r.slot or ""): r for r in before if r.outcome != "not_applicable"}
    new = {(r.rule, r.slot or ""): r for r in after if r.outcome != "not_applicable"}
    return tuple(
        PolicyChange(
            rule=key[0],
            message=(new.get(key) or old[key]).message,
            before=old[key].outcome if key in old else None,
            after=new[key].outcome if key in new else None,
        )
        for key in sorted({*old, *new})
        if key not in old or key not in new or old[key].outcome != new[key].outcome
    )

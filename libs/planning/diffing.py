"""What changed between two plans: requirements, components, cost, latency, availability, in one joint diff."""

from typing import Any

from libs.planning.models import Component, Plan


def diff_plans(before: Plan | None, after: Plan) -> dict[str, Any]:
    """The joint diff as plain JSON; without an earlier plan everything counts as added."""
    requirements = _requirements(before, after)
    components = _components(before, after)
    cost = _cost(before, after)
    return {
        "requirements": requirements,
        "components": components,
        "cost": cost,
        "latency": _numbers(
            before.latency.conservative_p95_ms if before else None, after.latency.conservative_p95_ms
        ),
        "availability": _numbers(
            before.availability.expected_pct if before else None, after.availability.expected_pct
        ),
        "ops_hours_month": _numbers(before.ops_hours_month if before else None, after.ops_hours_month),
        "changed": bool(requirements or components or cost["lines"]),
    }


def _requirements(before: Plan | None, after: Plan) -> list[dict[str, Any]]:
    old = before.requirements.to_json() if before else {}
    new = after.requirements.to_json()
    return [
        {"field": name, "before": old.get(name), "after": new[name]}
        for name in sorted(new)
        if name != "sources" and old.get(name) != new[name]
    ]


def _components(before: Plan | None, after: Plan) -> list[dict[str, Any]]:
    old = {component.slot: component for component in before.components} if before else {}
    new = {component.slot: component for component in after.components}
    found: list[dict[str, Any]] = []
    for slot in [*new, *(slot for slot in old if slot not in new)]:
        was, now = old.get(slot), new.get(slot)
        kind = _kind(was, now)
        if kind != "same":
            found.append({"slot": slot, "kind": kind, "before": _shown(was), "after": _shown(now)})
    return found


def _kind(was: Component | None, now: Component | None) -> str:
    if was is None:
        return "added"
    if now is None:
        return "removed"
    if was.option != now.option:
        return "replaced"
    return "same" if was.size == now.size else "resized"


def _shown(component: Component | None) -> dict[str, Any] | None:
    if component is None:
        return None
    return {"option": component.option, "size": component.size, "monthly_usd": component.monthly_usd}


def _cost(before: Plan | None, after: Plan) -> dict[str, Any]:
    old = (
        {(line.slot, line.option, line.item): line.monthly_usd for line in before.cost.lines}
        if before
        else {}
    )
    new = {(line.slot, line.option, line.item): line.monthly_usd for line in after.cost.lines}
    lines = [
        {
            "slot": key[0],
            "option": key[1],
            "item": key[2],
            "before": old.get(key),
            "after": new.get(key),
        }
        for key in [*new, *(key for key in old if key not in new)]
        if key not in old or key not in new or old[key] != new[key]
    ]
    total = _numbers(before.cost.expected_usd if before else None, after.cost.expected_usd)
    return {**total, "lines": lines}


def _numbers(before: float | None, after: float) -> dict[str, float | None]:
    delta = None if before is None else round(after - before, 6)
    return {"before": before, "after": after, "delta": delta}

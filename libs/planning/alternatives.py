"""Other designs that meet every hard constraint: least to operate, fastest, another way to serve, the next best."""

from libs.planning import components, optimiser
from libs.planning.candidates import Pool
from libs.planning.choice_model import Cut
from libs.planning.models import Alternative
from libs.planning.optimiser import Aim, Rules, Solution

WANTED = 3


def alternatives(pool: Pool, rules: Rules, optimum: Solution) -> tuple[Alternative, ...]:
    """At least three designs beside the optimum, where the catalogue has them (more when several of them differ)."""
    fronts: list[tuple[str, Aim]] = [("least to operate", "operation")]
    if pool.needs.archetype == "online_api":
        fronts += [("fastest", "latency"), ("most available", "availability")]
    if pool.needs.ops_hour_rate_usd > 0:
        fronts.append(("cheapest", "cost"))
    serving = frozenset(pick for pick in optimum.picks if pick[0] == "serve")
    found = [("another way to serve", optimiser.best(pool, _without(rules, (serving,))))]
    for label, aim in fronts:
        other = optimiser.best(pool, rules, aim)
        if other is not None and _better(aim, other, optimum):
            found.append((label, other))
    seen = {optimum.keys}
    kept: list[tuple[str, Solution]] = []
    for label, other in found:
        if other is not None and other.keys not in seen:
            seen.add(other.keys)
            kept.append((label, other))
    while len(kept) < WANTED:
        cuts = (optimum.picks, *(other.picks for _, other in kept))
        other = optimiser.best(pool, _without(rules, cuts))
        if other is None:
            break
        kept.append(("next best", other))
    return tuple(_alternative(label, pool, optimum, other) for label, other in kept)


def _better(aim: Aim, other: Solution, optimum: Solution) -> bool:
    """Whether the design gains anything where it should."""
    gains: dict[Aim, float] = {
        "operation": optimum.ops_hours - other.ops_hours,
        "latency": optimum.p95_ms - other.p95_ms,
        "availability": other.availability_pct - optimum.availability_pct,
        "cost": optimum.monthly_usd - other.monthly_usd,
    }
    return gains[aim] > 1e-9


def _without(rules: Rules, cuts: tuple[Cut, ...]) -> Rules:
    return Rules(rules.forced, rules.excluded, cuts=cuts)


def _alternative(label: str, pool: Pool, optimum: Solution, other: Solution) -> Alternative:
    return Alternative(
        label=label,
        components=components.of_solution(other),
        monthly_usd=round(other.monthly_usd, 2),
        p95_ms=other.p95_ms if pool.needs.archetype == "online_api" else None,
        availability_pct=other.availability_pct,
        ops_hours_month=round(other.ops_hours, 2),
        trade_off=_trade_off(optimum, other),
    )


def _trade_off(optimum: Solution, other: Solution) -> str:
    before = {candidate.slot: candidate for candidate in optimum.chosen}
    swaps = [
        f"{candidate.option.title} instead of {before[candidate.slot].option.title}"
        for candidate in other.chosen
        if candidate.option.id != before[candidate.slot].option.id
    ]
    swaps += [
        f"{candidate.option.title} of another size"
        for candidate in other.chosen
        if candidate.option.id == before[candidate.slot].option.id
        and candidate.key != before[candidate.slot].key
    ]
    parts = [
        _difference(other.monthly_usd - optimum.monthly_usd, "${:,.2f} a month", "more", "less"),
        _difference(other.ops_hours - optimum.ops_hours, "{:g} operating hours", "more", "fewer"),
        _difference(other.p95_ms - optimum.p95_ms, "{:g} ms at p95", "more", "less"),
    ]
    differences = ", ".join(part for part in parts if part) or "the same cost, operation and latency"
    return f"{'; '.join(swaps)}: {differences}"


def _difference(delta: float, pattern: str, more: str, less: str) -> str:
    shown = round(delta, 2)
    if shown == 0:
        return ""
    return f"{pattern.format(abs(shown))} {more if shown > 0 else less}"

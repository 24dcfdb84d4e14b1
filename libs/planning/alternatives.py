"""Other designs that meet every hard constraint: cheapest, least to operate, fastest, built another way."""

from collections.abc import Iterator
from dataclasses import replace

from libs.planning import components, optimiser
from libs.planning.candidates import Pool
from libs.planning.choice_model import Cut
from libs.planning.models import Alternative, Slot
from libs.planning.optimiser import Aim, Rules, Solution

WANTED = 3
WORTH_TIMES, WORTH_USD = 3.0, 300.0
"""Faster or more available designs are shown up to this multiple of the optimum's bill, or this much above it."""
SAVED_USD, SAVED_SHARE = 5.0, 0.01
"""A cheaper design is shown from this saving on."""
TELLING: tuple[Slot, ...] = (
    "serve", "llm", "vector_store", "store", "train", "features", "process", "orchestrate", "ingest", "observe",
    "registry", "network", "embeddings", "cicd", "guardrails", "evaluation", "security",
)  # fmt: skip
"""Slots in the order in which another choice makes a design that a person would call another one."""
ANOTHER: dict[Slot, str] = {
    "serve": "another way to serve", "llm": "another language model", "vector_store": "another vector store",
    "store": "another store", "train": "another way to train", "features": "another feature store",
    "process": "another way to prepare data", "orchestrate": "another orchestrator", "ingest": "another way in",
    "observe": "another way to observe", "registry": "another registry", "network": "another network",
    "embeddings": "other embeddings", "cicd": "another delivery", "guardrails": "other guardrails",
    "evaluation": "another evaluation", "security": "other keys",
}  # fmt: skip


def alternatives(pool: Pool, rules: Rules, optimum: Solution) -> tuple[Alternative, ...]:
    """At least three designs beside the optimum, where the catalogue has them (more when several of them differ)."""
    seen = {optimum.keys}
    kept: list[tuple[str, Solution]] = []
    for label, other in _fronts(pool, rules, optimum):
        if other.keys not in seen:
            seen.add(other.keys)
            kept.append((label, other))
    for label, other in _built_otherwise(pool, rules, optimum):
        if len(kept) >= WANTED:
            break
        if other.keys not in seen:
            seen.add(other.keys)
            kept.append((label, other))
    return tuple(_alternative(label, pool, optimum, other) for label, other in kept)


def _fronts(pool: Pool, rules: Rules, optimum: Solution) -> Iterator[tuple[str, Solution]]:
    """The ends of the Pareto front, where they gain anything; and the best design that is served another way."""
    serving: Cut = frozenset(pick for pick in optimum.picks if pick[0] == "serve")
    other = optimiser.best(pool, _without(rules, (serving,)))
    if other is not None:
        yield ANOTHER["serve"], other
    fronts: list[tuple[str, Aim]] = [("cheapest", "cost"), ("least to operate", "operation")]
    if pool.needs.archetype == "online_api":
        fronts += [("fastest", "latency"), ("most available", "availability")]
    most = max(optimum.monthly_usd * WORTH_TIMES, optimum.monthly_usd + WORTH_USD)
    for label, aim in fronts:
        other = optimiser.best(pool, replace(rules, most_usd=most), aim)
        if other is not None and _better(aim, other, optimum):
            yield label, other


def _built_otherwise(pool: Pool, rules: Rules, optimum: Solution) -> Iterator[tuple[str, Solution]]:
    picks = dict(optimum.picks)
    for slot in TELLING:
        if slot in picks and slot != "serve":
            other = optimiser.best(pool, _without(rules, (frozenset({(slot, picks[slot])}),)))
            if other is not None:
                yield ANOTHER[slot], other


def _better(aim: Aim, other: Solution, optimum: Solution) -> bool:
    """Whether the design gains anything where it should."""
    gains: dict[Aim, float] = {
        "operation": optimum.ops_hours - other.ops_hours,
        "latency": optimum.p95_ms - other.p95_ms,
        "availability": other.availability_pct - optimum.availability_pct,
        "cost": optimum.monthly_usd - other.monthly_usd,
    }
    least = max(SAVED_USD, SAVED_SHARE * optimum.monthly_usd) if aim == "cost" else 1e-9
    return gains[aim] > least


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

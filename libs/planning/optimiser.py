"""The choice of one candidate a slot as a CP-SAT model: exact, with one worker and a fixed seed."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from libs.intake.models import FieldName
from libs.planning import availability
from libs.planning.candidates import Candidate, Pool
from libs.planning.models import SLOTS, Slot

Aim = Literal["objective", "cost", "operation", "latency", "availability"]

USD = 10_000
"""Money is counted in hundredths of a cent."""
MS = 1_000
LOSS = 1e12
LOSS_TOLERANCE = 100
HOURS = 10
TIE = 1_000_000
"""Weight of the aim against the order that breaks ties: operating hours, then catalogue order."""


@dataclass(frozen=True)
class Rules:
    """What holds besides the candidates' own blocks."""

    forced: Mapping[Slot, str]
    excluded: frozenset[tuple[Slot, str]]
    ignored: frozenset[FieldName] = frozenset()
    """Hard constraints that are left out, to find out which of them conflict."""
    cuts: tuple[frozenset[tuple[Slot, str]], ...] = ()
    """Sets of choices that must not be made again, all together."""
    allow_unpriced: bool = False


@dataclass(frozen=True)
class Solution:
    """The best choice under some rules."""

    chosen: tuple[Candidate, ...]

    @cached_property
    def monthly_usd(self) -> float:
        """Sum of the known lines."""
        return sum(candidate.monthly_usd for candidate in self.chosen)

    @cached_property
    def ops_hours(self) -> float:
        """Operating hours a month."""
        return sum(candidate.option.ops_hours_month for candidate in self.chosen)

    @cached_property
    def p95_ms(self) -> float:
        """Conservative 95th percentile of a request."""
        return round(sum(candidate.p95_ms for candidate in self.chosen), 3)

    @cached_property
    def availability_pct(self) -> float:
        """Percent of time in which everything in the path is there."""
        return availability.product(candidate.availability_pct for candidate in self.chosen)

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """Options with their sizes: equal keys are the same design."""
        return tuple(candidate.key for candidate in self.chosen)

    @cached_property
    def picks(self) -> frozenset[tuple[Slot, str]]:
        """Slot and option of every choice."""
        return frozenset((c.slot, c.option.id) for c in self.chosen)


def preload() -> None:
    """Imports the solver ahead of the first design; the import alone takes longer than many designs."""
    from ortools.sat.python import cp_model

    cp_model.CpModel()


def best(pool: Pool, rules: Rules, aim: Aim = "objective", *, shortcut: bool = True) -> Solution | None:
    """The best choice, or None when no choice keeps the rules.

    The shortcut takes the best candidate of each slot alone; when that choice keeps the coupling rules too it is the
    optimum, because it attains the lower bound. Otherwise the model decides.
    """
    slots = [_allowed(pool, rules, slot) for slot in SLOTS]
    if any(not group for group in slots):
        return None
    if shortcut:
        relaxed = tuple(min(group, key=lambda pair: _weight(pool, pair, aim))[1] for group in slots)
        if _keeps(pool, rules, relaxed):
            return Solution(relaxed)
    return _solve(pool, rules, slots, aim)


def _allowed(pool: Pool, rules: Rules, slot: Slot) -> list[tuple[int, Candidate]]:
    """Candidates of the slot that no single rule refuses, each with its place in the catalogue order."""
    forced = rules.forced.get(slot)
    group: list[tuple[int, Candidate]] = []
    for place, candidate in enumerate(pool.of_slot(slot)):
        option = candidate.option.id
        if (forced is not None and option != forced) or (slot, option) in rules.excluded:
            continue
        if any(block.field not in rules.ignored for block in candidate.blocks):
            continue
        if candidate.unpriced and forced is None and not rules.allow_unpriced:
            continue
        group.append((place, candidate))
    return group


def _aim_units(pool: Pool, candidate: Candidate, aim: Aim) -> int:
    cost = round(candidate.monthly_usd * USD)
    hours = candidate.option.ops_hours_month
    if aim == "objective":
        return cost + round(hours * pool.needs.ops_hour_rate_usd * USD)
    if aim == "cost":
        return cost
    if aim == "operation":
        return round(hours * HOURS) * 10_000_000 + cost // USD
    if aim == "latency":
        return round(candidate.p95_ms * MS) * 100_000 + cost // USD
    return round(_loss(candidate.availability_pct) / 1e6) * 10_000_000 + cost // USD


def _weight(pool: Pool, pair: tuple[int, Candidate], aim: Aim) -> int:
    place, candidate = pair
    tie = round(candidate.option.ops_hours_month * HOURS) * 100 + place
    return _aim_units(pool, candidate, aim) * TIE + tie


def _loss(percent: float) -> int:
    return round(-math.log(percent / 100) * LOSS)


def _limits(pool: Pool, rules: Rules) -> tuple[int | None, int | None, int | None]:
    """Budget in money units, latency in time units, availability as the greatest loss; None is no limit."""
    needs = pool.needs
    budget = needs.budget_usd_month if "budget_usd_month" not in rules.ignored else None
    latency = needs.latency_ms_p95 if "latency_ms_p95" not in rules.ignored else None
    bounded = "availability_pct" not in rules.ignored
    return (
        None if budget is None else math.floor(budget * USD),
        None if latency is None else math.floor(latency * MS),
        _loss(needs.availability_pct) + LOSS_TOLERANCE if bounded else None,
    )


def _keeps(pool: Pool, rules: Rules, chosen: Sequence[Candidate]) -> bool:
    budget, latency, loss = _limits(pool, rules)
    if budget is not None and sum(round(c.monthly_usd * USD) for c in chosen) > budget:
        return False
    if latency is not None and sum(round(c.p95_ms * MS) for c in chosen) > latency:
        return False
    if loss is not None and sum(_loss(c.availability_pct) for c in chosen) > loss:
        return False
    picks = {(c.slot, c.option.id) for c in chosen}
    if any(cut <= picks for cut in rules.cuts):
        return False
    return all(
        any((pairing.slot, other) in picks for other in pairing.options)
        for candidate in chosen
        for pairing in candidate.option.requires
    )


def _solve(
    pool: Pool, rules: Rules, slots: Sequence[Sequence[tuple[int, Candidate]]], aim: Aim
) -> Solution | None:
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    flat = [pair for group in slots for pair in group]
    taken = [model.new_bool_var("") for _ in flat]
    candidates = [candidate for _, candidate in flat]
    start = 0
    for group in slots:
        model.add_exactly_one(taken[start : start + len(group)])
        start += len(group)
    budget, latency, loss = _limits(pool, rules)

    def total(units: Iterable[int]) -> cp_model.LinearExprT:
        return cp_model.LinearExpr.weighted_sum(taken, list(units))

    if budget is not None:
        model.add(total(round(c.monthly_usd * USD) for c in candidates) <= budget)
    if latency is not None:
        model.add(total(round(c.p95_ms * MS) for c in candidates) <= latency)
    if loss is not None:
        model.add(total(_loss(c.availability_pct) for c in candidates) <= loss)
    by_option: dict[tuple[Slot, str], list[cp_model.IntVar]] = {}
    for variable, candidate in zip(taken, candidates, strict=True):
        by_option.setdefault((candidate.slot, candidate.option.id), []).append(variable)
    for variable, candidate in zip(taken, candidates, strict=True):
        for pairing in candidate.option.requires:
            partners = [v for other in pairing.options for v in by_option.get((pairing.slot, other), [])]
            model.add(sum(partners) >= variable)
    for cut in rules.cuts:
        if all(pick in by_option for pick in cut):
            model.add(sum(v for pick in sorted(cut) for v in by_option[pick]) <= len(cut) - 1)
    model.minimize(total(_weight(pool, pair, aim) for pair in flat))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 7
    status = solver.solve(model)
    if status == cp_model.INFEASIBLE:
        return None
    if status != cp_model.OPTIMAL:
        raise RuntimeError(f"the solver ended with {solver.status_name(status)} on a finite choice")
    return Solution(tuple(c for v, c in zip(taken, candidates, strict=True) if solver.boolean_value(v)))

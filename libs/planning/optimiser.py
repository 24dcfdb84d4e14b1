"""The best choice of one candidate a slot: rules and aims in whole numbers, bounds first, then the model."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, assert_never

from libs.intake.models import FieldName
from libs.planning import availability, choice_model
from libs.planning.candidates import Candidate, Pool
from libs.planning.catalogue.models import Pairing
from libs.planning.choice_model import Cut, Entry, Limits
from libs.planning.models import Slot

Aim = Literal["objective", "cost", "operation", "latency", "availability"]

USD = 10_000
"""Money is counted in hundredths of a cent."""
MS = 1_000
TENTHS = 10
"""Latency as an aim is counted in tenths of a millisecond: weights must stay within 63 bits."""
LOSS = 1e12
LOSS_TOLERANCE = 100
HOURS = 10
FIRST = 10_000_000
"""Weight of an aim other than money against whole dollars, which decide between equals."""
MILLIONTH = LOSS / 1e6
TIE = 1_000_000
"""Weight of the aim against the order that breaks ties: operating hours, then catalogue order."""


@dataclass(frozen=True)
class Rules:
    """What holds besides the candidates' own blocks."""

    forced: Mapping[Slot, str]
    excluded: frozenset[tuple[Slot, str]]
    ignored: frozenset[FieldName | None] = frozenset()
    """Hard constraints that are left out, to find out which of them conflict."""
    cuts: tuple[Cut, ...] = ()
    """Sets of choices that must not be made again, all together."""
    most_usd: float | None = None
    """Bill above which a design is not worth showing, besides the budget."""


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


def best(pool: Pool, rules: Rules, aim: Aim = "objective", *, shortcut: bool = True) -> Solution | None:
    """The best choice, or None when no choice keeps the rules.

    A choice that is best under fewer rules and keeps the others too is the best under all: so the lightest candidate
    of each slot is tried first, then the model without the budget. `shortcut=False` asks the whole model at once.
    """
    groups = [_allowed(pool, rules, slot, aim) for slot in pool.slots]
    if any(not group for group in groups):
        return None
    limits = _limits(pool, rules)
    groups = [[entry for entry in group if _alone(entry, limits)] for group in groups]
    if any(not group for group in groups):
        return None
    if not shortcut:
        return _solution(pool, choice_model.solve(groups, limits, rules.cuts))
    lightest = [min(group, key=_weight) for group in groups]
    if choice_model.keeps(lightest, limits, rules.cuts):
        return _solution(pool, lightest)
    found = _without_budget(pool, groups, limits, rules.cuts)
    if found is not None and not choice_model.keeps(found, limits, rules.cuts):
        found = choice_model.solve(groups, limits, rules.cuts)
    return _solution(pool, found)


def _alone(entry: Entry, limits: Limits) -> bool:
    """Whether the candidate keeps the limits by itself; one that does not is in no choice that does."""
    return (
        (limits.cost is None or entry.cost <= limits.cost)
        and (limits.time is None or entry.time <= limits.time)
        and (limits.loss is None or entry.loss <= limits.loss)
    )


def _without_budget(
    pool: Pool, groups: Sequence[Sequence[Entry]], limits: Limits, cuts: tuple[Cut, ...]
) -> list[Entry] | None:
    """The best choice if money were no limit: slots that touch no other rule take their lightest entry."""
    entries = [entry for group in groups for entry in group]
    touched = {slot for cut in cuts for slot, _ in cut}
    touched |= {slot for entry in entries for partners in entry.partners for slot, _ in partners}
    touched |= {entry.pick[0] for entry in entries if entry.time or entry.loss or entry.partners}
    core = tuple(tuple(group) for group in groups if group[0].pick[0] in touched)
    key = (core, limits.time, limits.loss, cuts)
    if key not in pool.memo:
        pool.memo[key] = choice_model.solve(core, limits._replace(cost=None), cuts)
    solved: list[Entry] | None = pool.memo[key]
    if solved is None:
        return None
    by_slot = {entry.pick[0]: entry for entry in solved}
    return [by_slot.get(group[0].pick[0]) or min(group, key=_weight) for group in groups]


def _allowed(pool: Pool, rules: Rules, slot: Slot, aim: Aim) -> list[Entry]:
    """Candidates of the slot that no single rule refuses."""
    forced = rules.forced.get(slot)
    group: list[Entry] = []
    for place, candidate in enumerate(pool.of_slot(slot)):
        option = candidate.option.id
        if (forced is not None and option != forced) or (slot, option) in rules.excluded:
            continue
        if any(block.field not in rules.ignored for block in candidate.blocks):
            continue
        if candidate.unpriced and forced is None:
            continue
        group.append(_entry(pool, candidate, place, aim))
    return group


def _entry(pool: Pool, candidate: Candidate, place: int, aim: Aim) -> Entry:
    """The candidate in whole numbers; ties go to fewer operating hours, then to the catalogue order."""
    key = (aim, candidate.slot, place)
    if key not in pool.memo:
        pool.memo[key] = _counted(pool, candidate, place, aim)
    entry: Entry = pool.memo[key]
    return entry


def _counted(pool: Pool, candidate: Candidate, place: int, aim: Aim) -> Entry:
    tie = round(candidate.option.ops_hours_month * HOURS) * 100 + place
    return Entry(
        pick=(candidate.slot, candidate.option.id),
        weight=_aim_units(pool, candidate, aim) * TIE + tie,
        cost=round(candidate.monthly_usd * USD),
        time=round(candidate.p95_ms * MS),
        loss=_loss(candidate.availability_pct),
        partners=tuple(pairing.partners for pairing in pairings(pool, candidate)),
        place=place,
    )


def pairings(pool: Pool, candidate: Candidate) -> tuple[Pairing, ...]:
    """What the candidate needs of other slots that the design has."""
    # A candidate may have been sized for other requirements, and one that stands for an option has no size at all.
    names = {**candidate.option.sizing.choices[0], **candidate.names, **pool.names}
    return tuple(
        pairing for pairing in candidate.option.requires if pairing.slot in pool.slots and pairing.when(names)
    )


def _aim_units(pool: Pool, candidate: Candidate, aim: Aim) -> int:
    cost = round(candidate.monthly_usd * USD)
    hours = candidate.option.ops_hours_month
    match aim:
        case "objective":
            return cost + round(hours * pool.hour_rate_usd * USD)
        case "cost":
            return cost
        case "operation":
            return round(hours * HOURS) * FIRST + cost // USD
        case "latency":
            return round(candidate.p95_ms * TENTHS) * (FIRST // 100) + cost // USD
        case "availability":
            return round(_loss(candidate.availability_pct) / MILLIONTH) * FIRST + cost // USD
        case _:
            assert_never(aim)


def _weight(entry: Entry) -> int:
    return entry.weight


def _loss(percent: float) -> int:
    return round(-math.log(percent / 100) * LOSS)


def _limits(pool: Pool, rules: Rules) -> Limits:
    needs = pool.needs
    budget = needs.budget_usd_month if "budget_usd_month" not in rules.ignored else None
    if rules.most_usd is not None:
        budget = rules.most_usd if budget is None else min(budget, rules.most_usd)
    latency = needs.latency_ms_p95 if "latency_ms_p95" not in rules.ignored else None
    bounded = "availability_pct" not in rules.ignored
    return Limits(
        cost=None if budget is None else math.floor(budget * USD),
        time=None if latency is None else math.floor(latency * MS),
        loss=_loss(needs.availability_pct) + LOSS_TOLERANCE if bounded else None,
    )


def _solution(pool: Pool, chosen: Sequence[Entry] | None) -> Solution | None:
    if chosen is None:
        return None
    return Solution(tuple(pool.of_slot(entry.pick[0])[entry.place] for entry in chosen))

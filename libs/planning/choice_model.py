"""One entry of each group at the least total weight, as a CP-SAT model: exact, one worker, a fixed seed."""

from collections.abc import Sequence
from typing import NamedTuple

from libs.planning.models import Slot

Pick = tuple[Slot, str]
"""Slot and option."""
SEED = 7
MOST = 2**60
"""The solver counts in 63 bits: sums of weights above this are counted in larger units."""


class Entry(NamedTuple):
    """A candidate in whole numbers."""

    pick: Pick
    weight: int
    cost: int
    time: int
    loss: int
    """Negative logarithm of the availability: losses add where availabilities multiply."""
    partners: tuple[tuple[Pick, ...], ...]
    """For each pairing: one of these must be chosen too."""
    place: int
    """Where the candidate stands in its slot."""


class Limits(NamedTuple):
    """Greatest sums; None is no limit."""

    cost: int | None
    time: int | None
    loss: int | None


Cut = frozenset[Pick]
"""Picks that must not be chosen all together."""


def keeps(chosen: Sequence[Entry], limits: Limits, cuts: Sequence[Cut]) -> bool:
    """Whether a complete choice keeps limits, pairings and cuts."""
    picks = {entry.pick for entry in chosen}
    return (
        (limits.cost is None or sum(entry.cost for entry in chosen) <= limits.cost)
        and (limits.time is None or sum(entry.time for entry in chosen) <= limits.time)
        and (limits.loss is None or sum(entry.loss for entry in chosen) <= limits.loss)
        and not any(cut <= picks for cut in cuts)
        and all(not picks.isdisjoint(partners) for entry in chosen for partners in entry.partners)
    )


def solve(groups: Sequence[Sequence[Entry]], limits: Limits, cuts: Sequence[Cut]) -> list[Entry] | None:
    """The choice of least weight, or None when no choice keeps the rules."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    entries = [entry for group in groups for entry in group]
    taken = [model.new_bool_var("") for _ in entries]
    start = 0
    for group in groups:
        model.add_exactly_one(taken[start : start + len(group)])
        start += len(group)
    for limit, amounts in (
        (limits.cost, [entry.cost for entry in entries]),
        (limits.time, [entry.time for entry in entries]),
        (limits.loss, [entry.loss for entry in entries]),
    ):
        if limit is not None:
            model.add(cp_model.LinearExpr.weighted_sum(taken, amounts) <= limit)
    by_pick: dict[Pick, list[cp_model.IntVar]] = {}
    for variable, entry in zip(taken, entries, strict=True):
        by_pick.setdefault(entry.pick, []).append(variable)
    for variable, entry in zip(taken, entries, strict=True):
        for partners in entry.partners:
            model.add(sum(v for pick in partners for v in by_pick.get(pick, [])) >= variable)
    for cut in cuts:
        if all(pick in by_pick for pick in cut):
            model.add(sum(v for pick in sorted(cut) for v in by_pick[pick]) <= len(cut) - 1)
    unit = sum(entry.weight for entry in entries) // MOST + 1
    model.minimize(cp_model.LinearExpr.weighted_sum(taken, [entry.weight // unit for entry in entries]))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = SEED
    status = solver.solve(model)
    if status == cp_model.INFEASIBLE:
        return None
    if status != cp_model.OPTIMAL:
        raise RuntimeError(f"the solver ended with {solver.status_name(status)} on a finite choice")
    return [entry for v, entry in zip(taken, entries, strict=True) if solver.boolean_value(v)]


def preload() -> None:
    """Imports the solver ahead of the first design; the import alone takes longer than many designs."""
    from ortools.sat.python import cp_model

    cp_model.CpModel()

"""Requirements become a plan: the optimum, its alternatives, what was rejected and why; or why nothing fits."""

from collections.abc import Mapping
from datetime import date

from libs.intake.models import Conflict
from libs.planning import assembly, candidates, infeasibility, optimiser, rejections
from libs.planning.alternatives import alternatives
from libs.planning.catalogue.models import Catalogue
from libs.planning.models import Infeasible, Plan, Requirements, Slot
from libs.planning.optimiser import Rules, Solution
from libs.planning.prices.lookup import Prices

NO_CHOICE: Mapping[Slot, str] = {}


def plan(
    requirements: Requirements,
    catalogue: Catalogue,
    prices: Prices,
    *,
    as_of: date,
    forced: Mapping[Slot, str] = NO_CHOICE,
    excluded: frozenset[tuple[Slot, str]] = frozenset(),
    conflicts: tuple[Conflict, ...] = (),
    written_only: bool = False,
) -> Plan | Infeasible:
    """The best design for the requirements.

    Args:
        requirements: what has to hold; limits are hard.
        catalogue: the options there are.
        prices: dated unit prices; what cannot be priced is chosen only when it is forced.
        as_of: the recorded date of the design.
        forced: options that a person fixed, by slot; a slot that this design does not have is left alone.
        excluded: options that a critic sent back, by slot.
        conflicts: contradictions found before; carried along in the plan.
        written_only: choose only what a repository can be written with, in slots that have something like that.

    Returns:
        The proven optimum with its alternatives, or the smallest conflicting set of constraints.

    Raises:
        UnknownOption: a forced option is not in the catalogue.
    """
    candidates.check_known(catalogue, forced)
    pool = candidates.pool(requirements, catalogue, prices, written_only=written_only)
    rules = Rules(dict(forced), excluded)
    solution = optimiser.best(pool, rules)
    if solution is None:
        return infeasibility.explain(pool, rules, catalogue, prices)
    return assembly.plan_of(
        pool,
        solution,
        catalogue,
        prices,
        as_of=as_of,
        alternatives=alternatives(pool, rules, solution),
        rejected=rejections.of_others(pool, catalogue, rules, solution),
        conflicts=conflicts,
    )


def optimum(
    requirements: Requirements, catalogue: Catalogue, prices: Prices, *, written_only: bool = False
) -> Solution | None:
    """The best choice alone, without proofs and alternatives: what questions compare."""
    pool = candidates.pool(requirements, catalogue, prices, written_only=written_only)
    return optimiser.best(pool, Rules({}, frozenset()))

"""Requirements become a plan: the optimum, its alternatives, what was rejected and why; or why nothing fits."""

from collections.abc import Mapping
from datetime import date

from libs.intake.models import Conflict
from libs.planning import (
    availability,
    candidates,
    components,
    costs,
    demand,
    infeasibility,
    latency,
    optimiser,
    rejections,
)
from libs.planning.alternatives import alternatives
from libs.planning.candidates import Pool
from libs.planning.catalogue.models import Catalogue
from libs.planning.models import Infeasible, Plan, Requirements, Slot
from libs.planning.optimiser import Rules, Solution
from libs.planning.prices.lookup import Prices
from libs.planning.wording import statement

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
) -> Plan | Infeasible:
    """The best design for the requirements.

    Args:
        requirements: what has to hold; limits are hard.
        catalogue: the options there are.
        prices: dated unit prices; what cannot be priced is chosen only when it is forced.
        as_of: the recorded date of the design.
        forced: options that a person fixed, by slot.
        excluded: options that a critic sent back, by slot.
        conflicts: contradictions found before; carried along in the plan.

    Returns:
        The proven optimum with its alternatives, or the smallest conflicting set of constraints.

    Raises:
        UnknownOption: a forced option is not in the catalogue.
    """
    candidates.check_known(catalogue, forced)
    pool = candidates.pool(requirements, catalogue, prices)
    rules = Rules(dict(forced), excluded)
    solution = optimiser.best(pool, rules)
    if solution is None:
        return infeasibility.explain(pool, rules, catalogue)
    charges = [charge for candidate in solution.chosen for charge in candidate.charges]
    hops = [hop for candidate in solution.chosen for hop in candidate.hops]
    hours = round(solution.ops_hours, 2)
    rejected = rejections.of_others(pool, rules, solution)
    return Plan(
        requirements=requirements,
        components=components.explained(solution, rejected),
        cost=costs.estimate(charges, requirements, as_of),
        latency=latency.budget(hops, requirements),
        availability=availability.assess(((c.option, c.size) for c in solution.chosen), requirements),
        ops_hours_month=hours,
        objective=round(solution.monthly_usd + hours * requirements.ops_hour_rate_usd, 4),
        proven_optimal=True,
        alternatives=alternatives(pool, rules, solution),
        rejected=rejected,
        assumptions=assumptions(pool, solution),
        conflicts=conflicts,
        catalogue_sha256=catalogue.sha256,
        prices_as_of=prices.as_of,
    )


def optimum(requirements: Requirements, catalogue: Catalogue, prices: Prices) -> Solution | None:
    """The best choice alone, without proofs and alternatives: what questions compare."""
    pool = candidates.pool(requirements, catalogue, prices)
    return optimiser.best(pool, Rules({}, frozenset()))


def assumptions(pool: Pool, solution: Solution) -> tuple[str, ...]:
    """What the figures rest on, in words."""
    needs = pool.needs
    found = [
        f"not given and therefore assumed: {statement(needs, field)}"
        for field, source in sorted(needs.sources.items())
        if source == "default"
    ]
    found.append("prices are on demand, without free tier, savings plans, spot or tax")
    if needs.archetype == "online_api":
        found.append("latencies are planning allowances that the generated load test has to confirm")
    if needs.data_volume_gb > demand.TRAINING_GB:
        found.append(f"training reads a sample or aggregate of {demand.TRAINING_GB:g} GB of the data")
    if needs.ml_task == "llm_rag" and not needs.gpu_needed:
        found.append("the language model is called as a hosted service; its tokens are not in this bill")
    if needs.gpu_needed and needs.archetype == "batch_scoring":
        found.append("the GPU is used for training; batch scoring runs on CPUs")
    if any(
        charge.price and charge.price.method == "estimate" for c in solution.chosen for charge in c.charges
    ):
        found.append(
            f"prices without a figure for {needs.region} are scaled from us-east-1 and are estimates"
        )
    return tuple(found)

"""How long requirements take to become a plan, over many constraint sets and growing catalogues."""

import time
from collections.abc import Sequence

from libs.cli.benchmarks import constraint_sets, known, samples
from libs.cli.benchmarks.briefs import AS_OF
from libs.cli.benchmarks.models import Conditions, MeasurementFailed, Result, measured
from libs.planning import (
    alternatives,
    candidates,
    choice_model,
    infeasibility,
    optimiser,
    rejections,
    what_if,
)
from libs.planning.candidates import Pool
from libs.planning.catalogue.models import Catalogue
from libs.planning.models import Plan, Requirements
from libs.planning.optimiser import Rules, Solution
from libs.planning.policies.evaluation import evaluate_policies
from libs.planning.requirements import resolve
from libs.planning.solver import plan

NO_RULES = Rules({}, frozenset())
GROWTH = (1, 2, 5, 10)
GROWN_SETS = 40
"""Sets that are timed on each larger catalogue."""
SOLVE_TARGET_S = 0.05
P99_TARGET_S = 0.3
EXPLAIN_TARGET_S = 0.5
EXCHANGE_TARGET_S = 0.3


async def measure(conditions: Conditions) -> Sequence[Result]:
    """Optimum and alternatives; explanations by themselves; one exchange at the gate; larger catalogues."""
    choice_model.preload()
    world = known.knowledge()
    needs = [resolve(stated, AS_OF)[0] for stated in constraint_sets.constraint_sets()]
    plan(needs[0], world.catalogue, world.prices, as_of=AS_OF)
    solved: list[float] = []
    explained: list[float] = []
    unfit = 0
    for asked in needs:
        pool, solution, seconds = _solved(asked, world.catalogue)
        solved.append(seconds)
        unfit += solution is None
        explained.append(_explained(pool, solution, world.catalogue))
    exchanged = _exchanged(needs)
    catalogues = {f"{times}x": constraint_sets.grown(world.catalogue, times) for times in GROWTH}
    growth = {
        name: samples.spread([_solved(asked, catalogue)[2] for asked in needs[:GROWN_SETS]])
        for name, catalogue in catalogues.items()
    }
    spread = {**samples.spread(solved), "p99": round(samples.p99(solved), samples.DIGITS)}
    return [
        measured(
            "solver",
            "s",
            samples.median(solved),
            at_most=SOLVE_TARGET_S,
            runs=len(solved),
            breakdown={"seconds": spread, "without_a_design": unfit, "options": len(world.catalogue.options)},
        ),
        measured(
            "solver_p99", "s", samples.p99(solved), at_most=P99_TARGET_S, runs=len(solved), breakdown={}
        ),
        measured(
            "explanations",
            "s",
            max(explained),
            at_most=EXPLAIN_TARGET_S,
            runs=len(explained),
            breakdown={"seconds": samples.spread(explained)},
        ),
        measured(
            "exchange",
            "s",
            max(exchanged),
            at_most=EXCHANGE_TARGET_S,
            runs=len(exchanged),
            breakdown={"seconds": samples.spread(exchanged)},
        ),
        measured("solver_growth", "s", growth["10x"]["median"], runs=GROWN_SETS, breakdown=growth),
    ]


def _solved(asked: Requirements, catalogue: Catalogue) -> tuple[Pool, Solution | None, float]:
    prices = known.knowledge().prices
    began = time.perf_counter()
    pool = candidates.pool(asked, catalogue, prices)
    solution = optimiser.best(pool, NO_RULES)
    if solution is not None:
        alternatives.alternatives(pool, NO_RULES, solution)
    return pool, solution, time.perf_counter() - began


def _explained(pool: Pool, solution: Solution | None, catalogue: Catalogue) -> float:
    """Seconds for the reason of every option that was left out, or for why nothing fits."""
    began = time.perf_counter()
    if solution is not None:
        rejections.of_others(pool, catalogue, NO_RULES, solution)
    else:
        infeasibility.explain(pool, NO_RULES, catalogue, known.knowledge().prices)
    return time.perf_counter() - began


def _exchanged(needs: Sequence[Requirements]) -> list[float]:
    """Seconds of one exchanged component with policies, for designs that have an alternative."""
    world = known.knowledge()
    found: list[float] = []
    for asked in needs[:GROWN_SETS]:
        made = plan(asked, world.catalogue, world.prices, as_of=AS_OF)
        if not isinstance(made, Plan) or not made.alternatives:
            continue
        other = made.alternatives[0].components
        swap = {c.slot: c.option for c in other if made.component(c.slot).option != c.option}
        began = time.perf_counter()
        effect = what_if.exchange(made, world.catalogue, world.prices, swap, as_of=AS_OF)
        evaluate_policies(effect.plan, world.policies.packs)
        found.append(time.perf_counter() - began)
    if not found:
        raise MeasurementFailed("No constraint set has a design with an alternative.")
    return found

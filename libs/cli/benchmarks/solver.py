"""How long requirements take to become a plan."""

from collections.abc import Sequence

from libs.cli.benchmarks import known, samples
from libs.cli.benchmarks.briefs import AS_OF, BRIEFS
from libs.cli.benchmarks.models import Conditions, MeasurementFailed, Result, measured
from libs.cli.benchmarks.samples import Stopwatch
from libs.planning import alternatives, candidates, optimiser, rejections, solver
from libs.planning.optimiser import Rules

NO_RULES = Rules({}, frozenset())


async def measure(conditions: Conditions) -> Sequence[Result]:
    """The optimum with its alternatives, rejections, cost, latency and availability."""
    whole: list[float] = []
    breakdown = {}
    for kind in BRIEFS:
        known.plan(kind)
        rounds = [_plan(kind) for _ in range(conditions.runs)]
        whole += [each["plan"] for each in rounds]
        breakdown[kind] = {
            "seconds": samples.spread([each["plan"] for each in rounds]),
            "parts": samples.medians([{k: v for k, v in each.items() if k != "plan"} for each in rounds]),
        }
    return [measured("solver", "s", samples.median(whole), runs=len(whole), breakdown=breakdown)]


def _plan(kind: str) -> dict[str, float]:
    """Seconds of the whole, and of its largest parts run again by themselves."""
    watch, world = Stopwatch(), known.knowledge()
    needs, _ = known.requirements(kind)
    with watch.lap("plan"):
        solver.plan(needs, world.catalogue, world.prices, as_of=AS_OF)
    with watch.lap("candidates"):
        pool = candidates.pool(needs, world.catalogue, world.prices)
    with watch.lap("optimum"):
        solution = optimiser.best(pool, NO_RULES)
    if solution is None:
        raise MeasurementFailed(f"Nothing fits the brief for {kind}.")
    with watch.lap("rejections"):
        rejections.of_others(pool, NO_RULES, solution)
    with watch.lap("alternatives"):
        alternatives.alternatives(pool, NO_RULES, solution)
    return dict(watch.seconds)

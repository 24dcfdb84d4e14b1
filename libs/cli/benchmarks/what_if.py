"""How long one exchange at a gate takes, with its policies: it is asked for at every choice that a person tries."""

import time
from collections.abc import Sequence

from libs.cli.benchmarks import known, samples
from libs.cli.benchmarks.briefs import AS_OF
from libs.cli.benchmarks.models import Conditions, MeasurementFailed, Result, measured
from libs.planning.errors import OptionUnfit
from libs.planning.models import Plan, Slot
from libs.planning.policies.evaluation import evaluate_policies
from libs.planning.what_if import WhatIf, exchange

KIND = "online_api"
EXCHANGED: Slot = "serve"
TARGET_S = 0.3


async def measure(conditions: Conditions) -> Sequence[Result]:
    """Every option of one slot in turn, and the policies of the design that it makes."""
    world = known.knowledge()
    made = known.plan(KIND)
    packs = world.policies.packs
    options = [option.id for option in world.catalogue.of_slot(EXCHANGED) if _tried(made, option.id)]
    whole: list[float] = []
    judging: list[float] = []
    for _ in range(conditions.runs):
        for option in options:
            began = time.perf_counter()
            tried = _tried(made, option)
            exchanged = time.perf_counter()
            if tried is None:
                raise MeasurementFailed(f"{option} fitted before")
            evaluate_policies(tried.plan, packs)
            ended = time.perf_counter()
            whole.append(ended - began)
            judging.append(ended - exchanged)
    return [
        measured(
            "what_if",
            "s",
            samples.median(whole),
            at_most=TARGET_S,
            runs=len(whole),
            breakdown={"seconds": samples.spread(whole), "policies_seconds": samples.spread(judging)},
        )
    ]


def _tried(made: Plan, option: str) -> WhatIf | None:
    world = known.knowledge()
    try:
        return exchange(made, world.catalogue, world.prices, {EXCHANGED: option}, as_of=AS_OF)
    except OptionUnfit:
        return None

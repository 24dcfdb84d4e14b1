"""How long it takes to find out which questions are worth asking."""

import time
from collections.abc import Sequence

from libs.cli.benchmarks import known, samples
from libs.cli.benchmarks.briefs import AS_OF, BRIEFS
from libs.cli.benchmarks.models import Conditions, Result, measured
from libs.planning import choice_model
from libs.planning.conflicts import conflicts
from libs.planning.models import Plan
from libs.planning.policies.evaluation import evaluate_policies
from libs.planning.questions import questions

TARGET_S = 1.0


async def measure(conditions: Conditions) -> Sequence[Result]:
    """Selection of the questions, which solves a design for each admissible answer; conflicts beside it."""
    choice_model.preload()
    world = known.knowledge()
    whole: list[float] = []
    breakdown = {}
    for kind in BRIEFS:
        stated = known.constraints(kind)
        needs, _ = known.requirements(kind)
        asked = questions(stated, world.catalogue, world.prices, as_of=AS_OF, judge=_broken)
        asking: list[float] = []
        contradicting: list[float] = []
        for _ in range(conditions.runs):
            began = time.perf_counter()
            questions(stated, world.catalogue, world.prices, as_of=AS_OF, judge=_broken)
            asking.append(time.perf_counter() - began)
            began = time.perf_counter()
            conflicts(stated, needs, world.catalogue, world.prices)
            contradicting.append(time.perf_counter() - began)
        whole += asking
        breakdown[kind] = {
            "seconds": samples.spread(asking),
            "conflicts_seconds": samples.spread(contradicting),
            "questions": len(asked),
        }
    return [measured("questions", "s", max(whole), at_most=TARGET_S, runs=len(whole), breakdown=breakdown)]


def _broken(plan: Plan) -> frozenset[str]:
    results = evaluate_policies(plan, known.knowledge().policies.packs)
    return frozenset(result.rule for result in results if result.outcome == "fail")

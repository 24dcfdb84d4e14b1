"""Constraint sets of every kind, and a catalogue that has grown: what the planner is timed on."""

import random
from collections.abc import Iterator
from typing import Any

from libs.intake.models import Constraint, FieldName
from libs.planning.catalogue.models import Catalogue, Option

SEED = 20_261_121
SETS = 200
TASKS = (
    "classification",
    "regression",
    "forecasting",
    "ranking",
    "recommendation",
    "anomaly",
    "vision",
    "nlp",
    "llm_rag",
)
REGIONS = ("us-east-1", "us-west-2", "eu-west-1", "eu-central-1", "ap-southeast-1", "ap-southeast-2")
REGIMES = (["PCI-DSS"], ["HIPAA"], ["GDPR"], ["SOC2"], ["GDPR", "SOC2"])
OFTEN, SELDOM = 0.7, 0.25
"""How often a set states a field that most, and that few briefs state."""


def constraint_sets(count: int = SETS) -> tuple[tuple[Constraint, ...], ...]:
    """The same sets in every run."""
    chance = random.Random(SEED)  # noqa: S311 - drawn for timing
    return tuple(tuple(_stated(chance)) for _ in range(count))


def _stated(chance: random.Random) -> Iterator[Constraint]:
    online = chance.random() < 0.6
    yield _constraint("ml_task", chance.choice(TASKS))
    kind = "streaming_inference" if chance.random() < 0.15 else "online_inference"
    yield _constraint("workloads", [kind] if online else ["batch_inference"])
    for field, share, value in _fields(chance, online):
        if chance.random() < share:
            yield _constraint(field, value)


def _fields(chance: random.Random, online: bool) -> Iterator[tuple[FieldName, float, Any]]:
    rate = round(10 ** chance.uniform(-1, 4), 3)
    if online:
        yield "throughput_rps", OFTEN, rate
        yield "latency_ms_p95", OFTEN, chance.choice([30, 60, 100, 200, 500, 2000, 5000])
    else:
        yield "predictions_per_day", OFTEN, round(10 ** chance.uniform(3, 8))
    yield "budget_usd_month", SELDOM, round(10 ** chance.uniform(2, 5))
    yield "regions", OFTEN, [chance.choice(REGIONS)]
    yield "compliance", SELDOM, chance.choice(REGIMES)
    yield "availability_pct", SELDOM, chance.choice([99.0, 99.5, 99.9, 99.95])
    yield (
        "deployment_preference",
        SELDOM,
        chance.choice(["serverless", "containers", "kubernetes", "managed"]),
    )
    yield "gpu_needed", SELDOM / 2, True
    yield "data_volume_gb", OFTEN, round(10 ** chance.uniform(-1, 4), 2)
    yield "training_frequency", OFTEN, chance.choice(["hourly", "daily", "weekly", "monthly"])
    yield "growth_pct_year", SELDOM, chance.choice([20, 100])
    yield "rpo_minutes", SELDOM / 2, chance.choice([5, 60, 1440])


def _constraint(field: FieldName, value: Any) -> Constraint:
    return Constraint(field=field, value=value, source="answered", confidence=1.0)


def grown(catalogue: Catalogue, times: int) -> Catalogue:
    """The catalogue with so many of each option, each copy a little more to operate so that none is alike."""
    options = [_copy(option, number) for option in catalogue.options for number in range(times)]
    return Catalogue(options=tuple(options), figures=catalogue.figures, loads=catalogue.loads)


def _copy(option: Option, number: int) -> Option:
    if number == 0:
        return option
    return option.model_copy(
        update={
            "id": f"{option.id}_{number}",
            "ops_hours_month": option.ops_hours_month + number / 10,
        }
    )

"""Trees of systems that differ in single constraints, planned and rendered once each."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from libs.codegen.blueprint import build_blueprint
from libs.codegen.models import Blueprint
from libs.codegen.renderer import render
from libs.core.values import canonical_json
from libs.intake.models import Constraint
from libs.planning.catalogue.loading import load_catalogue
from libs.planning.models import Infeasible, Slot
from libs.planning.prices.lookup import load_prices
from libs.planning.requirements import resolve
from libs.planning.solver import NO_CHOICE, plan

AS_OF = date(2026, 11, 1)
_COMMON: dict[str, Any] = {
    "regions": ["eu-west-1"],
    "data_classification": "sensitive",
    "team_size": 5,
    "data_volume_gb": 50,
    "training_frequency": "weekly",
}
SYSTEMS: dict[str, tuple[str, dict[str, Any]]] = {
    "online": (
        "Score every card payment for fraud while the customer waits.",
        {
            "ml_task": "classification",
            "workloads": ["online_inference", "batch_training"],
            "throughput_rps": 200,
            "latency_ms_p95": 200,
            "availability_pct": 99.9,
            "budget_usd_month": 9000,
        },
    ),
    "batch": (
        "Predict which customers will churn, scored every night.",
        {
            "ml_task": "classification",
            "workloads": ["batch_inference", "batch_training"],
            "predictions_per_day": 200_000,
            "scoring_frequency": "daily",
        },
    ),
    "gpu": (
        "Classify product photos on GPUs while the customer waits.",
        {
            "ml_task": "vision",
            "workloads": ["online_inference", "batch_training"],
            "throughput_rps": 10,
            "gpu_needed": True,
        },
    ),
    "answers": (
        "Answer the support team's questions from our product manuals with a language model.",
        {"ml_task": "llm_rag", "workloads": ["online_inference"], "predictions_per_day": 5000},
    ),
    "own model": (
        "Answer questions from our manuals with a self-hosted open-weight model.",
        {
            "ml_task": "llm_rag",
            "workloads": ["online_inference"],
            "predictions_per_day": 5000,
            "llm_hosting": "self_hosted",
            "model_parameters_b": 8,
        },
    ),
}


@dataclass(frozen=True)
class Change:
    """A system and what is said differently about it."""

    system: str
    said: bytes
    forced: tuple[tuple[Slot, str], ...] = ()
    """Options that somebody fixed."""

    @classmethod
    def of(cls, system: str, changes: Mapping[str, Any], forced: Mapping[Slot, str] = NO_CHOICE) -> "Change":
        """Over the fields of a system; None takes a field away."""
        values = {**_COMMON, **SYSTEMS[system][1], **changes}
        said = canonical_json({field: value for field, value in values.items() if value is not None})
        return cls(system, said, tuple(sorted(forced.items())))


@cache
def planned(change: Change) -> Blueprint | Infeasible:
    """The blueprint of the cheapest plan, or why there is none."""
    stated = tuple(
        Constraint(field=field, value=value, source="answered", confidence=1)
        for field, value in json.loads(change.said).items()
    )
    needs, defaults = resolve(stated, AS_OF)
    catalogue, prices = _ground()
    found = plan(needs, catalogue, prices, as_of=AS_OF, forced=dict(change.forced), written_only=True)
    if isinstance(found, Infeasible):
        return found
    return build_blueprint(
        found, (*stated, *defaults), name=f"{change.system} system", brief_title=SYSTEMS[change.system][0]
    )


@cache
def tree(change: Change) -> Mapping[str, str]:
    """Every file of the repository by its path."""
    found = planned(change)
    assert isinstance(found, Blueprint), found
    return {file.path: file.content.decode() for file in render(found)}


def changed(before: Mapping[str, str], after: Mapping[str, str], path: str) -> list[str]:
    """The lines of a file that it did not have before; all of a new file."""
    known = set(before.get(path, "").splitlines())
    return [line for line in after.get(path, "").splitlines() if line not in known]


@cache
def _ground() -> tuple[Any, Any]:
    return load_catalogue(), load_prices()

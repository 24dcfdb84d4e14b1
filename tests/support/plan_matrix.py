"""Plans in which every two options of the catalogue that can meet do meet at least once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import combinations
from typing import Any

from libs.codegen.blueprint import build_blueprint
from libs.codegen.models import Blueprint
from libs.codegen.table_contract import TableAnswers
from libs.intake.models import Constraint
from libs.planning import candidates, components
from libs.planning.candidates import Candidate
from libs.planning.catalogue.loading import load_catalogue
from libs.planning.models import SLOTS, Plan, Slot
from libs.planning.prices.lookup import load_prices
from libs.planning.requirements import resolve
from libs.planning.solver import plan

AS_OF = date(2026, 11, 1)
_COMMON: dict[str, Any] = {
    "regions": ["us-east-1"],
    "data_classification": "internal",
    "availability_pct": 99.5,
    "data_volume_gb": 20,
    "training_frequency": "weekly",
    "team_size": 6,
}
KINDS: dict[str, tuple[str, dict[str, Any]]] = {
    "online": (
        "Score every card payment for fraud while the customer waits.",
        {
            "ml_task": "classification",
            "workloads": ["online_inference", "batch_training"],
            "throughput_rps": 40,
        },
    ),
    "batch": (
        "Score all customers for churn every night.",
        {
            "ml_task": "classification",
            "workloads": ["batch_inference", "batch_training"],
            "predictions_per_day": 2e5,
            "data_sources": ["sftp", "postgresql"],
        },
    ),
    "stream": (
        "Watch a stream of machine telemetry and flag failures as the events arrive.",
        {"ml_task": "anomaly", "workloads": ["streaming_inference", "batch_training"], "throughput_rps": 200},
    ),
    "answers": (
        "Answer the support team's questions from our product manuals with a language model.",
        {"ml_task": "llm_rag", "workloads": ["online_inference"], "predictions_per_day": 5000},
    ),
    "answers in batches": (
        "Answer a file of questions from our contracts with a language model every night.",
        {"ml_task": "llm_rag", "workloads": ["batch_inference"], "predictions_per_day": 2000},
    ),
    "answers of an own model": (
        "Answer questions from our manuals with a self-hosted open-weight model.",
        {
            "ml_task": "llm_rag",
            "workloads": ["online_inference"],
            "predictions_per_day": 5000,
            "llm_hosting": "self_hosted",
            "model_parameters_b": 8,
        },
    ),
    "patient": (
        "Estimate the value of used machines from their papers; an answer within some minutes is fine.",
        {
            "ml_task": "regression",
            "workloads": ["online_inference", "batch_training"],
            "throughput_rps": 1,
            "latency_ms_p95": 120_000,
        },
    ),
    "public data": (
        "Classify public images' captions for a hobby project.",
        {
            "ml_task": "classification",
            "workloads": ["online_inference", "batch_training"],
            "throughput_rps": 5,
            "data_classification": "public",
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
}
"""What a plan is for: each kind opens options that the others rule out."""

NAMED = [
    "kafka", "airflow", "mwaa", "datadog", "kubernetes", "eks", "argo", "spark", "emr", "redshift", "aurora",
    "weights & biases", "mlflow", "grafana", "prometheus", "jenkins", "circleci", "bitbucket", "azure devops", "github",
    "gitlab", "cloudhsm", "flink", "dynamodb",
]  # fmt: skip
"""Named in every brief, because some options are chosen only where the brief names them."""

Choice = dict[Slot, str]
Pair = tuple[tuple[Slot, str], tuple[Slot, str]]


@dataclass(frozen=True)
class Kind:
    """The options of one kind of plan, sized."""

    name: str
    brief: str
    plan: Plan
    constraints: tuple[Constraint, ...]
    sized: Mapping[Slot, Mapping[str, Candidate]]

    def agrees(self, choice: Mapping[Slot, str]) -> bool:
        """Whether no option of the choice needs another partner than it has."""
        return all(
            not set(pairing.partners).isdisjoint(choice.items())
            for slot, option in choice.items()
            for pairing in self.sized[slot][option].option.requires
            if {pairing.slot, *pairing.unless} <= choice.keys()
            and pairing.when(self.sized[slot][option].names)
        )

    def pairs(self) -> Iterator[Pair]:
        """Every two options of different slots that may meet."""
        for first, second in combinations(self.sized, 2):
            for a in self.sized[first]:
                for b in self.sized[second]:
                    if self.agrees({first: a, second: b}):
                        yield (first, a), (second, b)

    def blueprint(self, choice: Choice, data: TableAnswers | None = None) -> Blueprint:
        """The blueprint of a whole choice, for a table where one is given."""
        chosen = tuple(components.of_candidate(self.sized[slot][choice[slot]]) for slot in choice)
        return build_blueprint(
            self.plan.model_copy(update={"components": chosen}),
            self.constraints,
            name="matrix",
            brief_title=self.brief,
            data=data,
        )


@cache
def kinds() -> tuple[Kind, ...]:
    """Every kind with the options that a repository can be written with."""
    return tuple(_kind(name, brief, {**_COMMON, **values}) for name, (brief, values) in KINDS.items())


@cache
def pairwise() -> tuple[tuple[Kind, Choice], ...]:
    """Few choices that together hold every pair that can meet, of all kinds."""
    left = {(kind.name, pair) for kind in kinds() for pair in kind.pairs()}
    covered: set[Pair] = set()
    found: list[tuple[Kind, Choice]] = []
    for kind in kinds():
        wanted = {pair for name, pair in left if name == kind.name} - covered
        while wanted:
            (slot, option), (other, partner) = min(wanted)
            choice = _completed(kind, {slot: option, other: partner}, wanted)
            if choice is None:
                wanted.discard(((slot, option), (other, partner)))
                continue
            met = set(combinations(sorted(choice.items(), key=lambda item: SLOTS.index(item[0])), 2))
            wanted -= met
            covered |= met
            found.append((kind, choice))
    return tuple(found)


def holding_every_option(plans: Mapping[str, Choice]) -> list[str]:
    """Names of few plans that together hold every option, those that hold the most new ones first."""
    missing = {pick for choice in plans.values() for pick in choice.items()}
    found: list[str] = []
    while missing:
        best = max(plans, key=lambda name: len(missing & set(plans[name].items())))
        missing -= set(plans[best].items())
        found.append(best)
    return found


def _completed(kind: Kind, choice: Choice, wanted: set[Pair]) -> Choice | None:
    """The choice with every other slot filled by what meets most new pairs, or None where nothing agrees."""
    free = [slot for slot in kind.sized if slot not in choice]
    if not free:
        return {slot: choice[slot] for slot in kind.sized}
    slot = min(free, key=lambda name: len(_agreeing(kind, choice, name)))
    ranked = sorted(
        _agreeing(kind, choice, slot), key=lambda option: -_gain(kind, choice, slot, option, wanted)
    )
    for option in ranked:
        whole = _completed(kind, {**choice, slot: option}, wanted)
        if whole is not None:
            return whole
    return None


def _agreeing(kind: Kind, choice: Choice, slot: Slot) -> list[str]:
    return [option for option in kind.sized[slot] if kind.agrees({**choice, slot: option})]


def _gain(kind: Kind, choice: Choice, slot: Slot, option: str, wanted: set[Pair]) -> int:
    order = list(kind.sized)
    return sum(
        tuple(sorted(((slot, option), held), key=lambda item: order.index(item[0]))) in wanted
        for held in choice.items()
    )


def _kind(name: str, brief: str, values: dict[str, Any]) -> Kind:
    stated = tuple(
        Constraint.model_validate(
            {"field": field, "value": value, "source": "answered", "confidence": 1, "quote": None}
        )
        for field, value in {**values, "existing_stack": NAMED}.items()
    )
    needs, defaults = resolve(stated, AS_OF)
    catalogue, prices = load_catalogue(), load_prices()
    found = plan(needs, catalogue, prices, as_of=AS_OF, written_only=True)
    assert isinstance(found, Plan), f"{name}: {found}"
    pool = candidates.pool(needs, catalogue, prices, written_only=True)
    sized: dict[Slot, dict[str, Candidate]] = {}
    for slot in pool.slots:
        for candidate in pool.of_slot(slot):
            if not candidate.blocks:
                sized.setdefault(slot, {}).setdefault(candidate.option.id, candidate)
    return Kind(name, brief, found, (*stated, *defaults), sized)

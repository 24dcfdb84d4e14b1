"""What a plan is made of: components, cost, latency, findings, policies, alternatives."""

from datetime import date
from typing import Any, Literal

from libs.core.values import Value
from libs.intake.models import (
    Cloud,
    Compliance,
    Conflict,
    Constraint,
    DataClass,
    Deployment,
    FieldName,
    MlTask,
    Source,
    TrainingFrequency,
)

Archetype = Literal["online_api", "batch_scoring"]
Slot = Literal[
    "ingest",
    "store",
    "process",
    "features",
    "orchestrate",
    "train",
    "registry",
    "serve",
    "observe",
    "cicd",
    "network",
    "security",
]
SLOTS: tuple[Slot, ...] = (
    "ingest",
    "store",
    "process",
    "features",
    "orchestrate",
    "train",
    "registry",
    "serve",
    "observe",
    "cicd",
    "network",
    "security",
)


class Requirements(Value):
    """The constraints as the planner needs them: every field has a value, and `sources` says which are assumed."""

    archetype: Archetype
    ml_task: MlTask
    latency_ms_p95: float | None
    """Milliseconds at the edge of the service; None for batch scoring."""
    throughput_rps: float
    """Peak requests per second; for batch the average over the scoring window."""
    predictions_per_day: float
    budget_usd_month: float | None
    """None: no limit was stated."""
    region: str
    """One AWS region code."""
    compliance: tuple[Compliance, ...]
    data_classification: DataClass
    availability_pct: float
    deployment_preference: Deployment | None
    gpu_needed: bool
    data_volume_gb: float
    training_frequency: TrainingFrequency
    streaming: bool = False
    cloud: Cloud = "aws"
    team_size: int
    ops_hour_rate_usd: float = 0.0
    """Price of an hour of operation in the objective; 0 plans for the lowest bill."""
    sources: dict[FieldName, Source]


class CostLine(Value):
    """One line of the bill with its receipt."""

    slot: Slot
    option: str
    item: str
    quantity: float
    unit: str
    unit_price_usd: float | None
    """None: the price is not known."""
    monthly_usd: float | None
    formula: str
    """How quantity follows from the requirements, in words and numbers."""
    source: str
    source_date: date | None
    method: str
    """`exact`, `from monthly cost`, `derived`, `estimate` (scaled by the region index) or `unknown`."""
    region: str


class CostEstimate(Value):
    """The monthly bill: every line, and totals with a range. Unknown lines are counted, never summed as 0."""

    lines: tuple[CostLine, ...]
    low_usd: float
    expected_usd: float
    high_usd: float
    per_1000_predictions_usd: float | None
    per_retrain_usd: float | None
    unknown_lines: int
    currency: Literal["USD"] = "USD"
    as_of: date


class LatencyHop(Value):
    """One hop of the request path."""

    slot: Slot
    name: str
    p95_ms: float
    basis: str
    """Where the figure comes from."""


class LatencyBudget(Value):
    """p95 of hops do not add up; their sum is conservative and is called that."""

    hops: tuple[LatencyHop, ...]
    conservative_p95_ms: float
    target_ms: float | None


class Availability(Value):
    """Product of the availabilities of what a request passes in series."""

    expected_pct: float
    target_pct: float
    single_points: tuple[str, ...]


class Component(Value):
    """The chosen option of a slot, sized."""

    slot: Slot
    option: str
    """Catalogue id such as `ecs_fargate_service`."""
    title: str
    """As AWS calls it."""
    size: dict[str, int | float | str | bool]
    """Sized parameters, such as `{"vcpu": 1, "memory_gb": 2, "min_tasks": 2, "max_tasks": 12}`."""
    monthly_usd: float | None
    ops_hours_month: float
    why: str


class Rejection(Value):
    """An option that was not chosen, and the constraint or price difference that decided it."""

    slot: Slot
    option: str
    reason: str
    constraint: str | None
    """The hard constraint that excludes it, or None when it only costs more."""
    delta_usd_month: float | None


class Alternative(Value):
    """Another plan that meets every hard constraint."""

    label: str
    """How a person would name it: `least to operate`, `fastest`, `cheapest`."""
    components: tuple[Component, ...]
    monthly_usd: float
    p95_ms: float | None
    availability_pct: float
    ops_hours_month: float
    trade_off: str


class Plan(Value):
    """The optimum with its proofs."""

    contract: Literal[1] = 1
    requirements: Requirements
    components: tuple[Component, ...]
    cost: CostEstimate
    latency: LatencyBudget
    availability: Availability
    ops_hours_month: float
    objective: float
    """USD a month: expected cost plus operating hours times their rate."""
    proven_optimal: bool
    alternatives: tuple[Alternative, ...]
    rejected: tuple[Rejection, ...]
    assumptions: tuple[str, ...]
    conflicts: tuple[Conflict, ...] = ()
    catalogue_sha256: str
    prices_as_of: date

    def component(self, slot: Slot) -> Component:
        """The chosen component of a slot (KeyError for a slot the archetype does not have)."""
        for component in self.components:
            if component.slot == slot:
                return component
        raise KeyError(slot)


class Infeasible(Value):
    """No combination meets every hard constraint."""

    conflicting: tuple[FieldName, ...]
    """The smallest set of constraints that cannot all hold."""
    message: str
    relaxations: tuple[str, ...]
    """What would have to give, the cheapest first."""


class Finding(Value):
    """What a critic says about a plan."""

    code: str
    """`feasibility.latency_over_target`, `cost.over_budget` …"""
    severity: Literal["info", "warning", "error"]
    message: str
    evidence: str
    fix: str
    blocking: bool
    slot: Slot | None = None
    option: str | None = None
    """With `blocking`: the option that the planner must not choose again in that slot."""


class PolicyResult(Value):
    """One rule evaluated on a plan."""

    rule: str
    """`pci_dss.encryption_at_rest` …"""
    pack: str
    control: str
    """The control it maps to, such as `PCI DSS 4.0 3.5.1`."""
    outcome: Literal["pass", "warn", "fail", "not_applicable"]
    message: str
    evidence: str
    fix: str = ""
    slot: Slot | None = None


class Question(Value):
    """Asked because an admissible answer changes the plan, breaks a policy or moves the cost."""

    field: FieldName
    text: str
    kind: Literal["choice", "multi_choice", "number", "boolean", "region"]
    options: tuple[str, ...] = ()
    unit: str = ""
    minimum: float | None = None
    maximum: float | None = None
    default: Any
    default_reason: str
    swing: str
    """In words: what the answers change, such as `adds about $310 a month`."""
    swing_usd_month: float
    why: str


ConstraintMap = dict[FieldName, Constraint]

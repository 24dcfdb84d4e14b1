"""What a plan is made of: components, cost, latency, findings, policies, alternatives."""

from datetime import date
from typing import Any, Literal, get_args

from libs.core.values import Value
from libs.intake.models import (
    CiProvider,
    Cloud,
    Compliance,
    Conflict,
    DataClass,
    Deployment,
    Explainability,
    FieldName,
    LlmHosting,
    MlTask,
    ScoringFrequency,
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
    "llm",
    "vector_store",
    "embeddings",
    "guardrails",
    "evaluation",
    "observe",
    "cicd",
    "network",
    "security",
]
SLOTS: tuple[Slot, ...] = get_args(Slot)
LLM_SLOTS: frozenset[Slot] = frozenset(("llm", "vector_store", "embeddings", "guardrails", "evaluation"))
"""Slots that only systems around a language model have."""


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
    scoring_frequency: ScoringFrequency = "daily"
    """How often batches are scored; without meaning for an online API."""
    streaming: bool = False
    """Whether events arrive as a stream and are scored one by one."""
    answers_requests: bool = True
    """Whether somebody asks and waits for the answer; a stream alone has nobody who asks."""
    cloud: Cloud = "aws"
    team_size: int
    peak_factor: float | None = None
    """Peak over average; None: the planning assumption."""
    growth_pct_year: float = 0.0
    """What the largest sizes are planned for a year ahead."""
    retention_days: int | None = None
    """None: what regime and data class ask for."""
    rpo_minutes: float | None = None
    rto_minutes: float | None = None
    personal_data: bool = False
    explainability: Explainability = "none"
    ci_provider: CiProvider | None = None
    model_size_gb: float | None = None
    llm_hosting: LlmHosting | None = None
    model_parameters_b: float | None = None
    context_tokens: int | None = None
    input_tokens: int | None = None
    output_tokens: int | None = None
    users: int | None = None
    residency: tuple[str, ...] = ()
    data_sources: tuple[str, ...] = ()
    existing_stack: tuple[str, ...] = ()
    team_skills: tuple[str, ...] = ()
    assumptions: dict[str, float] = {}
    """Planning assumptions that a person changed, by name."""
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
    key: str = ""
    """Of the price in the snapshot."""
    elastic: bool = False
    """Whether the quantity follows the traffic."""


class Saving(Value):
    """A published discount that would apply to this bill; an estimate, never part of the total."""

    title: str
    slot: Slot | None
    monthly_usd: float
    """What it may save a month."""
    share: float
    """Of the lines it applies to."""
    condition: str
    """What has to be accepted for it."""
    source: str
    source_date: date | None


class CostEstimate(Value):
    """The monthly bill: every line, and totals with a range. Unknown lines are counted, never summed as 0."""

    lines: tuple[CostLine, ...]
    low_usd: float
    expected_usd: float
    high_usd: float
    per_1000_predictions_usd: float | None
    per_retrain_usd: float | None
    unknown_lines: int
    savings: tuple[Saving, ...] = ()
    """The largest first."""
    warnings: tuple[str, ...] = ()
    """Such as the age of the prices."""
    currency: Literal["USD"] = "USD"
    as_of: date


class LatencyHop(Value):
    """One hop of the request path."""

    slot: Slot
    name: str
    p95_ms: float
    basis: str
    """Where the figure comes from."""
    share: float = 0.0
    """Of the sum of all hops."""


class LatencyBudget(Value):
    """p95 of hops do not add up; their sum is conservative and is called that."""

    hops: tuple[LatencyHop, ...]
    conservative_p95_ms: float
    target_ms: float | None


class AvailabilityPart(Value):
    """What one option contributes to the chain."""

    slot: Slot
    title: str
    pct: float
    claim: str
    """The published figure it rests on, with its source."""


class Availability(Value):
    """Product of the availabilities of what a request passes in series."""

    expected_pct: float
    target_pct: float
    downtime_minutes_month: float = 0.0
    parts: tuple[AvailabilityPart, ...] = ()
    single_points: tuple[str, ...]


class QuotaNeed(Value):
    """A default quota of an account, and what the design needs of it."""

    name: str
    code: str
    """In Service Quotas; empty where it has none."""
    default: float
    needs: float
    source: str


class RecoveryTime(Value):
    """What a store loses at most, and how long it takes to have it back."""

    rpo_minutes: float
    rto_minutes: float
    source: str


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
    facts: dict[str, Any] = {}
    """What the catalogue says of it and policies look at; facts that do not hold are left out."""
    generated: bool = True
    """Whether the repository can be written with it."""
    scaling: str = ""
    """How far and how fast it scales, in words."""
    capacity_rps: float | None = None
    """Requests a second that the largest size carries; None where no request passes."""
    quotas: tuple[QuotaNeed, ...] = ()
    recovery: RecoveryTime | None = None


class Rejection(Value):
    """An option that was not chosen, and the constraint or price difference that decided it."""

    slot: Slot
    option: str
    title: str = ""
    """What the catalogue calls the option; empty in plans of before titles were kept."""
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


class AssumedFigure(Value):
    """A planning assumption with the value that was used."""

    name: str
    value: float
    usual: float
    """What it is when nobody changes it."""
    unit: str
    text: str
    source: str
    low: float
    high: float
    slots: tuple[Slot, ...]
    """Where it matters."""


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
    figures: tuple[AssumedFigure, ...] = ()
    """Planning assumptions that this design rests on; each may be changed."""
    conflicts: tuple[Conflict, ...] = ()
    catalogue_sha256: str
    prices_as_of: date

    def component(self, slot: Slot) -> Component:
        """The chosen component of a slot (KeyError for a slot the archetype does not have)."""
        for component in self.components:
            if component.slot == slot:
                return component
        raise KeyError(slot)

    def figure(self, name: str) -> float:
        """The value of a planning assumption that this design rests on (KeyError for one that it does not)."""
        for figure in self.figures:
            if figure.name == name:
                return figure.value
        raise KeyError(name)


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


class Waiver(Value):
    """Somebody accepts what a rule found, until a day."""

    owner: str
    reason: str
    expires: date
    """The last day on which it holds."""
    resource: str = ""
    """The one slot or Terraform address it is for; empty: all that the rule finds."""


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
    severity: Literal["warn", "fail"] = "fail"
    """What the rule says when it is not met, before waivers."""
    resource: str = ""
    """Address of the Terraform resource."""
    file: str = ""
    line: int | None = None
    waiver: Waiver | None = None
    """With `warn`: who accepts what was found."""


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

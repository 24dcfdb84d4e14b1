"""The closed set of events of a run, and the reason card."""

from datetime import datetime
from typing import Any, Literal

from libs.core.values import Json, Value

EventType = Literal[
    "node-start",
    "node-complete",
    "node-error",
    "node-skipped",
    "reason-card",
    "questions-presented",
    "gate-waiting",
    "gate-decided",
    "gate-reminder",
    "policy-update",
    "cost-update",
    "check-result",
    "diff-update",
    "training-progress",
    "training-trial",
    "training-metric",
    "training-log",
    "run-error",
    "run-retried",
    "run-complete",
]


class Event(Value):
    """One line of the story of a run; `(run_id, seq)` is its key and seq has no gaps, from 1."""

    seq: int
    type: EventType
    run_id: str
    decision_set_id: str
    node: str | None
    at: datetime
    data: dict[str, Any]


class NewEvent(Value):
    """An event that is to be appended; the same key in the same run is appended once."""

    type: EventType
    key: str
    """Attempt-independent idempotency key inside the run."""
    node: str | None = None
    at: datetime | None = None
    """When it happened; None for the moment in which it is appended."""
    data: dict[str, Any] = {}


class CardInput(Value):
    """Something a decision was based on."""

    kind: Literal["constraint", "artifact", "answer", "finding", "policy"]
    name: str
    value: Any = None
    quote: str = ""


class CardCandidate(Value):
    """An option that was weighed."""

    name: str
    trade_off: str


class CardRejection(Value):
    """An option that was not chosen."""

    name: str
    why: str


class CardPolicy(Value):
    """A policy result that mattered for the decision."""

    rule: str
    outcome: Literal["pass", "warn", "fail", "not_applicable"]
    message: str


class CardImpact(Value):
    """What the choice does to the whole."""

    monthly_usd: float | None = None
    p95_ms: float | None = None
    availability_pct: float | None = None
    ops_hours_month: float | None = None


class ReasonCard(Value):
    """Why a node decided as it did; the unit of explanation everywhere in the product."""

    decision_id: str
    """Stable for the same visit of the same node, so that a repeated node writes no second card."""
    agent: str
    node: str
    trigger: str
    at: datetime
    title: str
    inputs: tuple[CardInput, ...] = ()
    candidates: tuple[CardCandidate, ...] = ()
    choice: str
    justification: str
    rejected: tuple[CardRejection, ...] = ()
    policies: tuple[CardPolicy, ...] = ()
    impact: CardImpact = CardImpact()
    confidence: float
    risks: tuple[str, ...] = ()
    next_steps: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    prompt_sha256: str | None = None
    """Hash of the prompt file when a model helped with the words."""


__all__ = [
    "CardCandidate",
    "CardImpact",
    "CardInput",
    "CardPolicy",
    "CardRejection",
    "Event",
    "EventType",
    "Json",
    "NewEvent",
    "ReasonCard",
]

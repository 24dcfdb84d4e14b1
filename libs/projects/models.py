"""Projects, decision sets and artifacts as values."""

from datetime import datetime
from typing import Any, Literal

from pydantic import Field, model_validator

from libs.core.values import Value

GateWhen = Literal["always", "trips", "never"]
"""When a gate stops for a person: always; when something trips (cost, policy warning, question, low confidence);
never (the policy decides and is recorded as the actor)."""

DeadlineOutcome = Literal["remind", "approve", "reject", "escalate"]


class Deadline(Value):
    """What happens to a gate that nobody decides."""

    seconds: float = Field(gt=0)
    outcome: DeadlineOutcome
    remind_every_s: float = Field(default=86_400.0, gt=0)
    """Repetition of reminders with outcome `remind` or after an escalation."""
    escalate_to: str = ""
    """Role or address named in the escalation; the gate then needs role `admin`."""


class GatePolicy(Value):
    """How the two gates of a project behave."""

    input: GateWhen = "trips"
    final: GateWhen = "always"
    needs: int = Field(default=1, ge=1, le=5)
    """How many different people must approve the final gate."""
    approver_role: Literal["editor", "approver", "admin"] = "approver"
    input_deadline: Deadline | None = None
    final_deadline: Deadline | None = None
    cost_trip_usd_month: float | None = None
    """Expected monthly cost above which the final gate trips."""


class Project(Value):
    """A named series of designs."""

    id: str
    organisation_id: str
    name: str
    gate_policy: GatePolicy
    created_at: datetime
    archived: bool
    pinned: bool = False


DecisionSetStatus = Literal[
    "queued", "running", "waiting", "done", "rejected", "blocked", "failed", "cancelled"
]
WORKING: frozenset[str] = frozenset({"queued", "running"})
"""Statuses in which a run has work to do; one that waits for a person has none."""


class Ref(Value):
    """An object in the store, by content."""

    sha256: str
    bytes: int
    kind: str
    """What the bytes are: `constraints`, `plan`, `payload` …"""


class DecisionSet(Value):
    """One version of a design."""

    id: str
    organisation_id: str
    project_id: str
    parent_id: str | None
    forked_from: str | None = None
    """The design whose messages were edited and sent again to make this one, if it came about that way."""
    line_id: str = ""
    """The first design that this one goes back to, over parents and forks; its own id when left out."""
    version: int
    """Counts from 1 inside the line."""
    thread_id: str
    run_id: str
    status: DecisionSetStatus
    title: str
    constraints: list[dict[str, Any]]
    plan_sha256: str | None
    payload_sha256: str | None
    summary: dict[str, Any]
    """Small figures for lists: monthly cost, p95, counts of findings, outcome."""
    created_by: str
    created_at: datetime
    updated_at: datetime
    lock_version: int
    """Optimistic lock; the `ETag` of the decision set."""
    pinned: bool = False
    archived: bool = False
    """Left out of lists unless they are asked for archived designs, too."""

    @model_validator(mode="before")
    @classmethod
    def _begins_a_line(cls, values: Any) -> Any:
        return (
            {**values, "line_id": values.get("line_id") or values.get("id")}
            if isinstance(values, dict)
            else values
        )

    @property
    def is_working(self) -> bool:
        return self.status in WORKING


class ListedDecisionSet(Value):
    """A decision set as lists show it."""

    decision_set: DecisionSet
    project_name: str


class DecisionSetFilter(Value):
    """Which decision sets a list is about; what is left out does not matter."""

    text: str = ""
    """Words that all occur in the title or in the project's name, in any case."""
    project_id: str | None = None
    line_id: str | None = None
    status: str | None = None
    pinned: bool | None = None
    archived: bool = False
    """Whether archived ones are listed, too."""


class Ancestry(Value):
    """Where a decision set stands among the versions of its line."""

    id: str
    version: int
    status: DecisionSetStatus


class Artifact(Value):
    """A named object that belongs to a decision set."""

    id: str
    organisation_id: str
    project_id: str
    decision_set_id: str
    run_id: str
    name: str
    """`plan.json`, `payload.zip`, `repository.zip` …"""
    kind: str
    sha256: str
    bytes: int
    content_type: str
    created_at: datetime

"""Runs, gates and decisions as values."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from libs.core.principal import Role
from libs.core.values import Value

RunStatus = Literal["queued", "running", "waiting", "done", "rejected", "blocked", "failed", "cancelled"]
FINAL_STATUSES: frozenset[str] = frozenset({"done", "rejected", "blocked", "failed", "cancelled"})

RETRYABLE_STATUSES: frozenset[str] = frozenset({"failed", "cancelled"})
"""What broke off before its end: nobody decided that it should end so, and the checkpoint is kept."""

GateKind = Literal["input", "final"]
DecisionKind = Literal["approve", "respond", "edit", "reject"]


class Run(Value):
    """One execution of a workflow."""

    id: str
    organisation_id: str
    project_id: str
    decision_set_id: str
    kind: Literal["design", "training", "batch"]
    status: RunStatus
    thread_id: str
    input: dict[str, Any]
    problem: dict[str, Any] | None
    """What happened, what was kept, what to do next; only for failed, blocked and rejected runs."""
    actor: str
    correlation_id: str
    created_at: datetime
    finished_at: datetime | None

    @property
    def is_final(self) -> bool:
        return self.status in FINAL_STATUSES


class GateRequest(Value):
    """What a gate puts before a person; its digest is the digest of its canonical JSON."""

    kind: GateKind
    title: str
    message: str
    decisions: tuple[DecisionKind, ...]
    """What may be decided here; `approve` is missing where something blocks."""
    questions: tuple[dict[str, Any], ...] = ()
    trips: tuple[str, ...] = ()
    """Why a person should look: cost, policy warnings, open questions, low confidence. Empty: nothing trips."""
    shown: dict[str, Any]
    """Figures and digests of the artifacts that are shown: key → {sha256, …} or a plain figure."""
    outcome: str = ""
    """`infeasible`, `blocked_by_policy`, `blocked_by_checks`, `not_a_brief`, or empty."""


class Edits(Value):
    """Changes made at a gate."""

    constraints: dict[str, Any] = {}
    """Field → new value, or null to take it back."""
    components: dict[str, str] = {}
    """Slot → option."""
    assumptions: dict[str, float | None] = {}
    """Planning assumption → new value, or null for its usual one."""


RuleName = Annotated[str, Field(min_length=1, max_length=200)]
"""`pack.rule`, as the gate shows it."""


class GateWaiver(Value):
    """A failing rule that somebody accepts at a gate; who that is comes from the decision, never from here."""

    rule: RuleName
    reason: str = Field(max_length=1000)
    expires: date
    """The last day on which it holds."""


class GateDecision(Value):
    """What somebody sends to a gate."""

    gate_id: str
    digest: str
    decision: DecisionKind
    comment: str = Field(default="", max_length=4000)
    answers: dict[str, Any] = {}
    edits: Edits = Edits()
    waivers: tuple[GateWaiver, ...] = Field(default=(), max_length=50)
    withdrawn: tuple[RuleName, ...] = Field(default=(), max_length=50)
    """Rules whose waiver, given at a gate before, holds no longer."""
    text: str = Field(default="", max_length=200_000)
    revise: bool = False


class Vote(Value):
    """One approval where several are needed."""

    actor: str
    at: datetime
    comment: str = ""


class Approval(Value):
    """A gate of a run: the request and, once there is one, the decision."""

    id: str
    organisation_id: str
    project_id: str
    decision_set_id: str
    run_id: str
    interrupt_id: str
    kind: GateKind
    status: Literal["waiting", "decided", "cancelled"]
    digest: str
    request: GateRequest
    decision: GateDecision | None
    decided_by: str | None
    decided_at: datetime | None
    votes: tuple[Vote, ...]
    needs: int
    role: Role
    deadline_at: datetime | None
    on_deadline: str | None
    reminders: int
    opened_at: datetime


class AgentRun(Value):
    """One finished visit of a node."""

    run_id: str
    visit: str
    node: str
    provider: str
    model: str
    input_tokens: int
    output_tokens: int
    cost_usd: float | None
    seconds: float
    finished_at: datetime

"""Gates and decisions as the API shows and takes them."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field

from api.schemas.body import Body
from libs.core.principal import Role
from libs.runs.gates import gate_view
from libs.runs.models import Approval, DecisionKind, Edits, GateDecision, GateKind, GateWaiver, RuleName


class GateNeeds(BaseModel):
    """Who must decide."""

    role: Role
    approvals: int
    """How many different people must approve."""
    votes: int
    """How many have approved so far."""
    voters: list[str] = []
    """Who they are, the first one first."""


class GateRead(BaseModel):
    """A gate: what it asks, what it shows, and what may be decided."""

    id: str
    kind: GateKind
    status: str
    """`waiting`, `decided` or `cancelled`."""
    digest: str
    """Send it with the decision: it names what was shown."""
    title: str
    message: str
    decisions: list[DecisionKind]
    questions: list[dict[str, Any]]
    trips: list[str]
    deadline: datetime | None
    on_deadline: str | None
    needs: GateNeeds
    shown: dict[str, Any]
    """Figures and digests; at the final gate `failing_rules`, which may be waived, and the `waivers` given so far."""
    outcome: str
    waiting_since: datetime
    decision: str | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None

    @classmethod
    def of(cls, approval: Approval) -> "GateRead":
        return cls.model_validate(
            {
                **gate_view(approval),
                "status": approval.status,
                "decision": approval.decision.decision if approval.decision else None,
                "decided_by": approval.decided_by,
                "decided_at": approval.decided_at,
            }
        )


class DecisionCreate(Body):
    """A decision at a gate."""

    gate_id: str = Field(max_length=80)
    digest: str = Field(max_length=64)
    decision: DecisionKind
    comment: str = Field(default="", max_length=4000)
    answers: dict[str, Any] = {}
    """Field → value, for `respond`."""
    edits: Edits = Edits()
    """For `edit`."""
    waivers: list[GateWaiver] = Field(default=[], max_length=50)
    """For `edit` at the final gate: failing rules that are accepted, each with a reason and until a day. Only with the
    role admin; whoever sends it is the owner."""
    withdrawn: list[RuleName] = Field(default=[], max_length=50)
    """For `edit` at the final gate: rules whose waiver, one of those that the gate shows, holds no longer, so that they
    block again. Only with the role admin."""
    text: str = Field(default="", max_length=200_000)
    """A further message, for `respond`."""
    revise: bool = False
    """With `reject`: plan again with the comment instead of ending the run."""

    def to_decision(self) -> GateDecision:
        return GateDecision.model_validate(self.model_dump())


class InboxItem(BaseModel):
    """A gate that waits, and where."""

    decision_set_id: str
    project_id: str
    run_id: str
    gate: GateRead

    @classmethod
    def of(cls, approval: Approval) -> "InboxItem":
        return cls(
            decision_set_id=approval.decision_set_id,
            project_id=approval.project_id,
            run_id=approval.run_id,
            gate=GateRead.of(approval),
        )

"""A gate as doors show it, who decides when no person does, and how a late decision is answered."""

from typing import Any

from libs.core.principal import Principal
from libs.runs.errors import GateAlreadyDecided, GateChanged
from libs.runs.models import Approval


def policy_principal(organisation_id: str) -> Principal:
    """The actor of automatic decisions by a project's gate policy."""
    return Principal(actor="policy:gate", organisation_id=organisation_id, roles=frozenset({"approver"}))


def deadline_principal(organisation_id: str) -> Principal:
    """The actor of decisions that a deadline takes."""
    return Principal(actor="policy:deadline", organisation_id=organisation_id, roles=frozenset({"approver"}))


def gate_view(approval: Approval) -> dict[str, Any]:
    """The `gate` of a waiting decision set as every door shows it."""
    return {
        "id": approval.id,
        "kind": approval.kind,
        "digest": approval.digest,
        "title": approval.request.title,
        "message": approval.request.message,
        "decisions": list(approval.request.decisions),
        "questions": list(approval.request.questions),
        "trips": list(approval.request.trips),
        "deadline": approval.deadline_at.isoformat() if approval.deadline_at else None,
        "on_deadline": approval.on_deadline,
        "needs": {
            "role": approval.role,
            "approvals": approval.needs,
            "votes": len(approval.votes),
            "voters": [vote.actor for vote in approval.votes],
        },
        "shown": approval.request.shown,
        "outcome": approval.request.outcome,
        "waiting_since": approval.opened_at.isoformat(),
    }


def already_decided(approval: Approval) -> GateAlreadyDecided:
    when = approval.decided_at.isoformat() if approval.decided_at else None
    what = approval.decision.decision if approval.decision else "cancelled"
    return GateAlreadyDecided(
        f"{approval.decided_by or 'The run'} decided this gate before: {what}.",
        advice="Nothing was changed; reload to see where the run is.",
        decided_by=approval.decided_by,
        decided_at=when,
        decision=what,
        comment=approval.decision.comment if approval.decision else "",
        gate_id=approval.id,
    )


def shown_changed(approval: Approval, what: str) -> GateChanged:
    return GateChanged(
        f"What this gate shows changed since you read it ({what}).",
        advice="Nothing was decided; read the gate again, then decide with its new digest.",
        changed=what,
        digest=approval.digest,
    )

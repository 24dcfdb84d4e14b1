"""Gates: one request, one decision.

The decision is one row taken by compare-and-set. It names the digest of what was shown. The row, its event, its audit
entry and the job that resumes the run are one transaction, so that a decision is never lost and never acted on twice.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from libs.accounts.audit import AuditLog
from libs.accounts.rights import require
from libs.core.clock import Clock
from libs.core.errors import Forbidden
from libs.core.ids import new_id
from libs.core.principal import Principal
from libs.core.values import digest
from libs.core.wording import counted
from libs.db.session import AnySession, WriteSession
from libs.events.models import NewEvent
from libs.events.service import EventLog
from libs.jobs.service import JobQueue
from libs.projects import repository as projects
from libs.projects.content import ContentStore
from libs.projects.models import Deadline, GatePolicy
from libs.runs import repository
from libs.runs.errors import DecisionNotOffered, NoGateWaiting
from libs.runs.gates import already_decided, deadline_principal, gate_view, shown_changed
from libs.runs.models import Approval, GateDecision, GateRequest, Run, Vote

ADVANCE = "runs.advance"
GATE_DEADLINE = "runs.gate_deadline"

DecisionRules = Callable[[GateRequest, GateDecision], GateDecision]
"""Checks a decision against its request and returns it with normalised values; raises Invalid."""


class ApprovalService:
    """Records requests, takes decisions, keeps deadlines. Callers own the transaction."""

    def __init__(
        self,
        queue: JobQueue,
        events: EventLog,
        audit: AuditLog,
        content: ContentStore,
        clock: Clock,
        rules: DecisionRules,
    ) -> None:
        self._queue = queue
        self._events = events
        self._audit = audit
        self._content = content
        self._clock = clock
        self._rules = rules

    async def record(
        self, session: WriteSession, run: Run, interrupt_id: str, request: GateRequest, policy: GatePolicy
    ) -> Approval:
        """Records that the run waits; recording the same interrupt again returns the first record.

        A gate that was cancelled with its run and is met again, because the run was retried, is asked anew: under a
        new id, without the votes and with the deadline of the new question. A decision that was taken stays taken.
        """
        known = await repository.find_approval(session, run.id, interrupt_id)
        now = self._clock.now()
        if known is not None and known.status == "cancelled":
            await repository.retire_approval(session, known)
        elif known is not None:
            if known.status == "waiting":
                await self._mark_waiting(session, run, now)
            return known
        deadline = policy.input_deadline if request.kind == "input" else policy.final_deadline
        approval = Approval(
            id=new_id("gate"),
            organisation_id=run.organisation_id,
            project_id=run.project_id,
            decision_set_id=run.decision_set_id,
            run_id=run.id,
            interrupt_id=interrupt_id,
            kind=request.kind,
            status="waiting",
            digest=digest(request),
            request=request,
            decision=None,
            decided_by=None,
            decided_at=None,
            votes=(),
            needs=policy.needs if request.kind == "final" else 1,
            role=policy.approver_role if request.kind == "final" else "editor",
            deadline_at=now + timedelta(seconds=deadline.seconds) if deadline else None,
            on_deadline=deadline.outcome if deadline else None,
            reminders=0,
            opened_at=now,
        )
        await repository.insert_approval(session, approval)
        node = f"hitl_gate_{request.kind}"
        # The node starts once; the gate waits as often as it is asked, hence under its own id.
        await self._events.append(
            session,
            run.id,
            [
                NewEvent(type="node-start", key=f"{interrupt_id}.node-start", node=node),
                NewEvent(
                    type="gate-waiting",
                    key=f"{approval.id}.waiting",
                    node=node,
                    data={"gate": gate_view(approval)},
                ),
            ],
        )
        await self._mark_waiting(session, run, now)
        if approval.deadline_at is not None:
            await self._schedule_deadline(session, approval, approval.deadline_at, attempt=0)
        return approval

    async def _mark_waiting(self, session: WriteSession, run: Run, now: datetime) -> None:
        await projects.patch_decision_set(session, run.decision_set_id, {"status": "waiting"}, now)
        await repository.set_run_status(session, run.id, "waiting")

    async def waiting(self, session: AnySession, principal: Principal, decision_set_id: str) -> Approval:
        """The gate that waits, or NoGateWaiting."""
        found = await repository.waiting_approval(session, principal.organisation_id, decision_set_id)
        if found is None:
            raise NoGateWaiting(
                "No gate of this decision set waits for a decision.",
                advice="Look at the decision set: it may still be running, or have ended.",
                decision_set_id=decision_set_id,
            )
        return found

    async def view(
        self, session: AnySession, principal: Principal, decision_set_id: str
    ) -> dict[str, Any] | None:
        """The `gate` of a decision set as doors show it; None while none waits."""
        found = await repository.waiting_approval(session, principal.organisation_id, decision_set_id)
        return gate_view(found) if found else None

    async def verify_shown(self, session: AnySession, principal: Principal, decision: GateDecision) -> None:
        """Proves that every object the gate shows is still the one that was shown.

        Raises:
            GateChanged: an object in the store, or the plan of the decision set, is another one by now.
        """
        approval = await self._get(session, principal.organisation_id, decision.gate_id)
        current = await projects.find_decision_set(
            session, principal.organisation_id, approval.decision_set_id
        )
        for name, shown in approval.request.shown.items():
            if not isinstance(shown, dict) or "sha256" not in shown:
                continue
            await self._verify_object(approval, name, shown["sha256"])
            if name == "plan" and current is not None and current.plan_sha256 not in (None, shown["sha256"]):
                raise shown_changed(approval, name)

    async def decide(
        self,
        session: WriteSession,
        principal: Principal,
        decision_set_id: str,
        decision: GateDecision,
        *,
        enqueue: bool = True,
    ) -> Approval:
        """Takes the decision, if this caller is the first and saw what is there.

        Args:
            session: the caller's transaction.
            principal: who decides.
            decision_set_id: where the gate waits.
            decision: what is decided, and on which digest.
            enqueue: add the job that carries the decision on; False for the job that does so itself.

        Returns:
            The gate, decided; or still waiting with one vote more where several approvals are needed.

        Raises:
            NoGateWaiting: there is no such gate in that decision set.
            GateAlreadyDecided: somebody was first; the facts say who and when.
            GateChanged: the digest is not the one of what the gate shows.
            Forbidden: the principal may not decide this gate, or not waive a rule nor withdraw a waiver.
            DecisionNotOffered: the gate does not offer that decision.
            Invalid: an answer or edit has the wrong type.
        """
        approval = await repository.lock_approval(session, principal.organisation_id, decision.gate_id)
        if approval is None or approval.decision_set_id != decision_set_id:
            raise NoGateWaiting(f"There is no gate {decision.gate_id!r} in this decision set.")
        if approval.status != "waiting":
            raise already_decided(approval)
        if approval.digest != decision.digest:
            raise shown_changed(approval, "request")
        self._require_right(principal, approval)
        if decision.waivers or decision.withdrawn:
            _require_waiving(principal)
        if decision.decision not in approval.request.decisions:
            offered = ", ".join(approval.request.decisions)
            raise DecisionNotOffered(
                f"This gate does not offer {decision.decision!r}: {approval.request.message}",
                advice=f"Nothing was changed. It offers: {offered}.",
                offered=list(approval.request.decisions),
            )
        decision = self._rules(approval.request, decision)
        if decision.decision == "approve" and approval.needs > 1:
            voted = await self._vote(session, principal, approval, decision)
            if len(voted.votes) < approval.needs:
                return voted
            approval = voted
        return await self._take(session, principal, approval, decision, enqueue=enqueue)

    async def _take(
        self,
        session: WriteSession,
        principal: Principal,
        approval: Approval,
        decision: GateDecision,
        *,
        enqueue: bool = True,
    ) -> Approval:
        now = self._clock.now()
        if not await repository.take_decision(
            session, approval.id, approval.digest, decision, principal.actor, now
        ):
            raise already_decided(approval)
        taken = approval.model_copy(
            update={
                "status": "decided",
                "decision": decision,
                "decided_by": principal.actor,
                "decided_at": now,
            }
        )
        shown = {"gate_id": approval.id, "decision": decision.decision, "actor": principal.actor}
        event = NewEvent(
            type="gate-decided",
            key=f"{approval.id}.decided",
            node=f"hitl_gate_{approval.kind}",
            data={**shown, "comment": decision.comment, "at": now.isoformat(), **_waived(decision)},
        )
        await self._events.append(session, approval.run_id, [event])
        await self._audit.record(
            session, principal, "gate.decide", approval.id, {**shown, "digest": approval.digest}
        )
        for waiver in decision.waivers:
            await self._audit.record(session, principal, "policy.waive", approval.id, waiver.to_json())
        for rule in decision.withdrawn:
            said = {"rule": rule, "comment": decision.comment}
            await self._audit.record(session, principal, "policy.withdraw", approval.id, said)
        await projects.patch_decision_set(session, approval.decision_set_id, {"status": "running"}, now)
        if enqueue:
            await repository.set_run_status(session, approval.run_id, "queued")
            await self.enqueue_advance(session, approval, reason=approval.id)
        else:
            await repository.set_run_status(session, approval.run_id, "running")
        return taken

    async def enqueue_advance(self, session: WriteSession, run: "Run | Approval", *, reason: str) -> str:
        """Enqueues the one job that lets a run go on; the same reason enqueues once."""
        run_id = run.run_id if isinstance(run, Approval) else run.id
        return await self._queue.enqueue(
            session,
            ADVANCE,
            {"run_id": run_id},
            organisation_id=run.organisation_id,
            project_id=run.project_id,
            run_id=run_id,
            dedupe_key=f"{ADVANCE}:{reason}",
            lock_key=f"run:{run_id}",
        )

    async def on_deadline(
        self, session: WriteSession, gate_id: str, deadline: Deadline, attempt: int
    ) -> None:
        """Carries out the chosen outcome of a deadline, if the gate still waits."""
        approval = await repository.lock_approval(session, None, gate_id)
        if approval is None or approval.status != "waiting":
            return
        if deadline.outcome in ("approve", "reject") and deadline.outcome in approval.request.decisions:
            decision = GateDecision(
                gate_id=gate_id,
                digest=approval.digest,
                decision=deadline.outcome,
                comment=f"Nobody decided within {deadline.seconds:g} s.",
            )
            policy = deadline_principal(approval.organisation_id)
            await self._take(session, policy, approval, self._rules(approval.request, decision))
            return
        await self._remind(session, approval, deadline, attempt)

    async def _remind(
        self, session: WriteSession, approval: Approval, deadline: Deadline, attempt: int
    ) -> None:
        escalated = deadline.outcome == "escalate"
        next_at = self._clock.now() + timedelta(seconds=deadline.remind_every_s)
        reminder = NewEvent(
            type="gate-reminder",
            key=f"{approval.id}.reminder.{attempt}",
            node=f"hitl_gate_{approval.kind}",
            data={
                "gate_id": approval.id,
                "reminder": attempt + 1,
                "escalated_to": deadline.escalate_to if escalated else "",
                "waiting_since": approval.opened_at.isoformat(),
                # A deadline that would approve what may not be approved becomes a reminder, and says so.
                "instead_of": "" if deadline.outcome in ("remind", "escalate") else deadline.outcome,
            },
        )
        await self._events.append(session, approval.run_id, [reminder])
        await repository.set_deadline(
            session,
            approval.id,
            deadline_at=next_at,
            reminders=attempt + 1,
            role="admin" if escalated else approval.role,
        )
        await self._schedule_deadline(session, approval, next_at, attempt=attempt + 1)

    async def _schedule_deadline(
        self, session: WriteSession, approval: Approval, at: datetime, *, attempt: int
    ) -> None:
        await self._queue.enqueue(
            session,
            GATE_DEADLINE,
            {"gate_id": approval.id, "attempt": attempt},
            organisation_id=approval.organisation_id,
            project_id=approval.project_id,
            dedupe_key=f"{GATE_DEADLINE}:{approval.id}:{attempt}",
            run_at=at,
        )

    async def _vote(
        self, session: WriteSession, principal: Principal, approval: Approval, decision: GateDecision
    ) -> Approval:
        if any(vote.actor == principal.actor for vote in approval.votes):
            raise Forbidden(
                "You approved this gate already; another person has to.",
                advice=f"Still needed: {counted(approval.needs - len(approval.votes), 'approval')}.",
            )
        votes = (*approval.votes, Vote(actor=principal.actor, at=self._clock.now(), comment=decision.comment))
        await repository.set_votes(session, approval.id, [vote.to_json() for vote in votes])
        await self._audit.record(session, principal, "gate.vote", approval.id, {"votes": len(votes)})
        return approval.model_copy(update={"votes": votes})

    async def _verify_object(self, approval: Approval, name: str, sha256: str) -> None:
        from_store = await self._content.matches(approval.organisation_id, sha256)
        if not from_store:
            raise shown_changed(approval, name)

    async def _get(self, session: AnySession, organisation_id: str, gate_id: str) -> Approval:
        approval = await repository.find_approval_by_id(session, organisation_id, gate_id)
        if approval is None:
            raise NoGateWaiting(f"There is no gate {gate_id!r} here.", gate_id=gate_id)
        return approval

    def _require_right(self, principal: Principal, approval: Approval) -> None:
        if not principal.actor.startswith(("policy:", "system:")):
            require(principal, approval.role)


def _waived(decision: GateDecision) -> dict[str, Any]:
    told = {"waived": [waiver.rule for waiver in decision.waivers], "withdrawn": list(decision.withdrawn)}
    return {name: rules for name, rules in told.items() if rules}


def _require_waiving(principal: Principal) -> None:
    """A failing rule is the organisation's, not the project's: whoever approves designs may not switch it off."""
    if not principal.may("admin"):
        raise Forbidden(
            "Only somebody with the role 'admin' may waive a failing rule, or withdraw a waiver.",
            advice="Nothing was decided; the gate still waits. Ask an administrator, or change the design so that the "
            "rule holds.",
            role="admin",
        )

"""Follows a run and decides its gates as the command line asked to; stops where a person is needed."""

from dataclasses import dataclass, field
from typing import Any

from libs.bootstrap import Services
from libs.cli.progress import Progress
from libs.cli.result import ExitCode
from libs.core.principal import local_owner
from libs.events.models import Event
from libs.projects.models import DecisionSet
from libs.runs.models import GateDecision

HEARTBEAT_S = 10.0


@dataclass
class Journey:
    """One run and how far the command line may go with it."""

    services: Services
    run_id: str
    decision_set_id: str
    answers: dict[str, Any] | None = None
    """None: stop at the input gate; empty: accept the defaults; else answer with these first."""
    approve: bool = False
    after: int = 0
    """Events up to this number were seen before."""
    answered: bool = field(default=False, init=False)

    def decision_at(self, gate: dict[str, Any]) -> GateDecision | None:
        """What the options of the command say about this gate; None where a person has to decide."""
        base = {"gate_id": gate["id"], "digest": gate["digest"]}
        if gate["kind"] == "final":
            may = self.approve and "approve" in gate["decisions"]
            return (
                GateDecision(**base, decision="approve", comment="approved with --approve") if may else None
            )
        if self.answers is None:
            return None
        if self.answers and not self.answered and "respond" in gate["decisions"] and not gate["outcome"]:
            self.answered = True
            return GateDecision(**base, decision="respond", answers=self.answers)
        if "approve" not in gate["decisions"]:
            return None
        return GateDecision(**base, decision="approve", comment="defaults accepted with --answers")


async def follow(journey: Journey, progress: Progress) -> tuple[int, dict[str, Any]]:
    """Shows events until the run ends or waits for a person; returns the exit code and the result."""
    owner = local_owner()
    events = journey.services.events.follow(owner, journey.run_id, journey.after, heartbeat_s=HEARTBEAT_S)
    async for event in events:
        if event is None:
            progress.say("still working …", "dim")
            continue
        progress.show(event)
        if event.type == "gate-waiting" and not await _decided(journey, event):
            break
    return await outcome(journey)


async def outcome(journey: Journey) -> tuple[int, dict[str, Any]]:
    """Exit code and the result object of a run as it stands."""
    services, owner = journey.services, local_owner()
    async with services.db.read() as session:
        decision_set = await services.projects.decision_set(session, owner, journey.decision_set_id)
        run = await services.runs.get(session, owner, journey.run_id)
        artifacts = await services.projects.artifacts(session, owner, journey.decision_set_id)
        gate = await services.approvals.view(session, owner, journey.decision_set_id)
    newest = {artifact.name: artifact.sha256 for artifact in artifacts}

    async def content(name: str) -> Any:
        if name not in newest:
            return None
        return await services.content.get_json(owner.organisation_id, newest[name])

    plan = await content("plan.json")
    checks = await content("checks.json") or []
    status = _status(decision_set, gate)
    result = {
        "status": status,
        "run_id": run.id,
        "decision_set_id": decision_set.id,
        "gate": gate,
        "plan": plan,
        "cost": plan["cost"] if plan else None,
        "payload_sha256": decision_set.payload_sha256,
        "zip": None,
        "checks": [{k: c[k] for k in ("check", "status", "reason", "seconds")} for c in checks],
        "problem": run.problem or _problem(gate, status),
    }
    return CODES.get(status, ExitCode.FAILED), result


CODES = {
    "done": ExitCode.DONE,
    "waiting": ExitCode.WAITING,
    "infeasible": ExitCode.INFEASIBLE,
    "blocked": ExitCode.BLOCKED,
}


async def _decided(journey: Journey, event: Event) -> bool:
    """Takes the decision that the options give, unless the gate was decided meanwhile; False: a person must."""
    services, owner = journey.services, local_owner()
    async with services.db.read() as session:
        gate = await services.approvals.view(session, owner, journey.decision_set_id)
    if gate is None or gate["id"] != event.data["gate"]["id"]:
        return True
    decision = journey.decision_at(gate)
    if decision is None:
        return False
    async with services.db.read() as session:
        await services.approvals.verify_shown(session, owner, decision)
    async with services.db.write() as session:
        await services.approvals.decide(session, owner, journey.decision_set_id, decision)
    return True


def _status(decision_set: DecisionSet, gate: dict[str, Any] | None) -> str:
    if gate is None:
        return decision_set.status
    match gate["outcome"]:
        case "infeasible":
            return "infeasible"
        case "blocked_by_policy" | "blocked_by_checks":
            return "blocked"
        case _:
            return "waiting"


def _problem(gate: dict[str, Any] | None, status: str) -> dict[str, Any] | None:
    if gate is None or (status == "waiting" and not gate["outcome"]):
        return None
    return {
        "code": f"workflow.{gate['outcome'] or 'waiting'}",
        "message": gate["message"],
        "kept": "Everything up to this gate is kept; the run goes on from here.",
        "advice": f"The gate offers: {', '.join(gate['decisions'])}.",
    }

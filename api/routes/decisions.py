"""Deciding at gates, and the list of gates that wait."""

from fastapi import APIRouter
from starlette.responses import JSONResponse

from api.deps import IdempotencyKey, IdPath, IfMatch, Limit, PrincipalDep, ServicesDep
from api.etags import require_match
from api.idempotency import Once
from api.schemas.gates import DecisionCreate, GateRead, InboxItem
from api.schemas.page import Page
from libs.bootstrap import Services
from libs.core.principal import Principal
from libs.db.session import WriteSession
from libs.runs import repository
from libs.runs.errors import NoGateWaiting
from libs.runs.models import GateDecision

router = APIRouter(tags=["gates"])


@router.post("/decision-sets/{decision_set_id}/approve", status_code=202, response_model=GateRead)
async def decide(
    decision_set_id: IdPath,
    body: DecisionCreate,
    services: ServicesDep,
    principal: PrincipalDep,
    if_match: IfMatch = None,
    idempotency_key: IdempotencyKey = None,
) -> JSONResponse:
    """Takes a decision at the gate: approve, respond, edit or reject. The first one wins."""
    decision = body.to_decision()
    operation = f"POST /api/decision-sets/{decision_set_id}/approve"
    once = Once(services, principal, idempotency_key, operation, body, 202)

    async def take(session: WriteSession) -> GateRead:
        decision_set = await services.projects.decision_set(session, principal, decision_set_id)
        require_match(decision_set, if_match)
        return GateRead.of(await services.approvals.decide(session, principal, decision_set_id, decision))

    await _verify_shown(services, principal, decision_set_id, decision)
    return await once.answer(take)


async def _verify_shown(
    services: Services, principal: Principal, decision_set_id: str, decision: GateDecision
) -> None:
    """Looks at the store before the transaction; a gate that is not waiting is left for `decide` to refuse."""
    async with services.db.read() as session:
        try:
            waiting = await services.approvals.waiting(session, principal, decision_set_id)
        except NoGateWaiting:
            return
        if waiting.id == decision.gate_id:
            await services.approvals.verify_shown(session, principal, decision)


@router.get("/inbox", response_model=Page[InboxItem])
async def list_inbox(services: ServicesDep, principal: PrincipalDep, limit: Limit = 50) -> Page[InboxItem]:
    """Gates that wait for a decision, the longest waiting first."""
    async with services.db.read() as session:
        waiting = await repository.list_waiting(session, principal.organisation_id, limit)
    return Page[InboxItem](items=[InboxItem.of(approval) for approval in waiting])

"""Trying a change at a gate: what it would do, before anybody decides."""

from fastapi import APIRouter

from api.deps import IdPath, PrincipalDep, ServicesDep
from api.schemas.body import Body
from libs.runs.models import Edits
from libs.workflow.what_if import Effect

router = APIRouter(prefix="/decision-sets/{decision_set_id}", tags=["decision sets"])


class WhatIfCreate(Body):
    """A change to try."""

    edits: Edits


@router.post("/what-if", response_model=Effect)
async def try_edits(
    decision_set_id: IdPath, body: WhatIfCreate, services: ServicesDep, principal: PrincipalDep
) -> Effect:
    """Price, latency, availability, policies and findings of the changed design; nothing is decided or kept."""
    return await services.what_ifs.effect(principal, decision_set_id, body.edits)

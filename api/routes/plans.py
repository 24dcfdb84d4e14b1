"""What was decided in a decision set: plan, cost and policy."""

from fastapi import APIRouter
from pydantic import BaseModel
from starlette.responses import Response

from api.deps import IdPath, PrincipalDep, ServicesDep
from libs.bootstrap import Services
from libs.core.principal import Principal
from libs.planning.models import CostEstimate, Finding, Plan, PolicyResult
from libs.projects.errors import ArtifactNotFound

router = APIRouter(prefix="/decision-sets/{decision_set_id}", tags=["decision sets"])


class PolicyRead(BaseModel):
    """What the policies and the critics say about the present plan."""

    results: list[PolicyResult]
    findings: list[Finding]


@router.get("/plan", response_class=Response, responses={200: {"model": Plan}})
async def get_plan(decision_set_id: IdPath, services: ServicesDep, principal: PrincipalDep) -> Response:
    """The present plan with its alternatives and rejected options."""
    return _stored(await _artifact(services, principal, decision_set_id, "plan.json"))


@router.get("/cost", response_class=Response, responses={200: {"model": CostEstimate}})
async def get_cost(decision_set_id: IdPath, services: ServicesDep, principal: PrincipalDep) -> Response:
    """The monthly bill of the present plan, every line with its receipt."""
    return _stored(await _artifact(services, principal, decision_set_id, "cost.json"))


@router.get("/policy", response_class=Response, responses={200: {"model": PolicyRead}})
async def get_policy(decision_set_id: IdPath, services: ServicesDep, principal: PrincipalDep) -> Response:
    """Policy results and critics' findings on the present plan."""
    results = await _artifact(services, principal, decision_set_id, "policy.json")
    findings = await _artifact(services, principal, decision_set_id, "findings.json")
    return _stored(b'{"results":' + results + b',"findings":' + findings + b"}")


async def _artifact(services: Services, principal: Principal, decision_set_id: str, name: str) -> bytes:
    async with services.db.read() as session:
        decision_set = await services.projects.decision_set(session, principal, decision_set_id)
        if decision_set.plan_sha256 is None:
            raise ArtifactNotFound(
                "The decision set has no plan at present.",
                advice="It is still being read, waits for answers, or no architecture meets every constraint.",
                decision_set_id=decision_set_id,
                status=decision_set.status,
            )
        artifact = await services.projects.latest_artifact(session, principal, decision_set_id, name)
    return await services.content.get(principal.organisation_id, artifact.sha256)


def _stored(content: bytes) -> Response:
    """The stored bytes as they are, so that a plan of an earlier version of the product can still be read."""
    return Response(content, media_type="application/json")

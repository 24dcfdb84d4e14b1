"""For load balancers and operators."""

from fastapi import APIRouter, Request, Response

from api.readiness import Readiness
from api.schemas.health import HealthRead, ReadinessRead

router = APIRouter(tags=["health"])


@router.get("/healthz", response_model=HealthRead)
async def get_health() -> HealthRead:
    """The process answers; nothing else is asked."""
    return HealthRead()


@router.get(
    "/readyz",
    response_model=ReadinessRead,
    responses={503: {"model": ReadinessRead, "description": "A part that is required does not work."}},
)
async def get_readiness(request: Request, response: Response) -> ReadinessRead:
    """Whether this process can do its work."""
    readiness: Readiness = request.app.state.readiness
    found = await readiness.read()
    if found.status == "unavailable":
        response.status_code = 503
        response.headers["Retry-After"] = "5"
    return found

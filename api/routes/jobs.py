"""Queued work."""

from fastapi import APIRouter

from api.deps import IdPath, PrincipalDep, ServicesDep
from api.schemas.runs import JobRead

router = APIRouter(prefix="/jobs", tags=["jobs"])


@router.get("/{job_id}/status", response_model=JobRead)
async def get_job_status(job_id: IdPath, services: ServicesDep, principal: PrincipalDep) -> JobRead:
    """What became of a job so far, and how many wait before it."""
    async with services.db.read() as session:
        job = await services.queue.get(session, job_id, principal)
        return JobRead.of(job, await services.queue.position(session, job_id))

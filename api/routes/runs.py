"""Runs: the list, one of them, who worked on it, stopping it and letting it go on."""

from fastapi import APIRouter
from starlette.responses import JSONResponse

from api.deps import Cursor, IdempotencyKey, IdPath, Limit, PrincipalDep, ServicesDep
from api.idempotency import Once
from api.schemas.page import Page
from api.schemas.runs import AgentRunRead, RunDetail, RunRead
from libs.db.session import WriteSession
from libs.runs.models import RunStatus

router = APIRouter(prefix="/runs", tags=["runs"])


@router.get("", response_model=Page[RunRead])
async def list_runs(
    services: ServicesDep,
    principal: PrincipalDep,
    status: RunStatus | None = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[RunRead]:
    """Runs, newest first."""
    async with services.db.read() as session:
        found = await services.runs.list(session, principal, status=status, after=cursor, limit=limit + 1)
    return Page[RunRead](
        items=[RunRead.of(run) for run in found[:limit]],
        next_cursor=found[limit - 1].id if len(found) > limit else None,
    )


@router.get("/{run_id}", response_model=RunDetail)
async def get_run(run_id: IdPath, services: ServicesDep, principal: PrincipalDep) -> RunDetail:
    """One execution of a workflow, and how many others are worked on before it."""
    async with services.db.read() as session:
        run = await services.runs.get(session, principal, run_id)
        return RunDetail.placed(run, await services.queue.place_of(session, run_id))


@router.post("/{run_id}/cancel", response_model=RunRead)
async def cancel_run(
    run_id: IdPath, services: ServicesDep, principal: PrincipalDep, idempotency_key: IdempotencyKey = None
) -> JSONResponse:
    """Stops a run; what it has made so far is kept."""

    async def stop(session: WriteSession) -> RunRead:
        return RunRead.of(await services.runs.cancel(session, principal, run_id))

    once = Once(services, principal, idempotency_key, f"POST /api/runs/{run_id}/cancel", None, 200)
    return await once.answer(stop)


@router.post("/{run_id}/retry", response_model=RunRead)
async def retry_run(
    run_id: IdPath, services: ServicesDep, principal: PrincipalDep, idempotency_key: IdempotencyKey = None
) -> JSONResponse:
    """Lets a run that failed or was stopped go on where it broke off; steps that finished are not worked again."""

    async def go_on(session: WriteSession) -> RunRead:
        return RunRead.of(await services.runs.retry(session, principal, run_id))

    once = Once(services, principal, idempotency_key, f"POST /api/runs/{run_id}/retry", None, 200)
    return await once.answer(go_on)


@router.get("/{run_id}/agent-runs", response_model=Page[AgentRunRead])
async def list_agent_runs(
    run_id: IdPath, services: ServicesDep, principal: PrincipalDep
) -> Page[AgentRunRead]:
    """Finished visits of the run's nodes, oldest first."""
    async with services.db.read() as session:
        found = await services.runs.agent_runs(session, principal, run_id)
    return Page[AgentRunRead](items=[AgentRunRead.of(item) for item in found])

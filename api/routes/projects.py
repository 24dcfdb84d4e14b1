"""Projects."""

from fastapi import APIRouter
from starlette.responses import JSONResponse

from api.deps import Cursor, IdempotencyKey, IdPath, Limit, PrincipalDep, Search, ServicesDep
from api.idempotency import Once
from api.schemas.page import Page
from api.schemas.projects import ProjectCreate, ProjectPatch, ProjectRead
from libs.db.session import WriteSession

router = APIRouter(prefix="/projects", tags=["projects"])


@router.post("", status_code=201, response_model=ProjectRead)
async def create_project(
    body: ProjectCreate,
    services: ServicesDep,
    principal: PrincipalDep,
    idempotency_key: IdempotencyKey = None,
) -> JSONResponse:
    """A new project."""

    async def create(session: WriteSession) -> ProjectRead:
        return ProjectRead.of(await services.projects.create(session, principal, body.name, body.gate_policy))

    once = Once(services, principal, idempotency_key, "POST /api/projects", body, 201)
    return await once.answer(create)


@router.get("", response_model=Page[ProjectRead])
async def list_projects(
    services: ServicesDep,
    principal: PrincipalDep,
    q: Search = "",
    pinned: bool | None = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[ProjectRead]:
    """Projects that are not archived, newest first; `q` looks into their names."""
    async with services.db.read() as session:
        found = await services.projects.list(
            session, principal, text=q, pinned=pinned, after=cursor, limit=limit + 1
        )
    return Page[ProjectRead](
        items=[ProjectRead.of(project) for project in found[:limit]],
        next_cursor=found[limit - 1].id if len(found) > limit else None,
    )


@router.get("/{project_id}", response_model=ProjectRead)
async def get_project(project_id: IdPath, services: ServicesDep, principal: PrincipalDep) -> ProjectRead:
    """One project with its gate policy."""
    async with services.db.read() as session:
        return ProjectRead.of(await services.projects.get(session, principal, project_id))


@router.patch("/{project_id}", response_model=ProjectRead)
async def change_project(
    project_id: IdPath, body: ProjectPatch, services: ServicesDep, principal: PrincipalDep
) -> JSONResponse:
    """Renames, pins or archives a project, or gives it another gate policy."""

    async def change(session: WriteSession) -> ProjectRead:
        changed = await services.projects.change(
            session,
            principal,
            project_id,
            name=body.name,
            gate_policy=body.gate_policy,
            archived=body.archived,
            pinned=body.pinned,
        )
        return ProjectRead.of(changed)

    return await Once(services, principal, None, f"PATCH /api/projects/{project_id}", body, 200).answer(
        change
    )

"""The generated repository, file by file."""

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Path
from starlette.responses import Response

from api import repository_files
from api.deps import IdPath, PrincipalDep, ServicesDep
from api.schemas.designs import ArtifactRead, RepositoryFiles
from libs.bootstrap import Services
from libs.core.principal import Principal
from libs.projects.errors import ArtifactNotFound
from libs.projects.models import Artifact

router = APIRouter(prefix="/decision-sets/{decision_set_id}", tags=["repository"])

UNTRUSTED = {"Content-Security-Policy": "sandbox; default-src 'none'", "X-Content-Type-Options": "nosniff"}
"""Generated text is shown as text: it runs nothing and is nobody's page."""
FILE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The file; what is no UTF-8 text comes as an attachment.",
        "content": {"text/plain": {"schema": {"type": "string"}}, "application/octet-stream": {}},
    }
}


@router.get("/files", response_model=RepositoryFiles)
async def list_files(
    decision_set_id: IdPath, services: ServicesDep, principal: PrincipalDep
) -> RepositoryFiles:
    """Every file of the repository with size and SHA-256; before the reports are added, that of the payload."""
    artifact, packed = await _repository(services, principal, decision_set_id)
    files = await asyncio.to_thread(repository_files.listing, packed)
    return RepositoryFiles(artifact=ArtifactRead.of(artifact), files=files)


@router.get("/files/{path:path}", responses=FILE, response_class=Response)
async def get_file(
    decision_set_id: IdPath,
    path: Annotated[str, Path(max_length=500)],
    services: ServicesDep,
    principal: PrincipalDep,
) -> Response:
    """One file of the repository as text."""
    _, packed = await _repository(services, principal, decision_set_id)
    content = await asyncio.to_thread(repository_files.content, packed, path)
    try:
        content.decode()
    except UnicodeDecodeError:
        headers = {**UNTRUSTED, "Content-Disposition": "attachment"}
        return Response(content, media_type="application/octet-stream", headers=headers)
    return Response(content, media_type="text/plain; charset=utf-8", headers=UNTRUSTED)


async def _repository(
    services: Services, principal: Principal, decision_set_id: str
) -> tuple[Artifact, bytes]:
    async with services.db.read() as session:
        try:
            found = await services.projects.latest_artifact(
                session, principal, decision_set_id, "repository.zip"
            )
        except ArtifactNotFound:
            found = await services.projects.latest_artifact(
                session, principal, decision_set_id, "payload.zip"
            )
    return found, await services.content.get(principal.organisation_id, found.sha256)

"""Downloads."""

import base64
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Query
from starlette.responses import RedirectResponse, Response

from api.deps import IdPath, PrincipalDep, ServicesDep
from api.routes.files import UNTRUSTED

router = APIRouter(prefix="/artifacts", tags=["artifacts"])

LINK_SECONDS = 300
"""How long a presigned link works."""
DOWNLOAD: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The bytes, proven to be the ones that were stored.",
        "content": {"application/zip": {}},
    },
    307: {"description": "A link to the object store that works for five minutes."},
}


@router.get("/{artifact_id}/download", responses=DOWNLOAD, response_class=Response)
async def download_artifact(
    artifact_id: IdPath,
    services: ServicesDep,
    principal: PrincipalDep,
    redirect: Annotated[
        bool, Query(description="False: the bytes come through this server even where the store has links.")
    ] = True,
) -> Response:
    """The stored object under its name."""
    async with services.db.read() as session:
        artifact = await services.projects.artifact(session, principal, artifact_id)
    organisation_id = principal.organisation_id
    if redirect:
        url = await services.content.presigned_get(
            organisation_id, artifact.sha256, filename=artifact.name, expires_s=LINK_SECONDS
        )
        if url is not None:
            return RedirectResponse(url, status_code=307)
    content = await services.content.get(organisation_id, artifact.sha256)
    digest = base64.b64encode(bytes.fromhex(artifact.sha256)).decode()
    return Response(
        content,
        media_type=artifact.content_type,
        headers={
            **UNTRUSTED,
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(artifact.name, safe='')}",
            "ETag": f'"{artifact.sha256}"',
            "Repr-Digest": f"sha-256=:{digest}:",
        },
    )

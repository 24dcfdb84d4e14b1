"""What changed between two versions of a design."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel
from starlette.responses import Response

from api.comparison import compare, stored_diff
from api.deps import IdPath, PrincipalDep, ServicesDep
from api.routes.files import UNTRUSTED
from libs.codegen.diffing import TreeDiff
from libs.core.values import canonical_json
from libs.planning.diffing import DesignDiff

router = APIRouter(prefix="/decision-sets/{decision_set_id}", tags=["decision sets"])


class DiffRead(BaseModel):
    """One joint diff."""

    plan: DesignDiff
    code: TreeDiff


RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {"model": DiffRead, "content": {"text/markdown": {"schema": {"type": "string"}}}}
}


@router.get("/diff", response_class=Response, responses=RESPONSES)
async def get_diff(
    decision_set_id: IdPath,
    services: ServicesDep,
    principal: PrincipalDep,
    against: Annotated[
        str | None,
        Query(pattern=r"^[A-Za-z0-9_-]{1,80}$", description="A decision set; the parent when left out."),
    ] = None,
    form: Annotated[Literal["json", "md"], Query(alias="format")] = "json",
) -> Response:
    """One joint diff of design and code, to the parent version or to any other."""
    if against is None:
        content = await stored_diff(services, principal, decision_set_id, f"diff.{form}")
    else:
        found = await compare(services, principal, decision_set_id, against)
        content = found.markdown.encode() if form == "md" else canonical_json(found.to_json())
    if form == "md":
        return Response(content, media_type="text/plain; charset=utf-8", headers=UNTRUSTED)
    return Response(content, media_type="application/json")

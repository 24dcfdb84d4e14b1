"""What a share link may look at, judged by method and address before routing: what is not named here is denied.

So a route that nobody thought of is closed to links until it is named. Ids are compared with those that the link's
decision set has, never trusted for looking plausible.
"""

from starlette.datastructures import QueryParams

from libs.bootstrap import Services
from libs.db.session import AnySession
from libs.projects.errors import ArtifactNotFound
from libs.projects.models import DecisionSet
from libs.shares.errors import OutsideOfLink
from libs.shares.models import Share

OPEN = frozenset({"/api/shared", "/api/workflow/plan"})
"""What every link may read: itself, and the workflow in general."""
PARTS = frozenset({"artifacts", "cards", "cost", "diff", "events", "files", "plan", "policy"})
"""What a link may read below its decision set. The other links to it are not among them."""


async def admit(services: Services, token: str, method: str, path: str, query: QueryParams) -> Share:
    """The share behind the token, if it may be used for this request.

    Raises:
        LinkUnknown, LinkRevoked, LinkExpired: the token opens nothing.
        OutsideOfLink: it shows something else, or nothing of this kind.
    """
    async with services.db.read() as session:
        share = await services.shares.presented(session, token)
        if method != "GET" or not await _shows(services, session, share, path, query):
            raise OutsideOfLink(
                advice=f"It may GET /api/shared, /api/workflow/plan, /api/decision-sets/{share.decision_set_id} with "
                f"its {', '.join(sorted(PARTS))}, and the stream, run and downloads of that decision set. Ask whoever "
                "shared it for more, or leave the link out to ask as yourself.",
                decision_set_id=share.decision_set_id,
            )
    return share


async def _shows(
    services: Services, session: AnySession, share: Share, path: str, query: QueryParams
) -> bool:
    async def decision_set() -> DecisionSet:
        return await services.projects.decision_set(session, share.principal, share.decision_set_id)

    match path.split("/")[2:]:
        case ["decision-sets", decision_set_id, *below]:
            if decision_set_id != share.decision_set_id or not _is_part(below):
                return False
            others = query.getlist("against")
            return not others or set(others) == {(await decision_set()).parent_id}
        case ["streams", decision_set_id]:
            return decision_set_id == share.decision_set_id
        case ["runs", run_id] | ["runs", run_id, "agent-runs"]:
            return run_id == (await decision_set()).run_id
        case ["artifacts", artifact_id, "download"]:
            return await _belongs(services, session, share, artifact_id)
        case _:
            return path in OPEN


def _is_part(below: list[str]) -> bool:
    match below:
        case [] | ["files", *_]:
            return True
        case [part]:
            return part in PARTS
        case _:
            return False


async def _belongs(services: Services, session: AnySession, share: Share, artifact_id: str) -> bool:
    try:
        artifact = await services.projects.artifact(session, share.principal, artifact_id)
    except ArtifactNotFound:
        return False
    return artifact.decision_set_id == share.decision_set_id

"""Links that show one decision set to anybody who has them."""

from fastapi import APIRouter

from api.deps import Cursor, IdPath, Limit, PresentedShare, PrincipalDep, ServicesDep
from api.schemas.page import Page
from api.schemas.shares import ShareCreate, ShareCreated, SharedRead, ShareRead

router = APIRouter(tags=["shares"])


@router.post("/decision-sets/{decision_set_id}/shares", status_code=201, response_model=ShareCreated)
async def create_share(
    decision_set_id: IdPath, body: ShareCreate, services: ServicesDep, principal: PrincipalDep
) -> ShareCreated:
    """A link to this version; the token is in this answer alone.

    There is no Idempotency-Key here: an answer that could be given again would be a token that is stored.
    """
    async with services.db.write() as session:
        issued = await services.shares.create(
            session, principal, decision_set_id, days=body.expires_in_days, note=body.note
        )
    return ShareCreated.of(issued)


@router.get("/decision-sets/{decision_set_id}/shares", response_model=Page[ShareRead])
async def list_shares(
    decision_set_id: IdPath,
    services: ServicesDep,
    principal: PrincipalDep,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[ShareRead]:
    """Links to this version, newest first, without their tokens."""
    async with services.db.read() as session:
        found = await services.shares.list(session, principal, decision_set_id, after=cursor, limit=limit + 1)
    now = services.clock.now()
    return Page[ShareRead](
        items=[ShareRead.of(share, now) for share in found[:limit]],
        next_cursor=found[limit - 1].id if len(found) > limit else None,
    )


@router.delete("/decision-sets/{decision_set_id}/shares/{share_id}", status_code=204)
async def revoke_share(
    decision_set_id: IdPath, share_id: IdPath, services: ServicesDep, principal: PrincipalDep
) -> None:
    """Ends a link at once; a stream that is open under it ends when it closes itself."""
    async with services.db.write() as session:
        await services.shares.revoke(session, principal, decision_set_id, share_id)


@router.get("/shared", response_model=SharedRead)
async def get_shared(share: PresentedShare) -> SharedRead:
    """What the presented link shows, and until when."""
    return SharedRead.of(share)

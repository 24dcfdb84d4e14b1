"""Every query on shares; rows in, values out."""

from datetime import datetime

from sqlalchemy import select, update

from libs.db.session import AnySession, WriteSession
from libs.shares.models import Share
from libs.shares.tables import ShareRow


async def insert(session: WriteSession, share: Share, token_sha256: str) -> None:
    session.add(ShareRow(**share.model_dump(mode="python"), token_sha256=token_sha256))
    await session.flush()


async def find(
    session: AnySession, organisation_id: str, decision_set_id: str, share_id: str
) -> Share | None:
    query = select(ShareRow).where(
        ShareRow.organisation_id == organisation_id,
        ShareRow.decision_set_id == decision_set_id,
        ShareRow.id == share_id,
    )
    row = (await session.execute(query)).scalar_one_or_none()
    return _share(row) if row else None


async def find_by_token(session: AnySession, token_sha256: str) -> Share | None:
    """The share of whichever organisation: it is the token that says which."""
    query = select(ShareRow).where(ShareRow.token_sha256 == token_sha256)
    row = (await session.execute(query)).scalar_one_or_none()
    return _share(row) if row else None


async def list_newest(
    session: AnySession, organisation_id: str, decision_set_id: str, *, after: str | None, limit: int
) -> list[Share]:
    query = select(ShareRow).where(
        ShareRow.organisation_id == organisation_id, ShareRow.decision_set_id == decision_set_id
    )
    if after is not None:
        query = query.where(ShareRow.id < after)
    rows = (await session.execute(query.order_by(ShareRow.id.desc()).limit(limit))).scalars()
    return [_share(row) for row in rows]


async def revoke(session: WriteSession, share_id: str, at: datetime) -> bool:
    """Whether this call revoked it, and not one before."""
    statement = (
        update(ShareRow)
        .where(ShareRow.id == share_id, ShareRow.revoked_at.is_(None))
        .values(revoked_at=at)
        .returning(ShareRow.id)
    )
    return (await session.execute(statement)).first() is not None


def _share(row: ShareRow) -> Share:
    return Share.model_validate({name: getattr(row, name) for name in Share.model_fields})

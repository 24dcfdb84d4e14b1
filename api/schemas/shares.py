"""Shares as the API shows and takes them."""

from datetime import datetime

from pydantic import BaseModel, Field

from api.schemas.body import Body
from libs.shares.models import DEFAULT_DAYS, LONGEST_DAYS, NOTE_CHARACTERS, IssuedShare, Share, ShareStatus


class ShareCreate(Body):
    """A link that is to be made."""

    expires_in_days: int = Field(default=DEFAULT_DAYS, ge=1, le=LONGEST_DAYS)
    note: str = Field(default="", max_length=NOTE_CHARACTERS)
    """What the link is for; its readers see it, too."""


class ShareCreated(BaseModel):
    """A new link; the token is shown this once."""

    id: str
    decision_set_id: str
    token: str
    path: str
    """Where the page opens it."""
    note: str
    created_by: str
    created_at: datetime
    expires_at: datetime

    @classmethod
    def of(cls, issued: IssuedShare) -> "ShareCreated":
        shown = issued.share.model_dump(exclude={"organisation_id", "revoked_at"})
        return cls(**shown, token=issued.token, path=issued.path)


class ShareRead(BaseModel):
    """A link in a list."""

    id: str
    decision_set_id: str
    note: str
    created_by: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    status: ShareStatus

    @classmethod
    def of(cls, share: Share, now: datetime) -> "ShareRead":
        return cls(**share.model_dump(exclude={"organisation_id"}), status=share.status(now))


class SharedRead(BaseModel):
    """What the presented link shows."""

    decision_set_id: str
    expires_at: datetime
    note: str

    @classmethod
    def of(cls, share: Share) -> "SharedRead":
        return cls.model_validate({name: getattr(share, name) for name in cls.model_fields})

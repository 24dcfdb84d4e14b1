"""Rows of shares; the token itself is in none of them."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from libs.db.base import Base, UtcDateTime


class ShareRow(Base):
    __tablename__ = "shares"

    id: Mapped[str] = mapped_column(primary_key=True)
    organisation_id: Mapped[str]
    decision_set_id: Mapped[str] = mapped_column(ForeignKey("decision_sets.id"), index=True)
    token_sha256: Mapped[str] = mapped_column(unique=True)
    note: Mapped[str]
    created_by: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

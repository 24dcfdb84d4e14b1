"""Organisations and the audit log."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from libs.db.base import Base, JsonColumn, UtcDateTime


class OrganisationRow(Base):
    """A tenant; the local one is there from the first migration on."""

    __tablename__ = "organisations"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class AuditHeadRow(Base):
    """Where the chain of an organisation ends, so that a removed tail shows."""

    __tablename__ = "audit_heads"

    organisation_id: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int]
    hash: Mapped[str]


class AuditRow(Base):
    """One line of the audit log; the store refuses to change or delete it."""

    __tablename__ = "audit_log"
    __table_args__ = (Index("ix_audit_log_organisation_id_subject", "organisation_id", "subject"),)

    organisation_id: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str]
    action: Mapped[str]
    subject: Mapped[str]
    data: Mapped[dict[str, Any]] = mapped_column(JsonColumn)
    previous_hash: Mapped[str]
    hash: Mapped[str]

"""The jobs table."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from libs.db.base import Base, JsonColumn, UtcDateTime

QUEUED = text("status = 'queued'")
RUNNING = text("status = 'running'")
LOCKED = text("status = 'running' AND lock_key IS NOT NULL")


class JobRow(Base):
    """One job; partial indexes keep claiming and sweeping independent of the number of finished jobs."""

    __tablename__ = "jobs"
    __table_args__ = (
        CheckConstraint("status IN ('queued', 'running', 'done', 'dead', 'cancelled')", name="status"),
        Index("uq_jobs_dedupe_key", "dedupe_key", unique=True),
        # The store itself holds "one at a time": of two claims for the same key, one fails.
        Index(
            "uq_jobs_running_lock_key", "lock_key", unique=True, sqlite_where=LOCKED, postgresql_where=LOCKED
        ),
        Index("ix_jobs_queued", "priority", "run_at", "id", sqlite_where=QUEUED, postgresql_where=QUEUED),
        Index("ix_jobs_running", "leased_until", sqlite_where=RUNNING, postgresql_where=RUNNING),
        Index("ix_jobs_run_id", "run_id"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    organisation_id: Mapped[str]
    project_id: Mapped[str]
    run_id: Mapped[str | None]
    kind: Mapped[str]
    payload: Mapped[dict[str, Any]] = mapped_column(JsonColumn)
    status: Mapped[str]
    priority: Mapped[int]
    run_at: Mapped[datetime] = mapped_column(UtcDateTime)
    attempts: Mapped[int]
    max_attempts: Mapped[int]
    lock_key: Mapped[str | None]
    dedupe_key: Mapped[str | None]
    correlation_id: Mapped[str | None]
    token: Mapped[int]
    worker_id: Mapped[str | None]
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cancel_requested: Mapped[bool]
    error: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

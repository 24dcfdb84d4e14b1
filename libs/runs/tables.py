"""Rows of runs, node visits, gates and idempotency keys."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from libs.db.base import Base, JsonColumn, UtcDateTime


class RunRow(Base):
    __tablename__ = "runs"

    id: Mapped[str] = mapped_column(primary_key=True)
    organisation_id: Mapped[str]
    project_id: Mapped[str] = mapped_column(ForeignKey("projects.id"))
    decision_set_id: Mapped[str] = mapped_column(ForeignKey("decision_sets.id"), index=True)
    kind: Mapped[str]
    status: Mapped[str]
    thread_id: Mapped[str] = mapped_column(unique=True)
    input: Mapped[dict[str, Any]] = mapped_column(JsonColumn)
    problem: Mapped[dict[str, Any] | None] = mapped_column(JsonColumn)
    actor: Mapped[str]
    correlation_id: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (Index("ix_runs_status", "status"),)


class AgentRunRow(Base):
    __tablename__ = "agent_runs"

    id: Mapped[str] = mapped_column(primary_key=True)
    organisation_id: Mapped[str]
    project_id: Mapped[str] = mapped_column(ForeignKey("projects.id"))
    run_id: Mapped[str] = mapped_column(ForeignKey("runs.id"))
    visit: Mapped[str]
    """Task id of the node in its checkpoint: the same for every attempt at the same step."""
    node: Mapped[str]
    provider: Mapped[str]
    model: Mapped[str]
    input_tokens: Mapped[int]
    output_tokens: Mapped[int]
    cost_usd: Mapped[float | None]
    seconds: Mapped[float]
    update: Mapped[dict[str, Any]] = mapped_column(JsonColumn)
    """What the node wrote into the state; a repeated visit returns it instead of working again."""
    finished_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (UniqueConstraint("run_id", "visit"),)


class ApprovalRow(Base):
    __tablename__ = "approvals"

    id: Mapped[str] = mapped_column(primary_key=True)
    organisation_id: Mapped[str]
    project_id: Mapped[str] = mapped_column(ForeignKey("projects.id"))
    decision_set_id: Mapped[str] = mapped_column(ForeignKey("decision_sets.id"), index=True)
    run_id: Mapped[str] = mapped_column(ForeignKey("runs.id"))
    interrupt_id: Mapped[str]
    kind: Mapped[str]
    status: Mapped[str]
    digest: Mapped[str]
    request: Mapped[dict[str, Any]] = mapped_column(JsonColumn)
    decision: Mapped[dict[str, Any] | None] = mapped_column(JsonColumn)
    decided_by: Mapped[str | None]
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    votes: Mapped[list[Any]] = mapped_column(JsonColumn)
    needs: Mapped[int]
    role: Mapped[str]
    deadline_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    on_deadline: Mapped[str | None]
    reminders: Mapped[int] = mapped_column(default=0)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        UniqueConstraint("run_id", "interrupt_id"),
        Index("ix_approvals_organisation_id_status", "organisation_id", "status"),
    )


class IdempotencyKeyRow(Base):
    __tablename__ = "idempotency_keys"

    organisation_id: Mapped[str] = mapped_column(primary_key=True)
    actor: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    request_sha256: Mapped[str]
    status_code: Mapped[int]
    response: Mapped[dict[str, Any]] = mapped_column(JsonColumn)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

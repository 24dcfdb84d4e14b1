"""Rows of projects, decision sets, artifacts and cost estimates; every row names its organisation."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from libs.db.base import Base, JsonColumn, UtcDateTime


class ProjectRow(Base):
    __tablename__ = "projects"

    id: Mapped[str] = mapped_column(primary_key=True)
    organisation_id: Mapped[str]
    name: Mapped[str]
    gate_policy: Mapped[dict[str, Any]] = mapped_column(JsonColumn)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    archived: Mapped[bool] = mapped_column(default=False)
    pinned: Mapped[bool] = mapped_column(default=False, server_default=false())

    __table_args__ = (
        UniqueConstraint("organisation_id", "name"),
        Index("ix_projects_organisation_id_id", "organisation_id", "id"),
    )


class DecisionSetRow(Base):
    __tablename__ = "decision_sets"

    id: Mapped[str] = mapped_column(primary_key=True)
    organisation_id: Mapped[str]
    project_id: Mapped[str] = mapped_column(ForeignKey("projects.id"))
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("decision_sets.id"))
    line_id: Mapped[str | None]
    version: Mapped[int]
    thread_id: Mapped[str] = mapped_column(unique=True)
    run_id: Mapped[str] = mapped_column(unique=True)
    status: Mapped[str]
    title: Mapped[str]
    constraints: Mapped[list[Any]] = mapped_column(JsonColumn)
    plan_sha256: Mapped[str | None]
    payload_sha256: Mapped[str | None]
    summary: Mapped[dict[str, Any]] = mapped_column(JsonColumn)
    created_by: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    lock_version: Mapped[int] = mapped_column(default=1)
    pinned: Mapped[bool] = mapped_column(default=False, server_default=false())
    archived: Mapped[bool] = mapped_column(default=False, server_default=false())
    forked_from: Mapped[str | None] = mapped_column(ForeignKey("decision_sets.id"), index=True)

    __table_args__ = (
        UniqueConstraint("line_id", "version"),
        # Lists walk one of these backwards. What they filter by is part of it, because SQLite would otherwise read
        # each row past its large JSON to reach the last columns.
        Index(
            "ix_decision_sets_listed", "organisation_id", "id", "archived", "pinned", "project_id", "title"
        ),
        Index(
            "ix_decision_sets_listed_of_project",
            *("project_id", "organisation_id", "id", "archived", "pinned", "title"),
        ),
        Index("ix_decision_sets_organisation_id_created_at", "organisation_id", "created_at"),
    )


class ArtifactRow(Base):
    __tablename__ = "artifacts"

    id: Mapped[str] = mapped_column(primary_key=True)
    organisation_id: Mapped[str]
    project_id: Mapped[str] = mapped_column(ForeignKey("projects.id"))
    decision_set_id: Mapped[str] = mapped_column(ForeignKey("decision_sets.id"), index=True)
    run_id: Mapped[str]
    visit: Mapped[str]
    """The visit of the node that made it; with the name the attempt-independent key."""
    name: Mapped[str]
    kind: Mapped[str]
    sha256: Mapped[str] = mapped_column(index=True)
    bytes: Mapped[int]
    content_type: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (UniqueConstraint("run_id", "visit", "name"),)


class CostEstimateRow(Base):
    __tablename__ = "cost_estimates"

    id: Mapped[str] = mapped_column(primary_key=True)
    organisation_id: Mapped[str]
    project_id: Mapped[str] = mapped_column(ForeignKey("projects.id"))
    decision_set_id: Mapped[str] = mapped_column(ForeignKey("decision_sets.id"), index=True)
    run_id: Mapped[str]
    visit: Mapped[str]
    low_usd: Mapped[float]
    expected_usd: Mapped[float]
    high_usd: Mapped[float]
    unknown_lines: Mapped[int]
    lines: Mapped[list[Any]] = mapped_column(JsonColumn)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (UniqueConstraint("run_id", "visit"),)

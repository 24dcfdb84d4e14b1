"""The numbered streams of events and the events themselves."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from libs.db.base import Base, JsonColumn, UtcDateTime


class EventStreamRow(Base):
    """The head of one run's story; its row lock makes the numbers gap-free."""

    __tablename__ = "event_streams"
    __table_args__ = (Index("ix_event_streams_decision_set_id", "decision_set_id"),)

    run_id: Mapped[str] = mapped_column(primary_key=True)
    organisation_id: Mapped[str]
    project_id: Mapped[str]
    decision_set_id: Mapped[str]
    last_seq: Mapped[int]
    closed: Mapped[bool]
    """Whether the run is complete."""


class EventRow(Base):
    """One event; written once, never changed."""

    __tablename__ = "events"
    __table_args__ = (Index("uq_events_run_id_key", "run_id", "key", unique=True),)

    run_id: Mapped[str] = mapped_column(ForeignKey("event_streams.run_id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    organisation_id: Mapped[str]
    project_id: Mapped[str]
    decision_set_id: Mapped[str]
    key: Mapped[str]
    type: Mapped[str]
    node: Mapped[str | None]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    data: Mapped[dict[str, Any]] = mapped_column(JsonColumn)

"""Rows of datasets; every row names its organisation."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from libs.db.base import Base, UtcDateTime


class DatasetRow(Base):
    __tablename__ = "datasets"

    id: Mapped[str] = mapped_column(primary_key=True)
    organisation_id: Mapped[str]
    name: Mapped[str]
    format: Mapped[str]
    sha256: Mapped[str]
    bytes: Mapped[int] = mapped_column(BigInteger)
    rows: Mapped[int] = mapped_column(BigInteger)
    columns: Mapped[int]
    profile_key: Mapped[str]
    created_by: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        UniqueConstraint("organisation_id", "sha256"),
        Index("ix_datasets_organisation_id_created_at", "organisation_id", "created_at"),
    )

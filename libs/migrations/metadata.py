"""The one list of tables modules: what is imported here is what the migrations must cover."""

from sqlalchemy import MetaData

import libs.accounts.tables
import libs.datasets.tables
import libs.events.tables
import libs.jobs.tables
import libs.projects.tables
import libs.runs.tables
import libs.shares.tables
from libs.db.base import Base

TABLES = (
    libs.accounts.tables,
    libs.datasets.tables,
    libs.events.tables,
    libs.jobs.tables,
    libs.projects.tables,
    libs.runs.tables,
    libs.shares.tables,
)

FOREIGN_TABLES = frozenset(
    {
        "checkpoints",
        "checkpoint_blobs",
        "checkpoint_migrations",
        "checkpoint_writes",
        "writes",
    }
)
"""Tables of LangGraph's savers, which create and change them by themselves."""


def product_metadata() -> MetaData:
    """The tables of the whole product."""
    return Base.metadata


def include_name(name: str | None, kind: str, _parents: object) -> bool:
    """Leaves tables that are not ours out of every comparison."""
    return kind != "table" or name not in FOREIGN_TABLES

"""Alembic's entry: runs the migrations over one connection, as one transaction."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import JSON

from libs.core.settings import Settings
from libs.db.base import UtcDateTime
from libs.migrations.connection import migrating
from libs.migrations.metadata import include_name, product_metadata


def render_item(kind: str, item: Any, _autogen: AutogenContext) -> str | Literal[False]:
    """Writes our column types into a new migration as SQLAlchemy's, so that history needs no code of ours."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, JSON):
        return 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")'
    return False


def run() -> None:
    """Migrates the database of `-x url=…`, of the caller, or of the settings, in that order."""
    arguments = context.get_x_argument(as_dictionary=True)
    configured = context.config.attributes.get("url")
    with migrating(arguments.get("url") or configured or Settings().sqlalchemy_url()) as connection:
        context.configure(
            connection=connection,
            target_metadata=product_metadata(),
            include_name=include_name,
            render_item=render_item,
            render_as_batch=True,
            transactional_ddl=True,
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()


run()

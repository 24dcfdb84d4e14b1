"""Brings a database to the schema of this version."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from libs.migrations.connection import migrating


def migrate(url: str, revision: str = "head") -> None:
    """Upgrades the database; safe to call at every start and from several processes at once.

    Args:
        url: the database, in any form that `Database` takes.
        revision: where to stop; the newest when left out.

    Raises:
        DatabaseUnavailable: no answer; nothing was changed.
    """
    command.upgrade(_config(url), revision)


def downgrade(url: str, revision: str) -> None:
    """Takes migrations back to the given one; `base` removes every table with its data."""
    command.downgrade(_config(url), revision)


def current_revision(url: str) -> str | None:
    """The revision of the database; None before the first migration."""
    with migrating(url) as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest_revision() -> str | None:
    """The revision that this version of the product needs."""
    return ScriptDirectory.from_config(_config("")).get_current_head()


def _config(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    config.attributes["url"] = url
    return config

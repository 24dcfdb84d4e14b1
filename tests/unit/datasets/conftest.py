"""The profiler on files that a test writes."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from libs.core.settings import Settings
from libs.datasets.models import DatasetProfile
from tests.conftest import unavailable
from tests.support.tables import RunningProfiler

Write = Callable[[str | bytes], Path]


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
def profile(profiler: RunningProfiler, write: Write) -> Callable[[str | bytes], DatasetProfile]:
    """The profile of a file with that content."""
    return lambda content: profiler.profile(write(content))


@pytest.fixture
def refusal(profiler: RunningProfiler, write: Write) -> Callable[[str | bytes], dict[str, Any]]:
    """Why a file with that content is refused."""

    def of(content: str | bytes) -> dict[str, Any]:
        answer = profiler.answer(write(content))
        assert answer["status"] == "refused", answer
        return answer

    return of

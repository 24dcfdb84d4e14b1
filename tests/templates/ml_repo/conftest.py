"""Rendered repositories, and one whole run of the pipeline, shared by the tests of this folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.tables import RunningProfiler
from tests.templates.ml_repo.repository import BLUEPRINTS, require_runtime, run, write


@pytest.fixture(scope="session", params=sorted(BLUEPRINTS))
def any_repository(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Each kind of repository in turn."""
    return write(BLUEPRINTS[request.param](), tmp_path_factory.mktemp("repository") / "repository")


@pytest.fixture(scope="session")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The online archetype."""
    return write(BLUEPRINTS["online"](), tmp_path_factory.mktemp("online") / "repository")


@pytest.fixture(scope="session")
def finished(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The work folder of every stage with a search of two trials."""
    work = tmp_path_factory.mktemp("finished") / "work"
    done = run(repository, "all", "--data", "data/sample.csv", "--work", str(work), "--trials", "2")
    assert done.returncode == 0, done.stderr
    return work


@pytest.fixture(scope="module")
def profiler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningProfiler]:
    """The program that reads uploaded tables."""
    require_runtime()
    running = RunningProfiler(tmp_path_factory.mktemp("profiler"))
    yield running
    running.close()

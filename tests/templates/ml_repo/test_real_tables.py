"""Repositories made for real tables: their own tests pass, and they learn from the file as it was uploaded."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.blueprints import choosing
from tests.support.tables import REAL_TABLES, RunningProfiler, blueprint_of
from tests.templates.ml_repo.repository import RUFF, run_in, write

LEFT_OUT = {"bechdel_movies": {"test", "clean_test", "code"}}
"""Columns that give the target away."""
DRAWN = {"star_wars_survey", "thyroid"}
"""Tables with the age and the gender of persons: no row of them is handed over."""


@pytest.mark.long
@pytest.mark.shared
@pytest.mark.parametrize("name", sorted(REAL_TABLES))
class TestRealTables:
    def test_their_own_tests_pass_and_the_original_is_learned_from(
        self, name: str, profiler: RunningProfiler, shared_file: Callable[[str], Path], tmp_path: Path
    ) -> None:
        table = shared_file(f"data/dev/{name}.csv")
        view = profiler.view(table, REAL_TABLES[name])
        assert set(view.left_out) >= LEFT_OUT.get(name, set())
        blueprint = blueprint_of(view)
        assert (blueprint.sample == "") == (name in DRAWN)
        folder = write(blueprint, tmp_path / "repository")
        subprocess.run([str(RUFF), "check", "--quiet", "--no-cache", "."], cwd=folder, check=True)
        run_in(folder, "pytest", "-p", "no:cacheprovider", "-q")
        work = tmp_path / "work"
        run_in(folder, blueprint.package, "all", "--data", str(table), "--work", str(work), "--trials", "0")
        facts = json.loads((work / "register" / "model" / "model.json").read_text())
        assert facts["quality_gate"] == "passed", facts["metrics"]

    def test_a_service_of_them_passes_its_own_tests(
        self, name: str, profiler: RunningProfiler, shared_file: Callable[[str], Path], tmp_path: Path
    ) -> None:
        view = profiler.view(shared_file(f"data/dev/{name}.csv"), REAL_TABLES[name])
        blueprint = choosing(blueprint_of(view, "online_api"), features="dynamodb_features")
        folder = write(blueprint, tmp_path / "repository")
        subprocess.run([str(RUFF), "check", "--quiet", "--no-cache", "."], cwd=folder, check=True)
        run_in(folder, "pytest", "-p", "no:cacheprovider", "-q", "tests/integration")

    def test_their_own_tests_pass_where_no_row_may_be_handed_over(
        self, name: str, profiler: RunningProfiler, shared_file: Callable[[str], Path], tmp_path: Path
    ) -> None:
        view = profiler.view(shared_file(f"data/dev/{name}.csv"), REAL_TABLES[name])
        blueprint = blueprint_of(view.model_copy(update={"sample": ()}))
        assert blueprint.sample == ""
        run_in(write(blueprint, tmp_path / "repository"), "pytest", "-p", "no:cacheprovider", "-q")

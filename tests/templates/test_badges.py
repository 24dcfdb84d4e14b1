"""A file is called executed only where the repository's own tests reach it."""

from collections.abc import Callable

import pytest

from libs.codegen.badges import looks_at
from libs.codegen.models import Blueprint
from libs.codegen.renderer import render
from tests.support.blueprints import churn_blueprint, fraud_blueprint
from tests.support.blueprints_rag import support_blueprint
from tests.support.readers import reached_by_tests


@pytest.mark.parametrize("blueprint", [fraud_blueprint, churn_blueprint, support_blueprint])
def test_every_executed_file_is_reached_by_a_test(blueprint: Callable[[], Blueprint]) -> None:
    plan = blueprint()
    files = {file.path: file.content.decode() for file in render(plan) if file.path.endswith(".py")}
    package = plan.package
    files[f"src/{package}/forgotten.py"] = "YEAR = 2026\n"
    executed = {path for path in files if path.startswith("src/") and looks_at("pytest", path) == "executed"}
    assert len(executed) > 50
    assert sorted(executed - reached_by_tests(files, package)) == [f"src/{package}/forgotten.py"]

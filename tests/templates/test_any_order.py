"""Generated tests share a trained model or an index: none of them changes it for those that come later."""

from collections.abc import Callable
from pathlib import Path

import pytest

from libs.codegen.models import Blueprint
from tests.support.blueprints import churn_blueprint, fraud_blueprint
from tests.support.blueprints_rag import batch_blueprint, support_blueprint
from tests.templates.ml_repo.repository import require_runtime, run_program, write

IN_REVERSE = Path(__file__).parent / "ml_repo" / "drivers" / "in_reverse.py"


@pytest.mark.long
@pytest.mark.parametrize("blueprint", [batch_blueprint, churn_blueprint, fraud_blueprint, support_blueprint])
def test_their_own_tests_pass_in_the_opposite_order(
    blueprint: Callable[[], Blueprint], tmp_path: Path
) -> None:
    require_runtime()
    run_program(write(blueprint(), tmp_path / "repository"), str(IN_REVERSE))

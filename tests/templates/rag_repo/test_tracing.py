"""What was asked of the language model is found in the repository again."""

import pytest

from libs.codegen.matrix import requirements_matrix
from libs.codegen.models import CheckResult, RequirementAnswer
from libs.codegen.renderer import render
from tests.support.blueprints_rag import support_blueprint
from tests.support.codegen_plans import language_model_plan

PASSED = CheckResult(check="pytest", status="pass", reason="", payload_sha256="0" * 64)


class TestTracing:
    @pytest.mark.parametrize(
        "field", ["ml_task", "llm_hosting", "context_tokens", "input_tokens", "output_tokens"]
    )
    def test_a_field_of_the_language_model_is_proven_by_the_tests(self, field: str) -> None:
        asked = RequirementAnswer(field=field, value="1", source="stated", quote="q")
        bp = support_blueprint(requirements=(asked,))
        matrix = requirements_matrix(bp, render(bp), [PASSED], plan=language_model_plan())
        assert [(row.status, row.gap) for row in matrix.rows] == [("proven", "")]

    def test_a_length_that_is_nowhere_counts_as_open(self) -> None:
        asked = RequirementAnswer(field="output_tokens", value="1", source="stated", quote="q")
        bp = support_blueprint(requirements=(asked,))
        assert bp.tokens is not None
        other = bp.model_copy(update={"tokens": bp.tokens.model_copy(update={"answer": 77})})
        matrix = requirements_matrix(other, render(bp), [PASSED], plan=language_model_plan())
        assert [row.status for row in matrix.rows] == ["open"]

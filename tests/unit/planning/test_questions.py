"""Only questions whose answers matter are asked."""

from typing import Any

import pytest

from libs.intake.models import Constraint
from libs.planning.catalogue.models import Catalogue
from libs.planning.models import Question
from libs.planning.prices.lookup import Prices
from libs.planning.questions import questions
from tests.unit.planning.scenes import AS_OF, CHURN, FRAUD, SMALL, Desk, given

FULL: dict[Any, Any] = {
    **FRAUD,
    "predictions_per_day": 300_000_000,
    "budget_usd_month": 9000,
    "regions": ["eu-west-1"],
    "data_classification": "restricted",
    "availability_pct": 99.9,
    "deployment_preference": "containers",
    "gpu_needed": False,
    "data_volume_gb": 40,
    "training_frequency": "daily",
    "cloud": "aws",
    "team_size": 4,
}


@pytest.fixture
def asked(catalogue: Catalogue, prices: Prices) -> Any:
    def ask(constraints: tuple[Constraint, ...], limit: int = 20) -> tuple[Question, ...]:
        return questions(constraints, catalogue, prices, as_of=AS_OF, limit=limit)

    return ask


class TestQuestions:
    def test_a_full_brief_is_asked_nothing(self, asked: Any) -> None:
        assert asked(given(FULL)) == ()

    def test_known_fields_are_not_asked(self, asked: Any) -> None:
        assert not {q.field for q in asked(given(FRAUD))} & set(FRAUD)

    def test_the_largest_swing_comes_first_and_the_limit_holds(self, asked: Any) -> None:
        found = asked(given({}), limit=5)
        assert len(found) == 5
        swings = [q.swing_usd_month for q in found]
        assert swings == sorted(swings, reverse=True)
        assert swings[0] > 0

    def test_each_says_what_the_answer_changes_and_what_is_assumed_otherwise(self, asked: Any) -> None:
        for question in asked(given(SMALL)):
            assert question.swing
            assert question.why
            assert question.text.endswith("?")
            assert question.default_reason

    def test_an_unsure_inference_is_asked_and_a_sure_one_is_not(self, asked: Any) -> None:
        def inferred(confidence: float) -> Constraint:
            return Constraint(
                field="gpu_needed",
                value=False,
                source="inferred",
                confidence=confidence,
                reason="small tables",
            )

        assert "gpu_needed" in {q.field for q in asked((*given(SMALL), inferred(0.4)))}
        assert "gpu_needed" not in {q.field for q in asked((*given(SMALL), inferred(0.9)))}

    def test_defaults_count_as_open(self, asked: Any) -> None:
        default = Constraint(
            field="availability_pct", value=99.5, source="default", confidence=0.5, reason="usual"
        )
        assert "availability_pct" in {q.field for q in asked((*given(SMALL), default))}

    def test_a_field_without_effect_is_not_asked(self, asked: Any) -> None:
        fields = {q.field for q in asked(given(CHURN))}
        assert not fields & {"latency_ms_p95", "throughput_rps", "cloud", "team_size"}

    def test_the_swing_is_what_the_answer_really_costs(self, asked: Any, desk: Desk) -> None:
        question = next(q for q in asked(given(SMALL)) if q.field == "gpu_needed")
        difference = desk.plan(SMALL, gpu_needed=True).cost.expected_usd - desk.plan(SMALL).cost.expected_usd
        assert question.swing_usd_month == pytest.approx(difference, abs=0.05)

    def test_answering_a_question_takes_it_off_the_list(self, asked: Any) -> None:
        first = asked(given({}))[0]
        answered = given({first.field: first.default})
        assert first.field not in {q.field for q in asked(answered)}

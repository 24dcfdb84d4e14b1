"""Only questions whose answers matter are asked."""

from typing import Any, ClassVar

import pytest

from libs.intake.models import Constraint
from libs.planning.answers import ADMISSIBLE
from libs.planning.catalogue.models import Catalogue
from libs.planning.models import Infeasible, Plan, Question
from libs.planning.prices.lookup import Prices
from libs.planning.questions import Judge, questions
from tests.unit.planning.scenes import AS_OF, CHURN, FRAUD, RAG, SMALL, Desk, given

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
    def ask(
        constraints: tuple[Constraint, ...], limit: int = 20, judge: Judge | None = None
    ) -> tuple[Question, ...]:
        return questions(constraints, catalogue, prices, as_of=AS_OF, limit=limit, judge=judge)

    return ask


class TestQuestions:
    def test_a_full_brief_is_asked_nothing(self, asked: Any) -> None:
        assert asked(given(FULL)) == ()

    def test_known_fields_are_not_asked(self, asked: Any) -> None:
        assert not {q.field for q in asked(given(FRAUD))} & set(FRAUD)

    def test_the_largest_swing_comes_first_and_the_limit_holds(self, asked: Any) -> None:
        found = asked(given({}), limit=5)
        assert len(found) == 5
        assert found == asked(given({}))[:5]
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

    @pytest.mark.parametrize("brief", [SMALL, CHURN, FRAUD, RAG], ids=["small", "churn", "fraud", "rag"])
    def test_the_swing_is_what_the_answers_really_cost(self, asked: Any, desk: Desk, brief: Any) -> None:
        base = desk.plan(brief)
        found = asked(given(brief))
        assert found
        for question in found:
            ask = ADMISSIBLE[question.field]
            designs = [
                desk.result(brief, **{question.field: answer})
                for answer in ask.answers(base.requirements, base.cost.expected_usd)
            ]
            moved = [d.cost.expected_usd - base.cost.expected_usd for d in designs if isinstance(d, Plan)]
            assert question.swing_usd_month == pytest.approx(max(map(abs, moved), default=0), abs=0.05)
            if max(moved, default=0) >= 1:
                assert f"adds up to about ${round(max(moved), 2):,.0f} a month" in question.swing
            if min(moved, default=0) <= -1:
                assert f"saves up to about ${round(-min(moved), 2):,.0f} a month" in question.swing
            assert ("leaves no design" in question.swing) == any(isinstance(d, Infeasible) for d in designs)

    def test_what_the_answer_would_build_is_told(self, asked: Any, desk: Desk) -> None:
        question = next(q for q in asked(given(SMALL)) if q.field == "gpu_needed")
        assert desk.plan(SMALL, gpu_needed=True).component("serve").title in question.why
        assert desk.plan(SMALL).component("serve").title in question.why


class TestPolicies:
    def test_an_answer_that_breaks_a_policy_is_worth_a_question(self, asked: Any) -> None:
        rest = {field: value for field, value in FULL.items() if field != "data_classification"}
        assert asked(given(rest)) == ()

        def judge(plan: Plan) -> frozenset[str]:
            return frozenset({"house.public"} if plan.requirements.data_classification == "public" else ())

        [question] = asked(given(rest), judge=judge)
        assert question.field == "data_classification"
        assert "breaks house.public with public" in question.swing

    def test_what_is_broken_whatever_the_answer_is_no_reason_to_ask(self, asked: Any) -> None:
        rest = {field: value for field, value in FULL.items() if field != "data_classification"}
        assert asked(given(rest), judge=lambda _plan: frozenset({"house.always"})) == ()

    def test_a_full_brief_is_asked_nothing_whatever_the_policies_say(self, asked: Any) -> None:
        assert asked(given(FULL), judge=lambda plan: frozenset({plan.requirements.region})) == ()


class TestLanguageModels:
    ONLY: ClassVar[set[str]] = {"llm_hosting", "input_tokens", "output_tokens"}

    def test_are_asked_about_where_there_is_one(self, asked: Any) -> None:
        fields = {q.field for q in asked(given(RAG))}
        assert "llm_hosting" in fields
        assert not {"input_tokens"} & {q.field for q in asked(given(RAG, input_tokens=2000))}

    @pytest.mark.parametrize("brief", [{}, SMALL, CHURN, FRAUD], ids=["empty", "small", "churn", "fraud"])
    def test_are_not_asked_about_elsewhere(self, asked: Any, brief: Any) -> None:
        assert not {q.field for q in asked(given(brief))} & self.ONLY


class TestOrder:
    def test_answering_a_question_takes_it_off_the_list(self, asked: Any) -> None:
        first = asked(given({}))[0]
        answered = given({first.field: first.default})
        assert first.field not in {q.field for q in asked(answered)}

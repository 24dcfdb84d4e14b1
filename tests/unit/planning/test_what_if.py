"""One plan with something exchanged: price, latency, availability, what is broken, what has to change with it."""

from typing import Any

import pytest

from libs.planning.errors import OptionUnfit, UnknownOption
from libs.planning.models import Plan, Slot
from libs.planning.policies.evaluation import evaluate_policies
from libs.planning.requirements import resolve
from libs.planning.solver import plan
from libs.planning.what_if import WhatIf, changed, exchange
from tests.unit.planning.scenes import AS_OF, CHURN, FRAUD, RAG, SMALL, Desk, given, needs


@pytest.fixture(scope="module")
def base(desk: Desk) -> Plan:
    return desk.plan(SMALL)


def swap(desk: Desk, made: Plan, chosen: dict[Slot, str]) -> WhatIf:
    return exchange(made, desk.catalogue, desk.prices, chosen, as_of=AS_OF)


def failing(made: Plan) -> set[str]:
    return {result.rule for result in evaluate_policies(made) if result.outcome == "fail"}


class TestExchange:
    def test_nothing_exchanged_changes_nothing(self, desk: Desk, base: Plan) -> None:
        effect = swap(desk, base, {})
        assert [(c.option, c.size) for c in effect.plan.components] == [
            (c.option, c.size) for c in base.components
        ]
        assert effect.monthly_usd_delta == effect.p95_ms_delta == effect.ops_hours_delta == 0
        assert effect.broken == effect.also_changed == ()

    def test_the_new_part_is_in_and_everything_else_stays(self, desk: Desk, base: Plan) -> None:
        effect = swap(desk, base, {"serve": "ecs_fargate_service"})
        assert effect.plan.component("serve").option == "ecs_fargate_service"
        others = {c.slot: c.option for c in base.components if c.slot != "serve"}
        assert {c.slot: c.option for c in effect.plan.components if c.slot != "serve"} == others
        assert effect.also_changed == ()

    def test_the_figures_are_those_of_the_whole_design(self, desk: Desk, base: Plan) -> None:
        effect = swap(desk, base, {"serve": "ecs_fargate_service"})
        fixed = plan(
            needs(SMALL), desk.catalogue, desk.prices, as_of=AS_OF, forced={"serve": "ecs_fargate_service"}
        )
        assert isinstance(fixed, Plan)
        assert effect.plan.cost.expected_usd == fixed.cost.expected_usd
        assert effect.monthly_usd_delta == round(fixed.cost.expected_usd - base.cost.expected_usd, 2)
        assert effect.p95_ms_delta == fixed.latency.conservative_p95_ms - base.latency.conservative_p95_ms
        assert effect.availability_pct_delta == pytest.approx(
            fixed.availability.expected_pct - base.availability.expected_pct, abs=1e-6
        )
        assert effect.ops_hours_delta == fixed.ops_hours_month - base.ops_hours_month

    def test_an_exchange_is_not_called_an_optimum(self, desk: Desk, base: Plan) -> None:
        assert swap(desk, base, {"serve": "ecs_fargate_service"}).plan.proven_optimal is False

    def test_several_parts_are_exchanged_at_once(self, desk: Desk, base: Plan) -> None:
        wanted: dict[Slot, str] = {"serve": "ecs_fargate_service", "features": "dynamodb_features"}
        made = swap(desk, base, wanted).plan
        assert {slot: made.component(slot).option for slot in wanted} == wanted


class TestBrokenConstraints:
    def test_a_part_that_takes_the_bill_over_the_budget_is_named(self, desk: Desk, base: Plan) -> None:
        tight = desk.plan(SMALL, budget_usd_month=base.cost.expected_usd + 5)
        [broken] = swap(desk, tight, {"serve": "eks_service"}).broken
        assert broken.field == "budget_usd_month"
        assert "is not kept: the bill is $" in broken.message

    def test_a_part_that_is_too_slow_is_named(self, desk: Desk) -> None:
        made = desk.plan(FRAUD, ml_task="ranking", latency_ms_p95=40)
        effect = swap(desk, made, {"features": "sagemaker_feature_store"})
        assert effect.plan.latency.conservative_p95_ms > 40
        assert "latency_ms_p95" in {broken.field for broken in effect.broken}
        assert effect.p95_ms_delta > 0

    def test_a_part_against_what_was_asked_is_named_with_its_reason(self, desk: Desk) -> None:
        made = desk.plan(SMALL, deployment_preference="serverless")
        [broken] = swap(desk, made, {"serve": "eks_service"}).broken
        assert broken.field == "deployment_preference"
        assert "serverless was asked for" in broken.message

    def test_a_chain_that_is_not_available_enough_is_named(self, desk: Desk) -> None:
        made = desk.plan(FRAUD, availability_pct=99.97)
        effect = swap(desk, made, {"serve": "sagemaker_endpoint"})
        assert "availability_pct" in {broken.field for broken in effect.broken}
        assert effect.availability_pct_delta < 0

    def test_policies_are_judged_on_the_exchanged_design(self, desk: Desk) -> None:
        made = desk.plan(FRAUD)
        effect = swap(desk, made, {"security": "aws_managed_keys"})
        assert failing(made) == set()
        assert any(rule.startswith("pci_dss.") for rule in failing(effect.plan))
        assert effect.broken


class TestPairings:
    def test_partners_change_with_it_and_are_named(self, desk: Desk) -> None:
        made = desk.plan(CHURN, data_volume_gb=1)
        assert made.component("serve").option not in ("eks_service", "eks_batch_jobs")
        effect = swap(desk, made, {"train": "eks_training"})
        assert effect.plan.component("train").option == "eks_training"
        assert effect.plan.component("serve").option == "eks_batch_jobs"
        assert "serve" in effect.also_changed
        assert "train" not in effect.also_changed

    def test_partners_that_are_there_already_stay(self, desk: Desk) -> None:
        made = desk.plan(SMALL, deployment_preference="kubernetes")
        effect = swap(desk, made, {"train": "eks_training"})
        assert effect.plan.component("serve").option == "eks_service"
        assert effect.also_changed == ()

    def test_two_that_exclude_each_other_are_refused(self, desk: Desk, base: Plan) -> None:
        with pytest.raises(OptionUnfit) as caught:
            swap(desk, base, {"train": "eks_training", "serve": "lambda_service"})
        assert "do not go together" in caught.value.message


class TestRefused:
    def test_an_option_that_cannot_be_sized_is_refused_with_the_reason(self, desk: Desk) -> None:
        made = desk.plan(SMALL, latency_ms_p95=300)
        with pytest.raises(OptionUnfit) as caught:
            swap(desk, made, {"serve": "sagemaker_async"})
        assert "300 ms" in caught.value.message

    def test_an_option_for_another_kind_of_system_is_refused(self, desk: Desk, base: Plan) -> None:
        with pytest.raises(OptionUnfit) as caught:
            swap(desk, base, {"serve": "fargate_batch"})
        assert "another kind of system" in caught.value.message

    def test_a_slot_that_the_design_does_not_have_is_refused(self, desk: Desk, base: Plan) -> None:
        with pytest.raises(OptionUnfit) as caught:
            swap(desk, base, {"llm": "bedrock_nova_lite"})
        assert "no slot llm" in caught.value.message

    def test_an_option_that_nobody_knows_is_refused(self, desk: Desk, base: Plan) -> None:
        with pytest.raises(UnknownOption):
            swap(desk, base, {"serve": "mainframe"})


class TestChangedInputs:
    def test_more_traffic_resizes_the_same_parts(self, desk: Desk) -> None:
        made = desk.plan(SMALL, deployment_preference="containers", throughput_rps=500)
        busy = needs(SMALL, deployment_preference="containers", throughput_rps=600)
        effect = changed(made, busy, desk.catalogue, desk.prices, {}, as_of=AS_OF)
        assert [c.option for c in effect.plan.components] == [c.option for c in made.components]
        assert effect.plan.component("serve").size != made.component("serve").size
        assert effect.monthly_usd_delta > 0

    def test_a_part_that_breaks_under_the_new_constraint_stays_and_is_named(
        self, desk: Desk, base: Plan
    ) -> None:
        regulated = needs(SMALL, compliance=["PCI-DSS"])
        effect = changed(base, regulated, desk.catalogue, desk.prices, {}, as_of=AS_OF)
        assert effect.plan.component("security").option == base.component("security").option
        assert {"compliance", "data_classification"} & {broken.field for broken in effect.broken}

    def test_a_changed_assumption_moves_the_bill_and_nothing_else(self, desk: Desk, base: Plan) -> None:
        asked = resolve(given(SMALL), AS_OF, {"log_kb": 20.0})[0]
        effect = changed(base, asked, desk.catalogue, desk.prices, {}, as_of=AS_OF)
        assert effect.monthly_usd_delta > 0
        assert effect.p95_ms_delta == effect.availability_pct_delta == effect.ops_hours_delta == 0
        assert effect.plan.figure("log_kb") == 20.0

    def test_questions_that_one_replica_takes_decide_how_many_there_are(self, desk: Desk) -> None:
        asked: dict[Any, Any] = {**RAG, "throughput_rps": 100, "availability_pct": 99.0}
        fixed: dict[Slot, str] = {"serve": "ecs_fargate_service"}
        made = plan(needs(asked), desk.catalogue, desk.prices, as_of=AS_OF, forced=fixed)
        assert isinstance(made, Plan)
        fewer = resolve(given(asked), AS_OF, {"questions_at_once": 16})[0]
        effect = changed(made, fewer, desk.catalogue, desk.prices, fixed, as_of=AS_OF)
        sizes = [each.component("serve").size for each in (made, effect.plan)]
        assert [size["questions_at_once"] for size in sizes] == [64, 16]
        assert effect.plan.figure("questions_at_once") == 16.0
        assert float(sizes[1]["max_tasks"]) > 3 * float(sizes[0]["max_tasks"])

    def test_nothing_rests_on_the_time_of_answers_where_no_language_model_answers(self, desk: Desk) -> None:
        fixed: dict[Slot, str] = {"serve": "lambda_service"}
        made = plan(needs(SMALL), desk.catalogue, desk.prices, as_of=AS_OF, forced=fixed)
        assert isinstance(made, Plan)
        assert {"questions_at_once", "answer_tokens_second"}.isdisjoint(
            figure.name for figure in made.figures
        )
        assert "questions_at_once" not in made.component("serve").size

    def test_the_rate_of_an_hour_changes_the_objective_and_not_the_bill(self, desk: Desk, base: Plan) -> None:
        asked = resolve(given(SMALL), AS_OF, {"ops_hour_rate_usd": 0})[0]
        effect = changed(base, asked, desk.catalogue, desk.prices, {}, as_of=AS_OF)
        assert effect.monthly_usd_delta == 0
        assert effect.plan.objective == pytest.approx(effect.plan.cost.expected_usd, abs=0.01)

    def test_slots_of_another_task_are_filled_and_dropped(self, desk: Desk, base: Plan) -> None:
        assisted = needs(SMALL, ml_task="llm_rag", latency_ms_p95=5000)
        effect = changed(base, assisted, desk.catalogue, desk.prices, {}, as_of=AS_OF)
        assert effect.plan.component("llm").option
        back = changed(effect.plan, base.requirements, desk.catalogue, desk.prices, {}, as_of=AS_OF)
        assert [c.slot for c in back.plan.components] == [c.slot for c in base.components]

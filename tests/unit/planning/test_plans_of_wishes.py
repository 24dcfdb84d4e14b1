"""Plans that can be written, language models, recovery, growth and what else a brief may wish for."""

from typing import Any

import pytest

from libs.planning import candidates, optimiser
from libs.planning.catalogue.models import Catalogue
from libs.planning.models import LLM_SLOTS, SLOTS, Plan
from libs.planning.optimiser import Rules
from libs.planning.prices.lookup import Prices
from libs.planning.solver import plan
from tests.unit.planning.holding import violations
from tests.unit.planning.scenes import AS_OF, CHURN, FRAUD, RAG, SMALL, Desk, needs


def options(made: Plan) -> dict[str, str]:
    return {component.slot: component.option for component in made.components}


class TestWrittenOnly:
    """What the workflow plans with: only what a repository can be written with, where there is something like it."""

    @pytest.mark.parametrize("brief", [FRAUD, CHURN, SMALL], ids=["fraud", "churn", "small"])
    def test_everything_chosen_can_be_written_and_what_cannot_says_what_it_would_have_meant(
        self, catalogue: Catalogue, prices: Prices, brief: dict[Any, Any]
    ) -> None:
        made = plan(needs(brief), catalogue, prices, as_of=AS_OF, written_only=True)
        assert isinstance(made, Plan)
        assert all(component.generated for component in made.components)
        left = [r for r in made.rejected if "no repository can be written" in r.reason]
        assert left
        assert any(r.delta_usd_month is not None for r in left)

    def test_the_price_of_writing_is_the_difference_to_the_free_choice(
        self, desk: Desk, catalogue: Catalogue, prices: Prices
    ) -> None:
        written = plan(needs(FRAUD), catalogue, prices, as_of=AS_OF, written_only=True)
        assert isinstance(written, Plan)
        assert written.objective >= desk.plan(FRAUD).objective

    def test_slots_that_nothing_is_written_for_are_planned_all_the_same(
        self, catalogue: Catalogue, prices: Prices
    ) -> None:
        made = plan(needs(RAG), catalogue, prices, as_of=AS_OF, written_only=True)
        assert isinstance(made, Plan)
        assert violations(made, written_only=True) == []
        assert {c.slot for c in made.components if not c.generated} <= LLM_SLOTS


class TestLanguageModel:
    def test_has_every_slot_of_its_own_and_a_bill_for_its_tokens(self, desk: Desk) -> None:
        made = desk.plan(RAG)
        slots = {component.slot for component in made.components}
        assert slots == set(SLOTS) - {"features", "registry"}
        assert violations(made) == []
        assert any(line.slot == "llm" and line.monthly_usd for line in made.cost.lines)

    def test_one_that_is_to_run_on_machines_of_ones_own_does(self, desk: Desk) -> None:
        made = desk.plan(RAG, llm_hosting="self_hosted")
        assert options(made)["llm"] in ("vllm_ecs_gpu", "vllm_sagemaker")
        assert made.objective >= desk.plan(RAG).objective

    def test_data_that_stays_in_the_union_has_a_plan_there(self, desk: Desk) -> None:
        made = desk.plan(RAG, residency=["eu"], compliance=["GDPR"])
        assert made.requirements.region.startswith("eu-")
        assert violations(made) == []


class TestRecovery:
    def test_a_short_recovery_is_bought_where_one_zone_is_enough_for_the_availability(
        self, desk: Desk
    ) -> None:
        made = desk.plan(CHURN, availability_pct=99, rto_minutes=1)
        recovery = made.component("store").recovery
        assert recovery is not None
        assert recovery.rto_minutes <= 1
        assert made.objective >= desk.plan(CHURN, availability_pct=99).objective

    def test_losing_nothing_costs_at_least_as_much_as_losing_an_hour(self, desk: Desk) -> None:
        hour, nothing = desk.plan(SMALL, rpo_minutes=60), desk.plan(SMALL, rpo_minutes=0)
        assert nothing.objective >= hour.objective
        assert violations(nothing) == []


class TestWishes:
    @pytest.mark.parametrize(
        ("provider", "option"),
        [("gitlab_ci", "gitlab_ci"), ("codepipeline", "codepipeline"), ("bitbucket", "bitbucket_pipelines")],
    )
    def test_the_ci_provider_that_was_named_delivers(self, desk: Desk, provider: str, option: str) -> None:
        assert options(desk.plan(SMALL, ci_provider=provider))["cicd"] == option

    def test_growth_raises_the_largest_size(self, desk: Desk) -> None:
        now, grown = desk.plan(FRAUD), desk.plan(FRAUD, growth_pct_year=100)
        assert (grown.component("serve").capacity_rps or 0) >= 20_000
        assert grown.objective >= now.objective


class TestBeyondMeasure:
    def test_a_bill_of_billions_is_compared_all_the_same(self, catalogue: Catalogue, prices: Prices) -> None:
        asked = needs(
            RAG, predictions_per_day=1e12, input_tokens=100_000, output_tokens=4000, context_tokens=128_000
        )
        pool = candidates.pool(asked.model_copy(update={"throughput_rps": 10.0}), catalogue, prices)
        found = optimiser.best(pool, Rules({}, frozenset()), shortcut=False)
        assert found is not None
        assert found.monthly_usd > 1e9

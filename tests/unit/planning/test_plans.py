"""Plans for briefs of different kinds."""

from typing import Any

import pytest

from libs.planning.catalogue.models import Catalogue
from libs.planning.errors import UnknownOption
from libs.planning.models import Infeasible, Plan
from libs.planning.policies.evaluation import blocking, evaluate_policies
from libs.planning.prices.lookup import Price, Prices
from libs.planning.solver import plan
from tests.unit.planning.holding import violations
from tests.unit.planning.scenes import AS_OF, CHURN, FRAUD, RAG, SMALL, VISION, Desk, given, needs


def options(made: Plan) -> dict[str, str]:
    return {component.slot: component.option for component in made.components}


class TestFraudUnderPciDss:
    @pytest.fixture(scope="class")
    def made(self, desk: Desk) -> Plan:
        return desk.plan(FRAUD)

    def test_serves_from_containers_in_private_subnets_with_own_keys(self, made: Plan) -> None:
        chosen = options(made)
        assert chosen["serve"] in ("ecs_fargate_service", "ecs_fargate_arm_service")
        facts = made.component("serve").facts
        assert facts["private_endpoint"]
        assert facts["waf"]
        assert not facts.get("public_endpoint")
        assert chosen["network"] == "private_endpoints"
        assert chosen["security"] == "customer_managed_keys"

    def test_keeps_one_hundred_milliseconds_and_scales_to_the_peak(self, made: Plan) -> None:
        assert 0 < made.latency.conservative_p95_ms <= 100
        size = made.component("serve").size
        assert size["max_tasks"] * size["vcpu"] * 1000 / 5 >= 10_000
        assert size["max_tasks"] > size["min_tasks"]

    def test_fails_no_policy(self, made: Plan) -> None:
        results = evaluate_policies(made)
        assert blocking(results) == ()
        assert any(result.pack == "pci_dss" and result.outcome == "pass" for result in results)

    def test_prices_every_line_with_a_receipt(self, made: Plan) -> None:
        assert made.cost.unknown_lines == 0
        assert all(line.source and line.formula and line.key for line in made.cost.lines)
        free = [line for line in made.cost.lines if line.unit_price_usd == 0]
        assert free
        assert all("always free" in line.item and "free" in line.source for line in free)
        assert all(line.unit_price_usd for line in made.cost.lines if line not in free)
        assert made.cost.low_usd <= made.cost.expected_usd <= made.cost.high_usd


class TestNightlyChurn:
    def test_is_cheap_and_ends_when_it_is_done(self, desk: Desk) -> None:
        made = desk.plan(CHURN)
        assert options(made)["serve"] in ("fargate_batch", "aws_batch")
        assert 10 < made.cost.expected_usd < 200
        assert made.latency.hops == ()
        assert violations(made) == []


class TestSmallService:
    def test_runs_on_lambda_without_cold_starts_in_the_path(self, desk: Desk) -> None:
        made = desk.plan(SMALL)
        assert options(made)["serve"] == "lambda_service"
        assert made.component("serve").size["provisioned_concurrency"] == 1

    def test_pays_nothing_for_idle_when_seconds_are_allowed(self, desk: Desk) -> None:
        made = desk.plan(SMALL, latency_ms_p95=10_000)
        assert made.component("serve").size["provisioned_concurrency"] == 0
        assert made.cost.expected_usd < desk.plan(SMALL).cost.expected_usd


class TestVisionOnGpus:
    def test_trains_and_serves_on_gpu_instances(self, desk: Desk) -> None:
        made = desk.plan(VISION)
        assert violations(made) == []
        assert options(made)["serve"] in ("sagemaker_endpoint", "ecs_ec2_gpu_service", "eks_service")
        assert str(made.component("train").size["instance_type"]).startswith("ml.g")

    def test_says_that_the_models_it_writes_leave_the_gpu_idle(self, desk: Desk) -> None:
        (said,) = [text for text in desk.plan(VISION).assumptions if "GPU" in text]
        assert said.startswith("a GPU is planned for training and answering, as asked;")
        assert "stays idle until a model that uses it is added" in said


class TestStreaming:
    def test_reads_a_stream_and_looks_features_up(self, desk: Desk) -> None:
        made = desk.plan({"workloads": ["streaming_inference"], "throughput_rps": 500})
        assert options(made)["ingest"] == "kinesis_stream"
        assert options(made)["features"] != "offline_parquet"
        assert any(hop.slot == "features" for hop in made.latency.hops)


CHANGES: list[tuple[str, Any]] = [
    ("regions", ["eu-central-1"]),
    ("latency_ms_p95", 40),
    ("data_classification", "restricted"),
    ("availability_pct", 99.95),
    ("budget_usd_month", 20),
    ("compliance", ["PCI-DSS"]),
    ("throughput_rps", 100),
    ("deployment_preference", "containers"),
    ("gpu_needed", True),
    ("data_volume_gb", 500),
    ("training_frequency", "hourly"),
    ("ml_task", "recommendation"),
    ("workloads", ["batch_inference"]),
]


class TestEveryConstraintMatters:
    @pytest.mark.parametrize(("field", "value"), CHANGES, ids=[field for field, _ in CHANGES])
    def test_a_change_moves_the_plan_or_the_cost_or_is_refused_with_a_reason(
        self, desk: Desk, field: str, value: Any
    ) -> None:
        before, after = desk.plan(SMALL), desk.result(SMALL, **{field: value})
        if isinstance(after, Infeasible):
            assert field in after.conflicting
            assert after.relaxations
        else:
            moved = before.components != after.components
            assert moved or before.cost.expected_usd != after.cost.expected_usd


class TestForcedAndExcluded:
    def test_a_forced_option_is_kept_and_the_rest_planned_around_it(
        self, catalogue: Catalogue, prices: Prices
    ) -> None:
        forced = plan(needs(CHURN), catalogue, prices, as_of=AS_OF, forced={"orchestrate": "step_functions"})
        assert isinstance(forced, Plan)
        assert options(forced)["orchestrate"] == "step_functions"

    def test_an_excluded_option_is_not_chosen_and_its_rejection_says_so(
        self, catalogue: Catalogue, prices: Prices
    ) -> None:
        excluded = frozenset([("serve", "lambda_service")])
        made = plan(needs(SMALL), catalogue, prices, as_of=AS_OF, excluded=excluded)
        assert isinstance(made, Plan)
        assert options(made)["serve"] != "lambda_service"
        rejection = next(r for r in made.rejected if r.option == "lambda_service")
        assert "critic" in rejection.reason

    def test_a_forced_option_that_breaks_a_constraint_is_refused(
        self, catalogue: Catalogue, prices: Prices
    ) -> None:
        refused = plan(needs(FRAUD), catalogue, prices, as_of=AS_OF, forced={"serve": "lambda_service"})
        assert isinstance(refused, Infeasible)
        assert set(refused.conflicting) & {"compliance", "data_classification"}

    def test_forcing_and_excluding_the_same_option_leaves_nothing(
        self, catalogue: Catalogue, prices: Prices
    ) -> None:
        refused = plan(
            needs(SMALL),
            catalogue,
            prices,
            as_of=AS_OF,
            forced={"cicd": "gitlab_ci"},
            excluded=frozenset([("cicd", "gitlab_ci")]),
        )
        assert isinstance(refused, Infeasible)
        assert "gitlab_ci" in refused.message
        assert len(refused.relaxations) == 2

    def test_an_unknown_option_is_named(self, catalogue: Catalogue, prices: Prices) -> None:
        with pytest.raises(UnknownOption, match="abacus"):
            plan(needs(SMALL), catalogue, prices, as_of=AS_OF, forced={"serve": "abacus"})


class TestUnknownPrices:
    @pytest.fixture
    def without_lambda(self, prices: Prices) -> Prices:
        def known(key: str) -> bool:
            return not key.startswith("lambda.")

        rows: list[Price] = [p for p in prices.figures if known(p.key)]
        return Prices(tuple(rows), {"us-east-1": 1.0}, prices.as_of)

    def test_what_cannot_be_priced_is_not_chosen_unasked(
        self, catalogue: Catalogue, without_lambda: Prices
    ) -> None:
        made = plan(needs(SMALL), catalogue, without_lambda, as_of=AS_OF)
        assert isinstance(made, Plan)
        assert options(made)["serve"] != "lambda_service"
        rejection = next(r for r in made.rejected if r.option == "lambda_service")
        assert "price is not known" in rejection.reason

    def test_forced_it_is_shown_as_unknown_and_not_as_zero(
        self, catalogue: Catalogue, without_lambda: Prices
    ) -> None:
        made = plan(needs(SMALL), catalogue, without_lambda, as_of=AS_OF, forced={"serve": "lambda_service"})
        assert isinstance(made, Plan)
        assert made.cost.unknown_lines >= 2
        assert made.component("serve").monthly_usd is None
        unknown = [line for line in made.cost.lines if line.method == "unknown"]
        assert all(line.unit_price_usd is None and line.monthly_usd is None for line in unknown)


class TestRejections:
    def test_every_other_option_has_a_reason(self, desk: Desk, catalogue: Catalogue) -> None:
        made = desk.plan(FRAUD)
        chosen = {(c.slot, c.option) for c in made.components}
        slots = {slot for slot, _ in chosen}
        others = {(o.slot, o.id) for o in catalogue.options if o.slot in slots} - chosen
        assert {(r.slot, r.option) for r in made.rejected} == others
        assert len(made.rejected) == len(others)
        for rejection in made.rejected:
            decided = rejection.constraint or rejection.delta_usd_month is not None
            assert decided or "price is not known" in rejection.reason, rejection

    def test_a_price_difference_is_what_forcing_the_option_costs(
        self, desk: Desk, catalogue: Catalogue, prices: Prices
    ) -> None:
        made = desk.plan(SMALL)
        rejection = next(r for r in made.rejected if r.option == "ecs_fargate_service")
        forced = plan(needs(SMALL), catalogue, prices, as_of=AS_OF, forced={"serve": "ecs_fargate_service"})
        assert isinstance(forced, Plan)
        assert rejection.delta_usd_month == pytest.approx(
            forced.cost.expected_usd - made.cost.expected_usd, abs=0.02
        )


class TestAlternatives:
    @pytest.mark.parametrize(
        "brief", [FRAUD, CHURN, SMALL, VISION, RAG], ids=["fraud", "churn", "small", "vision", "rag"]
    )
    def test_there_are_at_least_three(self, desk: Desk, brief: dict[Any, Any]) -> None:
        made = desk.plan(brief)
        assert len(made.alternatives) >= 3
        assert all(a.trade_off and len(a.components) == len(made.components) for a in made.alternatives)

    def test_each_gains_what_it_is_named_after(self, desk: Desk) -> None:
        names = {
            name for brief in (FRAUD, CHURN, SMALL, VISION, RAG) for name in self.gains(desk.plan(brief))
        }
        assert {"cheapest", "fastest", "most available"} <= names

    def gains(self, made: Plan) -> set[str]:
        named = {a.label: a for a in made.alternatives}
        if "cheapest" in named:
            assert named["cheapest"].monthly_usd < made.cost.expected_usd
        if "fastest" in named:
            assert (named["fastest"].p95_ms or 0) < made.latency.conservative_p95_ms
        if "least to operate" in named:
            assert named["least to operate"].ops_hours_month < made.ops_hours_month
        if "most available" in named:
            assert named["most available"].availability_pct > made.availability.expected_pct
        return set(named)

    def test_where_hours_count_nothing_the_optimum_is_the_cheapest_and_less_operation_is_offered(
        self, catalogue: Catalogue, prices: Prices
    ) -> None:
        asked = needs(SMALL).model_copy(update={"assumptions": {"ops_hour_rate_usd": 0.0}})
        made = plan(asked, catalogue, prices, as_of=AS_OF)
        assert isinstance(made, Plan)
        labels = self.gains(made)
        assert "cheapest" not in labels
        assert "least to operate" in labels
        assert made.objective == pytest.approx(made.cost.expected_usd, abs=0.01)


class TestAssumptions:
    def test_defaults_and_estimates_are_named(self, desk: Desk) -> None:
        made = desk.plan(SMALL, regions=["eu-central-1"])
        text = "; ".join(made.assumptions)
        assert "assumed: the latency target (500 ms)" in text
        assert "assumed: the region" not in text
        assert "estimates" in text

    def test_constraints_given_as_such_are_not_called_assumed(self, desk: Desk) -> None:
        fields = {c.field for c in given(FRAUD)}
        made = desk.plan(FRAUD)
        assert all(made.requirements.sources[field] == "answered" for field in fields)

    def test_a_change_that_nothing_reads_any_more_is_named(
        self, catalogue: Catalogue, prices: Prices
    ) -> None:
        """An earlier version may have been designed with another catalogue."""
        changed = {"ops_hour_rate_usd": 50.0, "hours_of_old": 0.5}
        asked = needs(SMALL).model_copy(update={"assumptions": changed})
        made = plan(asked, catalogue, prices, as_of=AS_OF)
        assert isinstance(made, Plan)
        (said,) = [text for text in made.assumptions if "has no effect" in text]
        assert "hours_of_old (0.5)" in said


class TestTravelling:
    @pytest.mark.parametrize("brief", [FRAUD, CHURN, VISION], ids=["fraud", "churn", "vision"])
    def test_a_plan_survives_the_way_through_json(self, desk: Desk, brief: dict[Any, Any]) -> None:
        made = desk.plan(brief)
        assert Plan.model_validate(made.to_json()) == made

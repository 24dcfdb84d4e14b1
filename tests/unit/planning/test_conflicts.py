"""Statements that cannot all hold are found and said with their quotes."""

from typing import Any, Protocol

import pytest

from libs.intake.models import Conflict, Constraint, Quote
from libs.planning.catalogue.models import Catalogue
from libs.planning.conflicts import conflicts
from libs.planning.prices.lookup import Prices
from tests.unit.planning.scenes import CHURN, FRAUD, SMALL, Desk, given, needs


def found(fields: dict[Any, Any], **more: Any) -> dict[str, Conflict]:
    return {c.code: c for c in conflicts(given(fields, **more), needs(fields, **more))}


class Weigh(Protocol):
    """Looks for conflicts with sizes and prices at hand."""

    def __call__(
        self, fields: dict[Any, Any], *, written_only: bool = False, **more: Any
    ) -> tuple[Conflict, ...]: ...


@pytest.fixture
def weigh(catalogue: Catalogue, prices: Prices) -> Weigh:
    def of(fields: dict[Any, Any], *, written_only: bool = False, **more: Any) -> tuple[Conflict, ...]:
        stated, asked = given(fields, **more), needs(fields, **more)
        return conflicts(stated, asked, catalogue, prices, written_only=written_only)

    return of


class TestConflicts:
    @pytest.mark.parametrize("brief", [FRAUD, CHURN, SMALL], ids=["fraud", "churn", "small"])
    def test_a_coherent_brief_has_none(self, brief: dict, catalogue: Catalogue, prices: Prices) -> None:
        assert conflicts(given(brief), needs(brief), catalogue, prices) == ()

    def test_another_cloud_goes_on_with_aws(self) -> None:
        conflict = found(SMALL, cloud="gcp", regions=["europe-west4"])["planning.cloud_not_supported"]
        assert not conflict.blocking
        assert "AWS in eu-central-1" in conflict.message

    def test_a_region_of_another_cloud_is_not_called_unknown(self) -> None:
        assert "planning.region_unknown" not in found(SMALL, cloud="azure", regions=["westeurope"])

    @pytest.mark.parametrize("region", ["eu-central-9", "atlantis-1", "me-south-1"])
    def test_a_region_that_cannot_be_priced_waits_for_a_person(self, region: str) -> None:
        conflict = found(SMALL, regions=[region])["planning.region_unknown"]
        assert conflict.blocking
        assert region in conflict.message
        assert "eu-west-1" in conflict.message

    def test_several_regions_are_said(self) -> None:
        assert not found(SMALL, regions=["eu-west-1", "us-east-1"])["planning.several_regions"].blocking

    @pytest.mark.parametrize(("regime", "region"), [("GDPR", "us-east-1"), ("LAW25", "us-east-1")])
    def test_residency_against_the_region(self, regime: str, region: str) -> None:
        assert "planning.residency_region" in found(CHURN, compliance=[regime], regions=[region])

    def test_batches_beside_an_online_service_are_said_to_be_left_out(self) -> None:
        both = found(SMALL, workloads=["online_inference", "batch_inference"])
        assert not both["planning.batch_beside_online"].blocking

    def test_a_latency_target_without_requests_is_said_to_be_unused(self) -> None:
        conflict = found(CHURN, latency_ms_p95=200)["planning.latency_without_requests"]
        assert "200 ms" in conflict.message

    def test_kubernetes_is_no_conflict_because_repositories_are_written_for_it(self, weigh: Weigh) -> None:
        assert weigh(SMALL, deployment_preference="kubernetes", written_only=True) == ()

    def test_kubernetes_is_no_conflict_where_the_whole_catalogue_counts(self, weigh: Weigh) -> None:
        assert weigh(SMALL, deployment_preference="kubernetes") == ()

    def test_serverless_and_a_gpu_do_not_go_together(self, weigh: Weigh) -> None:
        [conflict] = weigh(SMALL, deployment_preference="serverless", gpu_needed=True)
        assert conflict.code == "planning.cannot_all_hold"
        assert conflict.blocking
        assert set(conflict.fields) == {"deployment_preference", "gpu_needed"}

    def test_warm_containers_are_serverless_and_answer_within_milliseconds(self, weigh: Weigh) -> None:
        assert weigh(SMALL, deployment_preference="serverless", latency_ms_p95=20) == ()

    def test_a_recovery_faster_than_any_store_restores(self, weigh: Weigh) -> None:
        [conflict] = weigh(CHURN, rto_minutes=0)
        assert conflict.fields == ("rto_minutes",)
        assert conflict.blocking

    def test_what_is_only_assumed_is_said_to_be_assumed(self, weigh: Weigh) -> None:
        [conflict] = weigh({"ml_task": "llm_rag", "workloads": ["online_inference"]}, availability_pct=99.99)
        assert conflict.fields == ("availability_pct",)
        [tight] = weigh({"workloads": ["online_inference"]}, gpu_needed=True, budget_usd_month=200)
        assert set(tight.fields) == {"budget_usd_month", "gpu_needed"}
        assert "Assumed" not in tight.message

    def test_a_budget_below_what_gpus_take(self, weigh: Weigh, desk: Desk) -> None:
        budget = desk.plan(SMALL, gpu_needed=True).cost.expected_usd * 0.5
        assert budget > desk.plan(SMALL).cost.expected_usd
        [conflict] = weigh(SMALL, gpu_needed=True, budget_usd_month=budget)
        assert conflict.code == "planning.budget_too_low"
        assert set(conflict.fields) == {"budget_usd_month", "gpu_needed"}

    def test_a_budget_below_what_a_regime_takes(self, weigh: Weigh, desk: Desk) -> None:
        regime = {"compliance": ["PCI-DSS"], "data_classification": "internal"}
        # The plan weighs hours of operation, too: up to $10 could be saved by more of them.
        budget = desk.plan(SMALL, **regime).cost.expected_usd - 20
        [conflict] = weigh(SMALL, **regime, budget_usd_month=budget)
        assert conflict.code == "planning.budget_too_low"
        assert {"budget_usd_month", "compliance"} <= set(conflict.fields)
        others = set(conflict.fields) - {"budget_usd_month", "compliance"}
        assert others <= {"latency_ms_p95"}
        assert ("Assumed, not stated: the latency target" in conflict.message) == bool(others)

    def test_a_budget_below_everything(self, weigh: Weigh) -> None:
        [conflict] = weigh(SMALL, budget_usd_month=5)
        assert conflict.fields == ("budget_usd_month",)
        assert conflict.blocking
        assert "raise the budget to $" in conflict.message

    @pytest.mark.parametrize(
        ("residency", "region"), [("Germany", "eu-west-1"), ("EU", "us-east-1"), ("Canada", "us-west-2")]
    )
    def test_data_that_must_stay_elsewhere_than_the_region(self, residency: str, region: str) -> None:
        conflict = found(CHURN, residency=[residency], regions=[region])["planning.outside_residency"]
        assert conflict.blocking
        assert residency in conflict.message

    def test_data_that_stays_where_the_region_is(self) -> None:
        assert found(CHURN, residency=["EU"], regions=["eu-west-1"]) == {}

    def test_a_regime_of_personal_data_against_its_absence(self) -> None:
        conflict = found(CHURN, compliance=["HIPAA"], personal_data=False)["planning.regime_without_people"]
        assert set(conflict.fields) == {"compliance", "personal_data"}

    def test_a_regime_on_public_data(self) -> None:
        assert "planning.regime_on_public_data" in found(
            CHURN, compliance=["GDPR"], data_classification="public", regions=["eu-west-1"]
        )

    def test_a_day_that_holds_more_than_its_peak(self) -> None:
        conflict = found(SMALL, throughput_rps=10, predictions_per_day=8_640_000)[
            "planning.peak_below_average"
        ]
        assert "100 a second" in conflict.message

    def test_the_words_of_the_brief_come_along(self) -> None:
        quote = Quote(text="on GKE", start=10, end=16)
        cloud = Constraint(field="cloud", value="gcp", source="stated", confidence=1.0, quote=quote)
        [conflict] = conflicts([*given(SMALL), cloud], needs(SMALL, cloud="gcp"))
        assert conflict.quotes == (quote,)
